import { describe, expect, it } from 'vitest';
import type { ReportedConcern, ReportRecord, YearVerdict } from '$/api/types';
import { slideNamed, slides, tallies, turned, type ReportedMeasure } from './slides';

const concern = (id: string, verdict: YearVerdict, ...measures: string[]) => ({ id, verdict, measures }) as ReportedConcern;
const record = (priorities: ReportedConcern[], measures: string[]) =>
  ({ priorities, measures: measures.map((id) => ({ id }) as ReportedMeasure) }) as ReportRecord;

const year = record(
  [concern('lamps', 'unaddressed'), concern('bridge', 'late', 'm2'), concern('road', 'partly', 'm1', 'm3'), concern('hill', 'kept', 'm1')],
  ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'],
);

describe('the slides of a year', () => {
  const shown = slides(year);
  const own = shown.filter((slide) => slide.kind === 'priority');

  it('begins with the title and ends with the questions', () => {
    expect(shown[0]?.kind).toBe('title');
    expect(shown.at(-1)?.kind).toBe('questions');
  });

  it('shows every priority once, in the place the report gives it', () => {
    expect(own.map(({ place, one }) => [place, one.id])).toEqual([[1, 'lamps'], [2, 'bridge'], [3, 'road'], [4, 'hill']]);
  });

  it('puts the measures beside the priority they answer', () => {
    expect(own.map(({ measures }) => measures.map(({ id }) => id))).toEqual([[], ['m2'], ['m1', 'm3'], ['m1']]);
  });

  it('shows every measure, three of the others at a time', () => {
    const others = shown.filter((slide) => slide.kind === 'measures').map(({ measures }) => measures.map(({ id }) => id));
    expect(others).toEqual([['m4', 'm5', 'm6'], ['m7']]);
    const all = shown.flatMap((slide) => ('measures' in slide ? slide.measures.map(({ id }) => id) : []));
    expect([...new Set(all)].sort()).toEqual(year.measures.map(({ id }) => id));
  });

  it('has something to show of a year without priorities and measures', () => {
    expect(slides(record([], [])).map(({ kind }) => kind)).toEqual(['title', 'questions']);
  });
});

describe('what became of the priorities', () => {
  it('counts each of them once', () => {
    expect(tallies(year)).toEqual([
      { key: 'kept', count: 1 },
      { key: 'partly', count: 1 },
      { key: 'under_way', count: 0 },
      { key: 'behind', count: 2 },
    ]);
  });

  it('names the rarer ends where there are any', () => {
    const told = tallies(record([concern('a', 'merged'), concern('b', 'contested'), concern('c', 'refused')], []));
    expect(told.slice(4)).toEqual([
      { key: 'contested', count: 1 },
      { key: 'refused', count: 1 },
      { key: 'merged', count: 1 },
    ]);
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });
});

describe('turning the slides', () => {
  it('finds the slide an address names', () => {
    expect([null, '1', '7', '12', '99', '0', '-3', 'three', '2.5'].map((name) => slideNamed(name, 12))).toEqual([0, 0, 6, 11, 11, 0, 0, 0, 1]);
  });

  it('goes on and back by keyboard and by remote, and never beyond the ends', () => {
    const press = (key: string, now: number, shiftKey = false) => turned({ key, shiftKey }, now, 5);
    expect(['ArrowRight', 'PageDown', ' '].map((key) => press(key, 2))).toEqual([3, 3, 3]);
    expect(['ArrowLeft', 'PageUp'].map((key) => press(key, 2))).toEqual([1, 1]);
    expect(press(' ', 2, true)).toBe(1);
    expect([press('Home', 3), press('End', 1)]).toEqual([0, 4]);
    expect([press('ArrowLeft', 0), press('ArrowRight', 4)]).toEqual([0, 4]);
    expect(['a', 'Enter', 'ArrowDown', 'Tab'].map((key) => press(key, 2))).toEqual([undefined, undefined, undefined, undefined]);
  });
});
