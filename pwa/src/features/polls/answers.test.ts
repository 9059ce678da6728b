import { describe, expect, it } from 'vitest';
import { asked, byDevice, fault, moved, placesOf, screenOf, screensOf, sent, tapped, wordsIn } from './answers';
import type { Answers, Question } from './types';

const text = (sq: string) => ({ sq, en: null });
const options = (...ids: string[]) => ids.map((id) => ({ id, text: text(id) }));
const question = (id: string, kind: Question['kind'], rest: Partial<Question> = {}): Question => ({
  id, kind, text: text(id), help: null, required: false, picture: null, only_if: null, options: [], rows: [], scale: null, most: null, min: null, max: null, ...rest,
});

const WALK = question('walk', 'single', { options: options('yes', 'no'), required: true });
const WHY = question('why', 'multiple', { options: options('dark', 'dogs', 'cars'), most: 2, only_if: { question: 'walk', options: ['no'] } });
const DOGS = question('dogs', 'text', { only_if: { question: 'why', options: ['dogs', 'cars'] } });
const MOOD = question('mood', 'sentiment');
const SAD = question('sad', 'number', { min: 1, max: 10, only_if: { question: 'mood', options: ['1'] } });
const GRID = question('grid', 'matrix', { rows: options('r1', 'r2'), scale: 'agreement', required: true });
const ORDER = question('order', 'ranking', { options: options('a', 'b', 'c'), most: 2 });
const PAPER = { questions: [WALK, WHY, DOGS, MOOD, SAD, GRID, ORDER] };
const ids = (answers: Answers) => asked(PAPER, answers).map(({ id }) => id);

describe('a device', () => {
  it('says which one it is in a show of hands and by a link, and never beside a slip or a right', () => {
    expect((['slips', 'hands', 'link', 'verified'] as const).filter(byDevice)).toEqual(['hands', 'link']);
  });
});

describe('what is asked', () => {
  it('follows the answers so far', () => {
    expect(ids({})).toEqual(['walk', 'mood', 'grid', 'order']);
    expect(ids({ walk: 'no' })).toEqual(['walk', 'why', 'mood', 'grid', 'order']);
    expect(ids({ walk: 'no', why: ['dark', 'dogs'], mood: { value: 1, text: null } })).toEqual(['walk', 'why', 'dogs', 'mood', 'sad', 'grid', 'order']);
  });

  it('counts nothing that was answered to a question now hidden', () => {
    expect(ids({ walk: 'yes', why: ['dogs'] })).not.toContain('dogs');
  });

  it('has a screen for each row of a matrix', () => {
    const screens = screensOf(asked(PAPER, {}));
    expect(screens.map(({ question, row }) => `${question.id}${row ?? ''}`)).toEqual(['walk', 'mood', 'grid0', 'grid1', 'order']);
    expect([screenOf(screens, 'grid'), screenOf(screens, 'grid', 1), screenOf(screens, 'dogs')]).toEqual([2, 3, -1]);
  });
});

describe('what is sent', () => {
  it('leaves out what is hidden, empty or blank', () => {
    expect(sent(PAPER, { walk: 'yes', why: ['dogs'], dogs: 'Shumë', mood: { value: 2, text: '  ' }, sad: 4, grid: {}, order: [] })).toEqual({
      walk: 'yes',
      mood: { value: 2, text: null },
    });
  });

  it('keeps words as they were meant', () => {
    expect(sent(PAPER, { walk: 'no', why: ['dogs'], dogs: ' Qente\u0308 e rruge\u0308s ' })).toEqual({ walk: 'no', why: ['dogs'], dogs: 'Qentë e rrugës' });
  });

  it('does not lose a nought', () => {
    expect(sent({ questions: [question('n', 'number')] }, { n: 0 })).toEqual({ n: 0 });
  });
});

describe('what cannot stand', () => {
  it.each([
    [WALK, undefined, 'required'],
    [WALK, 'yes', undefined],
    [WHY, ['dark', 'dogs', 'cars'], 'too_many'],
    [DOGS, 'x'.repeat(301), 'too_long'],
    [DOGS, 'ë'.repeat(300), undefined],
    [SAD, 11, 'out_of_range'],
    [SAD, 1.5, 'no_number'],
    [SAD, NaN, 'no_number'],
    [SAD, undefined, undefined],
    [GRID, { r1: 4 }, 'rows'],
    [GRID, { r1: 4, r2: 1 }, undefined],
    [ORDER, ['a'], 'places'],
    [ORDER, ['c', 'a'], undefined],
    [ORDER, [], undefined],
    [MOOD, { value: 3, text: 'y'.repeat(301) }, 'too_long'],
  ] as const)('%#', (which, value, wanted) => {
    expect(fault(which, value as never)).toBe(wanted);
  });
});

describe('a ranking', () => {
  it('is made by tapping in order', () => {
    expect(placesOf(ORDER)).toBe(2);
    expect(tapped(tapped([], 'c', 2), 'a', 2)).toEqual(['c', 'a']);
    expect(tapped(['c', 'a'], 'b', 2)).toEqual(['c', 'a']);
    expect(tapped(['c', 'a'], 'c', 2)).toEqual(['a']);
  });

  it('is changed place by place', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a'], -1, 1)).toEqual(['a']);
  });
});

it('finds everything somebody wrote', () => {
  expect(wordsIn({ dogs: 'një', mood: { value: 1, text: 'dy' } }, PAPER)).toEqual(['një', 'dy']);
});
