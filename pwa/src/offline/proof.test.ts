import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { solve, zeroBits } from './proof';

/** The zero bits by another implementation. */
function known(text: string): number {
  const hash = createHash('sha256').update(text).digest();
  return Math.clz32(hash.readUInt32BE(0));
}

describe('proof of work', () => {
  it('hashes as SHA-256 does, at every length that fits', () => {
    for (let length = 0; length <= 55; length++) {
      for (const letter of ['a', '7', '.']) {
        const text = letter.repeat(length);
        expect(zeroBits(text), text).toBe(known(text));
      }
    }
    for (let number = 0; number < 5000; number++) {
      const text = `6a0c1d2e.16.abcdefghjk.0123456789abcdef0123:${number}`;
      expect(zeroBits(text)).toBe(known(text));
    }
  });

  it('refuses what does not fit one block', () => {
    expect(() => zeroBits('a'.repeat(56))).toThrow(RangeError);
  });

  it('finds what the server asks for', async () => {
    const challenge = '6a0c1d2e.12.abcdefghjk.0123456789abcdef0123';
    const proof = await solve({ challenge, difficulty: 12 });
    expect(proof).toMatch(/^6a0c1d2e\.12\.abcdefghjk\.0123456789abcdef0123:\d+$/);
    expect(known(proof)).toBeGreaterThanOrEqual(12);
  });

  it('is quick enough for a phone five times slower to do the usual work in two seconds', () => {
    const tries = 65_536;
    const began = performance.now();
    for (let number = 0; number < tries; number++) zeroBits(`6a0c1d2e.16.abcdefghjk.0123456789abcdef0123:${number}`);
    const took = performance.now() - began;
    expect(took, `${Math.round(took)} ms`).toBeLessThan(400);
  });
});
