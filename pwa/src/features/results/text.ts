import '$/i18n/faults';
import { dictionary, number } from '$/i18n/dictionary.svelte';
import { results } from '$/i18n/sq/results';

/** The words of a counted vote. */
export const { t: u } = dictionary(results, async () => (await import('$/i18n/en/results')).results);

/** Millionths, in so many parts, always with one digit after the point, so that columns of them stand straight. */
export function tenths(millionths: number, of = 1): string {
  const value = Math.round((millionths * of) / 100_000) / 10;
  return Number.isInteger(value) ? `${number(value)}${number(0.5).charAt(1)}0` : number(value);
}

const WORDS = ['word.1', 'word.2', 'word.3', 'word.4', 'word.5'] as const;

/** A mean in the words of the cards. */
export const meanWord = (mean: number): string => u(WORDS[Math.min(Math.max(Math.round(mean / 1_000_000), 1), 5) - 1] ?? 'word.3');
