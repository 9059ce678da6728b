import type { Translation } from '../dictionary.svelte';
import type { eligibility as sq } from '../sq/eligibility';

export const eligibility: Translation<typeof sq> = {
  'roll.title': 'With your identity card',
  'roll.lead':
    'The municipality has handed in its list of residents as marks that cannot be read. Nothing of what you type here is kept, neither the number nor the day of birth.',
  'roll.year': 'Year',
  'roll.number': 'Personal number',
  'roll.number.hint': 'A letter, eight digits and a letter, such as J50514087P.',
  'roll.born': 'Day of birth',
  'roll.card': 'Number of the identity card',
  'roll.card.hint': 'The number of the card itself, not the personal number. You have 5 tries a day.',
  'roll.do': 'Verify me by card',
};
