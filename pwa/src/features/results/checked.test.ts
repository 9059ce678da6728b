import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Outcome } from '$/ballot/result';
import { checked, shares } from './checked';
import { meanWord, tenths } from './text';
import type { VoteView } from './types';

type Prioritised = Extract<Outcome, { method: 'prioritising' }>;
type Count = { weights: never; terms: number[][]; outcome: Prioritised };
const { counts } = JSON.parse(readFileSync(new URL('../../../../server/ballot/vectors/protocol.json', import.meta.url), 'utf8')) as { counts: Count[] };

const pageOf = ({ weights, terms, outcome }: Count): Pick<VoteView, 'paper' | 'weights'> => {
  const ids = outcome.ranking.map(({ concern }) => concern).toSorted();
  const concerns = terms.map(([severity = 0, frequency = 0, harm = 0], i) => ({ id: ids[i] ?? '', title: `Nr. ${i}`, severity, frequency, harm }));
  return { weights, paper: { beacon: '', choices: [], concerns } };
};

it('comes to the same ranking as the count, and each score is the sum of its parts', () => {
  for (const count of counts) {
    const page = checked(pageOf(count), count.outcome)!;
    expect(page.agrees).toBe(true);
    for (const { parts, score } of page.rows) {
      const sum = parts.votes + parts.severity + parts.frequency + parts.harm;
      expect(Math.abs(sum - score)).toBeLessThanOrEqual(2);
    }
  }
});

it('shows where a page does not add up', () => {
  const count = counts.find(({ outcome }) => outcome.ratings > 4)!;
  const lie = (change: (outcome: Prioritised) => unknown) => {
    const outcome = structuredClone(count.outcome);
    change(outcome);
    return checked(pageOf(count), outcome)!;
  };
  const higher = lie(({ ranking }) => (ranking[1]!.score += 1));
  expect(higher.agrees).toBe(false);
  expect(higher.rows[1]!.instead?.score).toBe(count.outcome.ranking[1]!.score);
  expect(higher.rows[0]!.instead).toBeUndefined();
  expect(lie(({ ranking }) => (ranking[0]!.mean = 4_999_999)).agrees).toBe(false);
  expect(lie(({ ranking }) => ranking.reverse()).agrees).toBe(false);
  expect(lie(({ ranking }) => ranking.pop()).agrees).toBe(false);
  expect(lie((outcome) => outcome.ratings++).agrees).toBe(false);
});

it('puts of equal scores the one with more ratings first, and what is equal in the order of the list', () => {
  const row = { n: 0, sum: 0, mean: null, error: null, shrunk: 3_000_000, score: 500_000 };
  const outcome: Prioritised = { method: 'prioritising', ratings: 0, withdrawn: 0, ranking: [{ ...row, concern: 'a' }, { ...row, concern: 'b' }] };
  const list = ['a', 'b'].map((id) => ({ id, title: id, severity: 50, frequency: 50, harm: 50 }));
  const page = { weights: { votes: 1, severity: 0, frequency: 0, harm: 0 }, paper: { beacon: '', choices: [], concerns: list } };
  expect(checked(page, outcome)!.agrees).toBe(true);
  expect(checked(page, { ...outcome, ranking: outcome.ranking.toReversed() })!.agrees).toBe(false);
  const rated = { ...row, n: 1, sum: 3, mean: 3_000_000, concern: 'b' };
  const byRatings = { ...outcome, ratings: 1, ranking: [rated, { ...row, concern: 'a' }] };
  expect(checked(page, byRatings)!.agrees).toBe(true);
  expect(checked(page, { ...byRatings, ranking: byRatings.ranking.toReversed() })!.agrees).toBe(false);
});

it('draws the longest bar as long as there is room', () => {
  expect(shares([1, 4, 0])).toEqual([0.25, 1, 0]);
  expect(shares([0, 0])).toEqual([0, 0]);
});

it('tells means and points with one digit, and means in the words of the cards', () => {
  expect([4_250_000, 4_000_000, 49_999].map((mean) => tenths(mean))).toEqual(['4,3', '4,0', '0,0']);
  expect(tenths(1_000_000, 100)).toBe('100,0');
  expect([1_000_000, 1_499_999, 2_500_000, 5_000_000].map(meanWord)).toEqual(['aspak', 'aspak', 'disi', 'shumë']);
});
