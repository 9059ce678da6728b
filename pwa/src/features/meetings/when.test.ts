import { describe, expect, it } from 'vitest';
import { apart, hasBegun, isOver, soon } from './when';

const at = (starts_at: string, ends_at: string) => ({ time: { on: starts_at.slice(0, 10), from: '', until: '', starts_at, ends_at } });
const first = at('2026-12-01T16:00:00Z', '2026-12-01T18:00:00Z');
const second = at('2026-12-09T16:00:00Z', '2026-12-09T18:00:00Z');
const third = at('2027-01-09T16:00:00Z', '2027-01-09T18:00:00Z');

describe('when a meeting is', () => {
  it('is to come until it ends, the next first; what is over is told from the last', () => {
    const now = Date.parse('2026-12-09T17:00:00Z');
    expect(apart([third, second, first], now)).toEqual({ coming: [second, third], past: [first] });
    expect([hasBegun(second, now), isOver(second, now)]).toEqual([true, false]);
    expect(apart([first, third, second], Date.parse('2027-01-09T18:00:00Z')).past).toEqual([third, second, first]);
  });

  it('is soon within a month, by days in Albania', () => {
    // A quarter to midnight in Tirana: the day after is tomorrow.
    const late = Date.parse('2026-12-08T22:45:00Z');
    expect(soon(second, late)).toBe(1);
    expect(soon(second, late + 3_600_000)).toBeUndefined();
    expect(soon(third, Date.parse('2026-12-09T12:00:00Z'))).toBeUndefined();
  });
});
