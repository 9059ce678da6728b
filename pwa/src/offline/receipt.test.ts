import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALPHABET } from './crockford';
import { fromEntropy, makeReceipt, parse, show } from './receipt';

type Vectors = {
  made: { entropy: string; canonical: string; shown: string }[];
  tolerated: { note: string; typed: string; canonical: string }[];
  refused: { note: string; typed: string; why: string }[];
};
const file = new URL('../../../server/domain/vectors/receipt.json', import.meta.url);
const vectors = JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{}') as Vectors;
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

describe('receipt', () => {
  it('is tested against the vectors of the Rust twin', () => {
    expect(vectors.made.length + vectors.tolerated.length + vectors.refused.length).toBeGreaterThan(30);
  });

  it.each(vectors.made ?? [])('makes $shown', ({ entropy, canonical, shown }) => {
    expect(fromEntropy(bytes(entropy))).toBe(canonical);
    expect(show(canonical)).toBe(shown);
  });

  it.each(vectors.tolerated ?? [])('reads: $note', ({ typed, canonical }) => {
    expect(parse(typed)).toEqual({ canonical });
  });

  it.each(vectors.refused ?? [])('refuses: $note', ({ typed, why }) => {
    expect(parse(typed)).toEqual({ refusal: why });
  });

  it('notices every wrong symbol and every swap of neighbours', () => {
    for (let round = 0; round < 20; round++) {
      const good = makeReceipt();
      for (let i = 0; i < good.length; i++) {
        for (const symbol of ALPHABET) {
          if (symbol !== good[i]) expect(parse(good.slice(0, i) + symbol + good.slice(i + 1))).toHaveProperty('refusal');
        }
        const [a, b] = [good[i], good[i + 1]];
        if (b && a !== b) expect(parse(good.slice(0, i) + b + a + good.slice(i + 2))).toHaveProperty('refusal');
      }
    }
  });

  it('never makes the same one twice', () => {
    expect(new Set(Array.from({ length: 10_000 }, makeReceipt)).size).toBe(10_000);
  });
});
