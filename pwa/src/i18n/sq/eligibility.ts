/** Words of the roll: verifying by what stands on one's identity card. */
export const eligibility = {
  'roll.title': 'Me kartën e identitetit',
  'roll.lead':
    'Bashkia ka dorëzuar listën e banorëve në shenja që nuk lexohen. Nga ajo që shkruani këtu nuk ruhet asgjë, as numri, as ditëlindja.',
  'roll.year': 'Viti',
  'roll.number': 'Numri personal',
  'roll.number.hint': 'Një shkronjë, tetë shifra dhe një shkronjë, p.sh. J50514087P.',
  'roll.born': 'Ditëlindja',
  'roll.card': 'Numri i kartës së identitetit',
  'roll.card.hint': 'Numri i vetë kartës, jo numri personal. Provohet deri në 5 herë në ditë.',
  'roll.do': 'Verifikohuni me kartë',
} as const;
