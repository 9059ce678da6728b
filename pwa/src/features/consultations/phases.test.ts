import { describe, expect, it } from 'vitest';
import { steps, suggested, until } from './phases';

const dates = {
  collect_from: '2026-11-02',
  collect_until: '2026-12-03',
  discuss_until: '2026-12-13',
  vote_until: '2026-12-27',
  result_until: '2027-01-10',
  plan_until: '2027-02-28',
  report_on: '2027-11-30',
};

describe('the steps of a consultation', () => {
  it('are over, now or still to come', () => {
    const told = steps({ phase: 'vote', dates }).map(({ step, when }) => `${step} ${when}`);
    expect(told).toEqual(['collect past', 'discuss past', 'vote now', 'result later', 'plan later', 'report later']);
  });

  it('leave a discussion out that is not held', () => {
    const told = steps({ phase: 'collect', dates: { ...dates, discuss_until: null } }).map(({ step }) => step);
    expect(told).toEqual(['collect', 'vote', 'result', 'plan', 'report']);
  });

  it('are all still to come before it begins, and nobody is told that one is over once it was taken back', () => {
    for (const phase of ['announced', 'withdrawn'] as const) {
      expect(new Set(steps({ phase, dates }).map(({ when }) => when))).toEqual(new Set(['later']));
    }
  });

  it('end on their last day', () => {
    expect(until({ phase: 'discuss', dates })).toBe('2026-12-13');
    expect(until({ phase: 'announced', dates })).toBeUndefined();
    expect(steps({ phase: 'collect', dates })[0]).toEqual({
      step: 'collect',
      when: 'now',
      from: '02.11.2026',
      until: '03.12.2026',
    });
  });
});

describe('the days to begin with', () => {
  it('come one after the other', () => {
    const days = Object.values(suggested('2026-11-28'));
    expect(days).toEqual(days.toSorted());
    expect(new Set(days).size).toBe(7);
  });
});
