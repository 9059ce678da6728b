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

/** How many ratings there are, and their sum. */
export type Counts = { n: number; sum: number };

/** The shrunk mean as a fraction; without any rating 3/1. */
function shrunken(own: Counts, all: Counts): [bigint, bigint] {
  const [n, sum, total] = [BigInt(own.n), BigInt(own.sum), BigInt(all.n)];
  return total ? [sum * total + SHRINKAGE * BigInt(all.sum), total * (n + SHRINKAGE)] : [3n, 1n];
}

const weightOf = (weights: Weights): number =>
  weights.votes + weights.severity + weights.frequency + weights.harm || 1;

/** What a concern with these ratings is ranked by, beside the ratings of all concerns. */
export function scored(own: Counts, all: Counts, terms: Terms, weights: Weights): Pick<Ranked, 'mean' | 'shrunk' | 'score'> {
  const [top, bottom] = shrunken(own, all);
  const weighed =
    weights.severity * terms.severity + weights.frequency * terms.frequency + weights.harm * terms.harm;
  const score = 100n * BigInt(weights.votes) * (top - bottom) + BigInt(weighed) * 4n * bottom;
  return {
    mean: own.n ? millionths(BigInt(own.sum), BigInt(own.n)) : null,
    shrunk: millionths(top, bottom),
    score: millionths(score, 400n * bottom * BigInt(weightOf(weights))),
  };
}

/** What each term gives to the score, in millionths, each rounded by itself. */
export function parts(own: Counts, all: Counts, terms: Terms, weights: Weights): Weights {
  const [top, bottom] = shrunken(own, all);
  const weight = BigInt(weightOf(weights));
  const of = (name: keyof Terms): number => millionths(BigInt(weights[name] * terms[name]), 100n * weight);
  const votes = millionths(BigInt(weights.votes) * (top - bottom), 4n * bottom * weight);
  return { votes, severity: of('severity'), frequency: of('frequency'), harm: of('harm') };
}

/** The highest score first, then more ratings; what is equal stays in the order it has, that of the list. */
export const inOrder = (one: Pick<Ranked, 'score' | 'n'>, other: Pick<Ranked, 'score' | 'n'>): number =>
  other.score - one.score || other.n - one.n;

class Ratings {
  n = 0;
  sum = 0;
  squares = 0;

  add(value: number): void {
    this.n += 1;
    this.sum += value;
    this.squares += value * value;
  }

  ranked(concern: string, terms: Terms, weights: Weights, all: Ratings): Ranked {
    const { n, sum } = this;
    const { mean, shrunk, score } = scored(this, all, terms, weights);
    return { concern, n, sum, mean, error: this.error(), shrunk, score };
  }

  private error(): number | null {
    const [n, sum, squares] = [BigInt(this.n), BigInt(this.sum), BigInt(this.squares)];
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
      count.add(value);
      all.add(value);
    }
  }
  const ranking = list.map((concern, i) => counts[i]!.ranked(concern.id, concern, weights, all));
  ranking.sort(inOrder);
  return { method: 'prioritising', ratings: all.n, withdrawn, ranking };
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
