import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { screensOf } from './answers';
import { forgetDraft, keepDraft, readDraft } from './draft';
import { answered, blocked } from './steps';
import type { Question } from './types';

const text = (sq: string) => ({ sq, en: null });
const GRID: Question = {
  id: 'grid', kind: 'matrix', text: text('grid'), help: null, required: true, picture: null, only_if: null, options: [], scale: 'agreement', most: null, min: null, max: null,
  rows: ['r1', 'r2'].map((id) => ({ id, text: text(id) })),
};

describe('a row of a matrix', () => {
  const [first, second] = screensOf([GRID]);
  it('is answered for itself', () => {
    if (!first || !second) throw new Error('two rows');
    const answers = { grid: { r1: 3 } };
    expect([answered(first, answers), answered(second, answers)]).toEqual([true, false]);
    expect([blocked(first, answers), blocked(second, answers)]).toEqual([undefined, 'rows']);
    expect(blocked({ ...second, question: { ...GRID, required: false } }, answers)).toBeUndefined();
  });
});

describe('answers that were not sent yet', () => {
  const kept = new Map<string, string>();
  beforeEach(() =>
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }),
  );
  afterEach(() => {
    kept.clear();
    vi.unstubAllGlobals();
  });

  it('belong to one room and one slip, and another slip takes their place', () => {
    keepDraft({ code: '7KQ2MX', slip: 'AAAA2222', answers: { q: 'a' } });
    expect(readDraft('7KQ2MX')).toEqual({ code: '7KQ2MX', slip: 'AAAA2222', answers: { q: 'a' } });
    expect(readDraft('9ABCDE')).toBeUndefined();
    keepDraft({ code: '7KQ2MX', slip: 'BBBB2222', answers: {} });
    expect([...kept.values()].join()).not.toContain('AAAA2222');
  });

  it('are forgotten, and what is not read back is as if it were not there', () => {
    keepDraft({ code: '7KQ2MX', slip: null, answers: {} });
    forgetDraft();
    expect(kept.size).toBe(0);
    kept.set('question poll', '{');
    expect(readDraft('7KQ2MX')).toBeUndefined();
  });

  it('stand among what whoever leaves quickly leaves no traces of', async () => {
    const { MARK } = await import('$/features/questions/typed.svelte');
    keepDraft({ code: '7KQ2MX', slip: null, answers: {} });
    expect([...kept.keys()].every((key) => key.startsWith(MARK))).toBe(true);
  });
});
