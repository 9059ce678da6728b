import '$/i18n/faults';
import type { PaperSeat } from '$/api/types';
import { day, today } from '$/i18n/dates';
import { dictionary } from '$/i18n/dictionary.svelte';
import { papers } from '$/i18n/sq/papers';

/** The words of a seat's papers. */
export const { t: w } = dictionary(papers, async () => (await import('$/i18n/en/papers')).papers);

/** By which letter somebody was named, as far as it is written down. */
export const letterOf = ({ letter_no, letter_on }: Pick<PaperSeat, 'letter_no' | 'letter_on'>): string =>
  [letter_no && w('seat.letter.no', { no: letter_no }), letter_on && w('seat.letter.on', { on: day(letter_on) })].filter(Boolean).join(', ') ||
  w('seat.letter.none');

/** How long a term is; its last day is one of its days. */
export const termOf = (until: string | null): string =>
  until ? w(until < today() ? 'seat.term.over' : 'seat.term.until', { on: day(until) }) : w('seat.term.open');
