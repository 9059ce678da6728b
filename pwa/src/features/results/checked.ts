/** The ranking of a page, computed again on the device from its own numbers. Whether the votes are so says the recount. */
import { inOrder, parts, scored, type Outcome, type Ranked, type Terms, type Weights } from '$/ballot/result';
import type { VoteView } from './types';

type Prioritised = Extract<Outcome, { method: 'prioritising' }>;
export type Row = Ranked & {
  title: string;
  rank: number;
  terms: Terms;
  parts: Weights;
  /** What this device comes to, where the page says otherwise. */
  instead: Pick<Ranked, 'mean' | 'shrunk' | 'score'> | undefined;
};
export type Checked = { rows: Row[]; weights: Weights; ratings: number; agrees: boolean };

export function checked({ paper, weights }: Pick<VoteView, 'paper' | 'weights'>, result: Prioritised): Checked | undefined {
  if (!paper || !weights) return undefined;
  const places = new Map(paper.concerns.map((concern, place) => [concern.id, { ...concern, place }]));
  const all = result.ranking.reduce((sum, row) => ({ n: sum.n + row.n, sum: sum.sum + row.sum }), { n: 0, sum: 0 });
  const rows = result.ranking.flatMap((row, index): Row[] => {
    const concern = places.get(row.concern);
    if (!concern) return [];
    const own = scored(row, all, concern, weights);
    const same = own.mean === row.mean && own.shrunk === row.shrunk && own.score === row.score;
    const { title, severity, frequency, harm } = concern;
    const terms = { severity, frequency, harm };
    return [{ ...row, title, rank: index + 1, terms, parts: parts(row, all, terms, weights), instead: same ? undefined : own }];
  });
  const place = (row: Row): number => places.get(row.concern)?.place ?? 0;
  const ordered = rows.every((row, i) => {
    const next = rows[i + 1];
    return !next || (inOrder(row, next) || place(row) - place(next)) < 0;
  });
  const whole = rows.length === paper.concerns.length && new Set(rows.map((row) => row.concern)).size === rows.length;
  const agrees = whole && ordered && all.n === result.ratings && rows.every((row) => !row.instead);
  return { rows, weights, ratings: result.ratings, agrees };
}

/** The shares of a bar, from 0 to 1; of nothing, nothing. */
export const shares = (votes: number[]): number[] => {
  const most = Math.max(1, ...votes);
  return votes.map((count) => count / most);
};
