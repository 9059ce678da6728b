/** Typed Crockford symbols and their check over GF(32), at any length; as receipts do it (see $/offline/receipt). */
import { ALPHABET } from '$/offline/crockford';

const LONGEST = 256;
const DROPPED = /[\s\p{Pd}\p{Cf}\u2212]/u;
const ALIKE: Record<string, string> = { O: '0', I: '1', L: '1' };

const timesA = (value: number): number => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);

export function timesPower(value: number, exponent: number): number {
  let product = value;
  for (let i = 0; i < exponent; i++) product = timesA(product);
  return product;
}

/** The sum of a^i * x_i, which is zero where the check symbol fits. */
export const weighed = (values: number[]): number => values.reduceRight((sum, value) => timesA(sum) ^ value, 0);

export function readSymbols(typed: string, count: number): number[] | undefined {
  if ([...typed].length > LONGEST) return undefined;
  const values: number[] = [];
  for (const letter of typed.normalize('NFKC')) {
    if (DROPPED.test(letter)) continue;
    const raised = /[a-z]/.test(letter) ? letter.toUpperCase() : letter;
    const value = ALPHABET.indexOf(ALIKE[raised] ?? raised);
    if (value < 0 || values.length === count) return undefined;
    values.push(value);
  }
  return values.length === count ? values : undefined;
}
