import { placesOf, stepsOf } from './answers';
import type { Part, Poll, Question, Result, Results, Scope, ScopeKind } from './types';

/** What charts show, computed apart from how they look. */

/** Whose answers are shown: of one scope, or of several beside each other. */
export type View = number | 'school' | 'group';

const shown = (results: Results, scope: number): boolean => results.questions.some((question) => question.results.some((one) => one.scope === scope));

/** Scopes of a kind by their place, those that show nothing left out. */
export function scopesOf(results: Results, kind: ScopeKind): { scope: Scope; index: number }[] {
  return results.scopes.map((scope, index) => ({ scope, index })).filter(({ scope, index }) => scope.kind === kind && shown(results, index));
}

/** What can be chosen besides everybody. */
export const comparable = (results: Results): ('school' | 'group')[] => (['school', 'group'] as const).filter((kind) => scopesOf(results, kind).length > 1);

/** The scopes a view is made of. */
export const inView = (results: Results, view: View): number[] => (typeof view === 'number' ? [view] : scopesOf(results, view).map(({ index }) => index));

export const resultIn = (results: Results, question: string, scope: number): Result | undefined =>
  results.questions.find(({ id }) => id === question)?.results.find((one) => one.scope === scope);

/** Whether fewer are told of than answered in the scope: where few did, neither answers nor who skipped are counted in. */
export function isPart(results: Results, { scope, n, skipped }: Result): boolean {
  const answered = results.scopes[scope]?.answered;
  return !results.exact && skipped !== null && typeof answered === 'number' && n + skipped < answered;
}

export const percentOf = (part: Part | undefined, id: string): number => part?.values.find((value) => value.id === id)?.percent ?? 0;

/** Lengths that fill a bar, also where the rounded percentages do not add up. */
export function lengths(percents: number[]): number[] {
  const sum = percents.reduce((all, percent) => all + percent, 0);
  return percents.map((percent) => (sum ? (100 * percent) / sum : 0));
}

/** The more often and the further in front, the earlier: a mean place says little of what only some gave a place. */
export function ranked(parts: Part[], places: number): Part[] {
  const points = ({ values }: Part) => values.reduce((sum, { id, percent }) => sum + percent * (places + 1 - Number(id)), 0);
  return parts.toSorted((one, other) => points(other) - points(one));
}

/** To how many in a hundred the shares of these scopes are rounded, each step once. */
export const stepsIn = (results: Results, scopes: number[]): number[] =>
  [...new Set(results.questions.flatMap((question) => question.results.filter(({ scope }) => scopes.includes(scope)).map(({ step }) => step)))].toSorted((one, other) => one - other);

/** Numbers in their order; those at the end that nobody or few gave stand together. */
function bins(results: Result[]): string[] {
  const values = results.flatMap(({ parts }) => parts.flatMap((part) => part.values));
  const ids = [...new Set(values.map(({ id }) => id))].toSorted((one, other) => parseInt(one) - parseInt(other));
  const last = ids.findLastIndex((id) => values.some((value) => value.id === id && value.percent > 0));
  const [from, to] = [ids[last + 1]?.split('-')[0], ids.at(-1)?.split('-').at(-1)];
  return last < 0 || ids.length - last < 3 ? ids : [...ids.slice(0, last + 1), `${from}-${to}`];
}

/** The ids a question's bars stand for, in the order of the paper or of the numbers. */
export function valuesOf(question: Question, results: Result[]): string[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options.map(({ id }) => id);
    case 'sentiment':
      return ['3', '2', '1'];
    case 'matrix':
      return Array.from({ length: stepsOf(question) }, (_, index) => String(index + 1));
    case 'ranking':
      return Array.from({ length: placesOf(question) }, (_, index) => String(index + 1));
    case 'number':
      return bins(results);
    case 'text':
      return [];
  }
}

/** A poll of a series in its year, as far as it is closed and shows something. */
export type Closed = { poll: Pick<Poll, 'id' | 'year'>; results: Results };
export type TrendPoint = { year: number; mean: number; low: number; high: number; n: number; skipped: number | null };
export type TrendLine = { question: Question; part: string; points: TrendPoint[]; from: number; to: number };

function ends(question: Question, points: TrendPoint[]): [number, number] {
  if (question.kind === 'sentiment') return [1, 3];
  if (question.kind === 'matrix') return [1, stepsOf(question)];
  const lows = points.map(({ low }) => low);
  const highs = points.map(({ high }) => high);
  const [low, high] = [Math.min(...lows), Math.max(...highs)];
  const air = Math.max((high - low) / 4, 0.5);
  return [Math.max(0, low - air), high + air];
}

/** The means of all that has one, over the years; a single year is no line. */
export function trends(questions: Question[], closed: Closed[]): TrendLine[] {
  const years = closed.toSorted((one, other) => one.poll.year - other.poll.year);
  return questions.flatMap((question) => {
    const parts = question.kind === 'matrix' ? question.rows.map(({ id }) => id) : question.kind === 'ranking' ? question.options.map(({ id }) => id) : [''];
    return parts.flatMap((part): TrendLine[] => {
      const points = years.flatMap(({ poll, results }): TrendPoint[] => {
        const result = resultIn(results, question.id, 0);
        const found = result?.parts.find(({ id }) => id === part);
        if (!result || !found || found.mean === null) return [];
        const { mean, low, high } = found;
        return [{ year: poll.year, mean, low: low ?? mean, high: high ?? mean, n: result.n, skipped: result.skipped }];
      });
      if (points.length < 2) return [];
      const [from, to] = ends(question, points);
      return [{ question, part, points, from, to }];
    });
  });
}
