import type { Work } from '$/api/types';

/**
 * Work the server asks for when very many write at once: a number that makes the SHA-256 hash of
 * `<challenge>:<number>` begin with enough zero bits. Hashed here one block at a time, since asking
 * WebCrypto 65,000 times takes longer than doing it. Only the first word of the hash is looked at, and
 * the text must fit one block: the server keeps its challenges that short and its bits that few.
 */
const LONGEST = 55;
const LONGEST_TURN_MS = 40;
const TRIES_A_LOOK = 512;

/** The first 32 bits of the fractional parts of roots of the first primes (FIPS 180-4, sections 4.2.2 and 5.3.3). */
function fractions(count: number, root: (prime: number) => number): number[] {
  const words: number[] = [];
  for (let prime = 2; words.length < count; prime++) {
    let divisor = 2;
    while (prime % divisor) divisor++;
    if (divisor === prime) words.push(((root(prime) % 1) * 2 ** 32) | 0);
  }
  return words;
}
const K = fractions(64, Math.cbrt);
const START = fractions(8, Math.sqrt);

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const w = new Int32Array(64);

/** How many zero bits the hash of a short ASCII text begins with, up to 32. */
export function zeroBits(text: string): number {
  if (text.length > LONGEST) throw new RangeError('a challenge of another kind');
  w.fill(0, 0, 16);
  for (let i = 0; i <= text.length; i++) {
    const byte = i < text.length ? text.charCodeAt(i) : 0x80;
    w[i >> 2]! |= byte << (24 - (i % 4) * 8);
  }
  w[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const [near, far] = [w[i - 2]!, w[i - 15]!];
    const s0 = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    const s1 = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let [a, b, c, d, e, f, g, h] = START as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return Math.clz32((a + START[0]!) | 0);
}

/** Finds the number, and lets the page breathe in between. What comes back is sent as `X-Proof`. */
export async function solve({ challenge, difficulty }: Work): Promise<string> {
  for (let number = 0; ; ) {
    const until = performance.now() + LONGEST_TURN_MS;
    while (performance.now() < until) {
      for (let tries = 0; tries < TRIES_A_LOOK; tries++, number++) {
        const proof = `${challenge}:${number}`;
        if (zeroBits(proof) >= difficulty) return proof;
      }
    }
    await new Promise((rested) => setTimeout(rested));
  }
}
