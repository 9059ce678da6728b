import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dueWithin } from './ballots';

const HOUR = 3_600_000;
const VOTERS = 300;
const OPENS = Date.parse('2026-03-03T00:00:00Z');
const CLOSES = OPENS + 14 * 24 * HOUR;

/** Numbers that look like chance and are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

beforeEach(() => {
  const next = seeded(20_260_303);
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((into) => {
    if (into instanceof Uint32Array) into.forEach((_, place) => (into[place] = next()));
    return into;
  });
});
afterEach(() => vi.restoreAllMocks());

/** Spearman's correlation of what is sent, in its order, with the order in which its senders were given tokens. */
function correlation(delay: number): number {
  const sent: { voter: number; at: number }[] = [];
  for (let voter = 0; voter < VOTERS; voter++) {
    // As bad as it can be: all vote within one evening hour, in the order in which they were given tokens.
    const voted = OPENS + 19 * HOUR + (voter * HOUR) / VOTERS;
    for (let item = 0; item < 12; item++) sent.push({ voter, at: delay ? dueWithin(delay, CLOSES, voted) : voted });
  }
  const order = sent.toSorted((one, other) => one.at - other.at).map(({ voter }) => voter);
  const mean = (of: number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [voters, places] = [mean(order), (order.length - 1) / 2];
  let [both, one, other] = [0, 0, 0];
  order.forEach((voter, place) => {
    both += (voter - voters) * (place - places);
    one += (voter - voters) ** 2;
    other += (place - places) ** 2;
  });
  return both / Math.sqrt(one * other);
}

it('the order in which votes arrive tells next to nothing of the order in which tokens were given', () => {
  // Without a delay it tells everything.
  expect(correlation(0)).toBeGreaterThan(0.99);
  // An hour in twelve: 0.08, and three standard deviations of 3,600 items are 0.05.
  expect(Math.abs(correlation(12 * HOUR))).toBeLessThan(0.13);
});

it('no part of the delay is likelier than another, and nothing is left to the last moment', () => {
  const now = OPENS + HOUR;
  const dues = Array.from({ length: 12_000 }, () => dueWithin(12 * HOUR, CLOSES, now) - now);
  const hours = Array.from({ length: 12 }, (_, hour) => dues.filter((due) => Math.floor(due / HOUR) === hour).length);
  // 1,000 each; five standard deviations are 151.
  expect(hours.every((count) => Math.abs(count - 1000) < 151)).toBe(true);
  const late = CLOSES - 2 * HOUR;
  expect(Array.from({ length: 1000 }, () => dueWithin(12 * HOUR, CLOSES, late)).every((due) => due < CLOSES - HOUR)).toBe(true);
});
