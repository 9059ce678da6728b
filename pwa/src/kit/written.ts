/** A number as people here write it: gaps between the thousands, a comma before the parts. For a field's `pattern`. */
export const NUMBER = String.raw`\s*-?\d[\d\s]*([.,]\d+)?\s*`;
/** A whole amount; between its thousands there may be dots or commas too. */
export const AMOUNT = String.raw`\s*(\d[\d\s]*|\d{1,3}([.,\s]\d{3})+)\s*`;

const is = (pattern: string, written: string): boolean => new RegExp(`^${pattern}$`).test(written);

/** The number that was written; undefined where none was. */
export const numberOf = (written: string): number | undefined =>
  is(NUMBER, written) ? Number(written.replace(/\s/g, '').replace(',', '.')) : undefined;

export const amountOf = (written: string): number | undefined =>
  is(AMOUNT, written) ? Number(written.replace(/[.,\s]/g, '')) : undefined;
