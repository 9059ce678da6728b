import { dictionary } from '$/i18n/dictionary.svelte';
import { bulletins } from '$/i18n/sq/bulletins';

/** The words of the quarterly bulletin. */
export const { t: b } = dictionary(bulletins, async () => (await import('$/i18n/en/bulletins')).bulletins);

const NUMERALS = ['I', 'II', 'III', 'IV'] as const;

type Quarter = { year: number; quarter: number };

/** "Tremujori III 2026". */
export const named = ({ year, quarter }: Quarter): string => b('quarter', { number: NUMERALS[quarter - 1] ?? String(quarter), year: String(year) });

/** Its three months, in words. */
export const months = ({ year, quarter }: Quarter): string => b(`months.${quarter as 1 | 2 | 3 | 4}`, { year: String(year) });
