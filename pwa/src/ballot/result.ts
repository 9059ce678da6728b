/** The count, in whole numbers only. The twin of result.rs, which says the formula and the rounding. */
export type Weights = { votes: number; severity: number; frequency: number; harm: number };
export type Terms = { severity: number; frequency: number; harm: number };
export type Ranked = {
  concern: string;
  n: number;
  sum: number;
  mean: number | null;
  error: number | null;
  shrunk: number;
  score: number;
};
export type Outcome =
  | { method: 'prioritising'; ratings: number; withdrawn: number; ranking: Ranked[] }
  | { method: 'question'; votes: number; withdrawn: number; choices: number[] };
export type Counted = { index: number; value: number };

const SHRINKAGE = 5n;
const MILLION = 1_000_000n;

/** Rounded half up. */
const millionths = (top: bigint, bottom: bigint): number => Number((2n * top * MILLION + bottom) / (2n * bottom));

/** The whole part of a square root, by Newton. */
function root(square: bigint): bigint {
  if (square < 2n) return square;
  let guess = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + square / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

class Ratings {
  n = 0n;
  sum = 0n;
  squares = 0n;

  add(value: bigint): void {
    this.n += 1n;
    this.sum += value;
    this.squares += value * value;
  }

  ranked(concern: string, terms: Terms, weights: Weights, all: Ratings): Ranked {
    const { n, sum } = this;
    const [top, bottom] = all.n ? [sum * all.n + SHRINKAGE * all.sum, all.n * (n + SHRINKAGE)] : [3n, 1n];
    const weighed =
      weights.severity * terms.severity + weights.frequency * terms.frequency + weights.harm * terms.harm;
    const weight = weights.votes + weights.severity + weights.frequency + weights.harm;
    const score = 100n * BigInt(weights.votes) * (top - bottom) + BigInt(weighed) * 4n * bottom;
    return {
      concern,
      n: Number(n),
      sum: Number(sum),
      mean: n ? millionths(sum, n) : null,
      error: this.error(),
      shrunk: millionths(top, bottom),
      score: millionths(score, 400n * bottom * BigInt(weight || 1)),
    };
  }

  private error(): number | null {
    const { n, sum, squares } = this;
    if (n < 2n) return null;
    return Number(root(((n * squares - sum * sum) * MILLION * MILLION) / (n * n * (n - 1n))));
  }
}

export function countRatings(list: ({ id: string } & Terms)[], weights: Weights, items: Counted[]): Outcome {
  const counts = list.map(() => new Ratings());
  const all = new Ratings();
  let withdrawn = 0;
  for (const { index, value } of items) {
    const count = counts[index];
    if (!count) continue;
    if (value === 0) withdrawn++;
    else {
      count.add(BigInt(value));
      all.add(BigInt(value));
    }
  }
  const ranking = list.map((concern, i) => counts[i]!.ranked(concern.id, concern, weights, all));
  // Stable: what is equal stays in the order of the list.
  ranking.sort((a, b) => b.score - a.score || b.n - a.n);
  return { method: 'prioritising', ratings: Number(all.n), withdrawn, ranking };
}

export function countChoices(choices: number, items: Counted[]): Outcome {
  const counts = Array<number>(choices).fill(0);
  let withdrawn = 0;
  for (const { value } of items) {
    if (value === 0) withdrawn++;
    else if (value <= choices) counts[value - 1]!++;
  }
  return { method: 'question', votes: counts.reduce((sum, count) => sum + count, 0), withdrawn, choices: counts };
}
