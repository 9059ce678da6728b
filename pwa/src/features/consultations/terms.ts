import type { Candidate } from '$/api/types';
import type { PlainKey } from '$/i18n/dictionary.svelte';
import type { consultations } from '$/i18n/sq/consultations';

/** What the institutions say of a concern, in the order of the formula. */
export const TERMS = ['severity', 'frequency', 'harm'] as const;
export type Term = (typeof TERMS)[number];
export type Terms = Candidate['terms'];

/** The steps that have a word; what lies between is called by the nearest. */
export const STEPS = [0, 25, 50, 75, 100] as const;
type Step = (typeof STEPS)[number];

export const stepOf = (value: number): Step => STEPS.find((step) => value - step <= 12) ?? 100;
export const wordOf = (term: Term, value: number) => `term.${term}.${stepOf(value)}` as const satisfies PlainKey<typeof consultations>;
