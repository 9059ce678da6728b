import { describe, expect, it } from 'vitest';
import { STEPS, stepOf, wordOf } from './terms';

describe('what the institutions say of a concern', () => {
  it('has a word at each of five steps', () => {
    expect(STEPS.map((step) => stepOf(step))).toEqual([0, 25, 50, 75, 100]);
    expect(wordOf('harm', 75)).toBe('term.harm.75');
  });

  it('is called by the nearest step', () => {
    expect([12, 13, 37, 38, 62, 63, 87, 88, 99].map(stepOf)).toEqual([0, 25, 25, 50, 50, 75, 75, 100, 100]);
  });
});
