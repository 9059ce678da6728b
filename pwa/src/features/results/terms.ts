/** The parts of the formula, in the order in which they are drawn and told. */
export const TERMS = ['votes', 'severity', 'frequency', 'harm'] as const;
