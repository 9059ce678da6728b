import { describe, expect, it } from 'vitest';
import type { ReportRecord, Totals } from '$/api/types';
import { measures, reached, topics, width } from './numbers';

describe('the numbers of a year', () => {
  it('counts every measure in one of the bars', () => {
    const totals = { measures: 9, measures_done: 3, measures_partly: 1, measures_late: 2, measures_not_done: 1 } as Totals;
    const bars = measures(totals);
    expect(bars.reduce((sum, bar) => sum + bar.value, 0)).toBe(9);
    expect(bars.find(({ key }) => key === 'measures_open')?.value).toBe(2);
    expect(width(3, bars)).toBe(100);
    expect(width(1, bars)).toBeCloseTo(33.3, 1);
  });

  it('draws nothing where there is nothing', () => {
    expect(width(0, [{ key: 'sittings', value: 0 }])).toBe(0);
  });

  it('sees an indicator go its way up or down', () => {
    expect(reached({ baseline: 0, target: 40, value: 10 })).toBe(0.25);
    expect(reached({ baseline: 12, target: 4, value: 6 })).toBe(0.75);
    expect(reached({ baseline: 12, target: 4, value: 20 })).toBe(0);
    expect(reached({ baseline: 0, target: 40, value: null })).toBe(0);
  });

  it('puts the topic first of which there was most', () => {
    const record = { topics: [{ topic: 'road', months: [1, 0] }, { topic: 'lighting', months: [0, 3] }] } as ReportRecord;
    expect(topics(record).map(({ topic }) => topic)).toEqual(['lighting', 'road']);
  });
});
