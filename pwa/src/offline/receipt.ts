import { ALPHABET, spell, symbols } from './crockford';

/**
 * The receipt of an anonymous concern: 20 random symbols (100 bits) and one check symbol.
 * The check is over GF(32) with x^5+x^2+1 and generator 2: the sum of a^i * x_i over all 21 symbols is zero,
 * so every wrong symbol and every swap of neighbours is noticed here, without asking the server.
 * The twin of server/domain/src/receipt.rs; both are held to server/domain/vectors/receipt.json.
 */
const POLYNOMIAL = 0b100101;
const DATA = 20;
const LONGEST = 256;

export type Refusal = 'wrong_length' | 'unknown_symbol' | 'wrong_check';

const POWERS: number[] = [1];
for (let i = 1; i < 31; i++) {
  const next = (POWERS[i - 1] ?? 0) << 1;
  POWERS.push(next & 32 ? next ^ POLYNOMIAL : next);
}
const LOG = new Map(POWERS.map((value, exponent) => [value, exponent]));

function timesPower(value: number, exponent: number): number {
  const log = LOG.get(value);
  return log === undefined ? 0 : (POWERS[(log + exponent) % 31] ?? 0);
}

const weighed = (values: number[]): number => values.reduce((sum, value, i) => sum ^ timesPower(value, i), 0);

/** c = a^-20 * sum, and a^-20 is a^11 since a has order 31. */
const checkOf = (values: number[]): number => timesPower(weighed(values), 31 - DATA);

export function fromEntropy(bytes: Uint8Array): string {
  const values = symbols(bytes, DATA);
  return spell([...values, checkOf(values)]);
}

export const makeReceipt = (): string => fromEntropy(crypto.getRandomValues(new Uint8Array(13)));

/** XXXX-XXXX-XXXX-XXXX-XXXX-C */
export const show = (canonical: string): string => canonical.match(/.{1,4}/g)?.join('-') ?? '';

const DROPPED = /[\s\p{Pd}\p{Cf}\u2212]/u;
const ALIKE: Record<string, string> = { O: '0', I: '1', L: '1' };

/** Reads what a person typed or pasted; only what is certainly a slip of the hand is forgiven. */
export function parse(typed: string): { canonical: string } | { refusal: Refusal } {
  if ([...typed].length > LONGEST) return { refusal: 'wrong_length' };
  const values: number[] = [];
  for (const letter of typed.normalize('NFKC')) {
    if (DROPPED.test(letter)) continue;
    // Only ASCII is raised: toUpperCase would turn a dotless i into an I.
    const raised = /[a-z]/.test(letter) ? letter.toUpperCase() : letter;
    const value = ALPHABET.indexOf(ALIKE[raised] ?? raised);
    if (value < 0) return { refusal: 'unknown_symbol' };
    if (values.length > DATA) return { refusal: 'wrong_length' };
    values.push(value);
  }
  if (values.length !== DATA + 1) return { refusal: 'wrong_length' };
  return weighed(values) === 0 ? { canonical: spell(values) } : { refusal: 'wrong_check' };
}
