import { describe, expect, it } from 'vitest';
import { comparable, inView, isPart, lengths, ranked, resultIn, scopesOf, trends, valuesOf, type Closed } from './charts';
import type { Part, Question, Results } from './types';

const text = (sq: string) => ({ sq, en: null });
const options = (...ids: string[]) => ids.map((id) => ({ id, text: text(id) }));
const question = (id: string, kind: Question['kind'], rest: Partial<Question> = {}): Question => ({
  id, kind, text: text(id), help: null, required: false, picture: null, only_if: null, options: [], rows: [], scale: null, most: null, min: null, max: null, ...rest,
});
const part = (id: string, mean: number | null = null, values: Part['values'] = []): Part => ({ id, values, mean, low: mean && mean - 0.25, high: mean && mean + 0.25 });
const at = (scope: number, parts: Part[], n = 40) => ({ scope, n, skipped: 3, step: 5, parts });

const GRID = question('grid', 'matrix', { rows: options('r1', 'r2'), scale: 'agreement' });
const results: Results = {
  k: 10,
  exact: false,
  source: null,
  answered: 90,
  invited: 120,
  withheld: 0,
  hands: 0,
  scopes: [
    { kind: 'all', name: '', class: null, answered: 90 },
    { kind: 'school', name: 'A', class: null, answered: 50 },
    { kind: 'school', name: 'B', class: null, answered: 40 },
    { kind: 'school', name: 'C', class: null, answered: null },
    { kind: 'group', name: '10', class: null, answered: 45 },
  ],
  questions: [{ id: 'grid', texts: [], results: [at(0, [part('r1', 3.1), part('r2', 4)]), at(1, [part('r1', 3)]), at(2, [part('r1', 3.2)]), at(4, [])] }],
};

describe('whose answers are shown', () => {
  it('leaves out what shows nothing', () => {
    expect(scopesOf(results, 'school').map(({ scope }) => scope.name)).toEqual(['A', 'B']);
    expect(comparable(results)).toEqual(['school']);
    expect(inView(results, 'school')).toEqual([1, 2]);
    expect(inView(results, 0)).toEqual([0]);
    expect(resultIn(results, 'grid', 3)).toBeUndefined();
  });

  it('says where fewer are told of than answered', () => {
    expect(isPart(results, at(0, []))).toBe(true);
    expect(isPart(results, at(0, [], 87))).toBe(false);
    expect(isPart(results, { ...at(0, []), skipped: null })).toBe(false);
    expect(isPart(results, at(3, []))).toBe(false);
    expect(isPart({ ...results, exact: true }, at(0, []))).toBe(false);
  });
});

describe('bars', () => {
  it('fill their width where roundings do not add up, and stay empty where nothing is', () => {
    expect(lengths([50, 50, 25])).toEqual([40, 40, 20]);
    expect(lengths([0, 0])).toEqual([0, 0]);
  });

  it('stand in the order of the paper, of the steps or of the numbers', () => {
    expect(valuesOf(question('s', 'single', { options: options('b', 'a') }), [])).toEqual(['b', 'a']);
    expect(valuesOf(GRID, [])).toEqual(['1', '2', '3', '4', '5']);
    expect(valuesOf(question('i', 'matrix', { scale: 'importance' }), [])).toEqual(['1', '2', '3']);
    expect(valuesOf(question('r', 'ranking', { options: options('a', 'b', 'c'), most: 2 }), [])).toEqual(['1', '2']);
    const bins = ['30-59', '0-9', '10-29'].map((id) => ({ id, percent: 10 }));
    expect(valuesOf(question('n', 'number'), [at(0, [part('', null, bins)])])).toEqual(['0-9', '10-29', '30-59']);
  });

  it('put numbers together that nobody gave, at the end alone', () => {
    const given = [['0-3', 80], ['4-7', 0], ['8-11', 20], ['12-15', 0], ['16-19', 0], ['20-22', 0]].map(([id, percent]) => ({ id: String(id), percent: Number(percent) }));
    expect(valuesOf(question('n', 'number'), [at(0, [part('', null, given)])])).toEqual(['0-3', '4-7', '8-11', '12-22']);
  });

  it('rank by how often and how far in front something was put', () => {
    const places = (...percents: number[]) => percents.map((percent, index) => ({ id: String(index + 1), percent }));
    const parts = [part('a', 1, places(20, 0, 0)), part('b', 3, places(0, 0, 90)), part('c', 2, places(10, 50, 0))];
    expect(ranked(parts, 3).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });
});

describe('the years', () => {
  const year = (y: number, mean: number | null): Closed => ({
    poll: { id: String(y), year: y },
    results: { ...results, questions: [{ id: 'grid', texts: [], results: [at(0, [part('r1', mean), part('r2', null)], y - 1900)] }] },
  });

  it('are a line from two on, in their order, with their n and who skipped', () => {
    const [line, ...rest] = trends([GRID], [year(2026, 3.5), year(2024, 3), year(2025, null)]);
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ part: 'r1', from: 1, to: 5 });
    expect(line?.points).toEqual([
      { year: 2024, mean: 3, low: 2.75, high: 3.25, n: 124, skipped: 3 },
      { year: 2026, mean: 3.5, low: 3.25, high: 3.75, n: 126, skipped: 3 },
    ]);
    expect(trends([GRID], [year(2026, 3.5)])).toEqual([]);
  });

  it('leave air around a number that has no ends of its own', () => {
    const number = question('n', 'number');
    const of = (y: number, mean: number): Closed => ({ poll: { id: String(y), year: y }, results: { ...results, questions: [{ id: 'n', texts: [], results: [at(0, [part('', mean)])] }] } });
    const [line] = trends([number], [of(2025, 10), of(2026, 14)]);
    expect(line?.from).toBe(9.75 - 1.125);
    expect(line?.to).toBe(14.25 + 1.125);
  });
});
