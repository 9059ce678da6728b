import { describe, expect, it } from 'vitest';
import type { ProgramItem } from '$/api/types';
import { apart, months, pageOf } from './months';

const item = (on: string, more: Partial<ProgramItem> = {}): ProgramItem => ({
  on,
  until: null,
  from: null,
  kind: 'meeting',
  title: 'Takim',
  about: 'm1',
  lead: null,
  done: null,
  ...more,
});

describe('a programme of work', () => {
  it('goes by months, and what began in an earlier year stands in the first', () => {
    const found = months([item('2025-12-10', { until: '2026-01-20' }), item('2026-01-05'), item('2026-03-01')], 2026);
    expect(found.map(({ month, items }) => [month, items.length])).toEqual([
      [1, 2],
      [3, 1],
    ]);
  });

  it('tells apart what comes or lasts, what was not done, and what was', () => {
    const [held, late, lasts, closed] = [
      item('2026-05-01', { done: true }),
      item('2026-05-02', { kind: 'measure_due', done: false }),
      item('2026-05-03', { kind: 'collection', until: '2026-06-01' }),
      item('2026-05-30', { kind: 'measure_due', done: true }),
    ];
    expect(apart([held, late, lasts, closed], '2026-05-20')).toEqual({ coming: [lasts, closed], missed: [late], done: [held] });
  });

  it('leads to the page of each thing, and to a bulletin only once there is one', () => {
    expect(pageOf(item('2026-05-01'))).toBe('/takime/m1');
    expect(pageOf(item('2026-05-01', { kind: 'measure_report', about: 'x' }))).toBe('/masat/x');
    expect(pageOf(item('2026-05-01', { kind: 'vote', about: 'c' }))).toBe('/konsultime/c');
    expect(pageOf(item('2026-04-01', { kind: 'bulletin', about: '2026/1' }))).toBeUndefined();
    expect(pageOf(item('2026-04-01', { kind: 'bulletin', about: '2026/1', done: true }))).toBe('/buletini/2026/1');
    expect(pageOf(item('2026-04-01', { kind: 'sitting_due', about: null }))).toBeUndefined();
  });
});
