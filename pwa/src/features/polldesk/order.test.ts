import { describe, expect, it } from 'vitest';
import { moved } from '$/features/polls/answers';
import { broken, brokenAt, choicesOf, doubled, leaders, without, withoutOption } from './order';
import { freeId, noQuestion, type WrittenQuestion } from './paper';

const question = (id: string, change: Partial<WrittenQuestion> = {}): WrittenQuestion => ({ ...noQuestion(id), ...change });
const follows = (id: string, leader: string, ...options: string[]) => question(id, { only_if: { question: leader, options } });
const paper = () => [question('q1'), question('q2', { kind: 'sentiment' }), follows('q3', 'q1', 'o1'), follows('q4', 'q2', '1', '2')];
const ids = (questions: WrittenQuestion[]) => questions.map(({ id }) => id);

describe('questions in their order', () => {
  it('hold together as they were written', () => {
    expect(broken(paper())).toEqual([]);
  });

  it('move one place, and not beyond the ends', () => {
    expect(ids(moved(paper(), 0, 1))).toEqual(['q2', 'q1', 'q3', 'q4']);
    expect(ids(moved(paper(), 3, -1))).toEqual(['q1', 'q2', 'q4', 'q3']);
    expect(ids(moved(paper(), 0, -1))).toEqual(['q1', 'q2', 'q3', 'q4']);
    expect(ids(moved(paper(), 3, 1))).toEqual(['q1', 'q2', 'q3', 'q4']);
  });

  it('keep their conditions as long as the earlier question stays before them', () => {
    expect(broken(moved(paper(), 0, 1))).toEqual([]);
    expect(broken(moved(paper(), 2, 1))).toEqual([]);
  });

  it('say which condition breaks when a question comes before the one it depends on', () => {
    const now = moved(moved(paper(), 2, -1), 1, -1);
    expect(ids(now)).toEqual(['q3', 'q1', 'q2', 'q4']);
    expect(brokenAt(now, 0)).toBe('later');
    expect(broken(now)).toEqual([0]);
    expect(broken(moved(now, 0, 1))).toEqual([]);
  });

  it('say which condition breaks when the earlier question goes, or can no longer lead', () => {
    expect(brokenAt(without(paper(), 0), 1)).toBe('gone');
    const numbered = paper().map((one) => (one.id === 'q1' ? { ...one, kind: 'number' as const } : one));
    expect(brokenAt(numbered, 2)).toBe('kind');
    expect(brokenAt([follows('q1', 'q1', 'o1')], 0)).toBe('gone');
  });

  it('lose a condition’s option with the option itself', () => {
    const two = [question('q1'), follows('q2', 'q1', 'o1', 'o2')];
    expect(withoutOption(two, 'q1', 'o1')[1]?.only_if).toEqual({ question: 'q1', options: ['o2'] });
    expect(brokenAt(withoutOption(two, 'q1', 'o1'), 1)).toBeUndefined();
    expect(brokenAt(withoutOption(paper(), 'q1', 'o1'), 2)).toBe('none');
    expect(brokenAt([question('q1'), follows('q2', 'q1', 'o9')], 1)).toBe('option');
  });

  it('are copied right behind themselves, under another name and the same condition', () => {
    const now = doubled(paper(), 2, freeId('q', ids(paper())));
    expect(ids(now)).toEqual(['q1', 'q2', 'q3', 'q5', 'q4']);
    expect(now[3]?.only_if).toEqual({ question: 'q1', options: ['o1'] });
    expect(now[3]?.options).not.toBe(now[2]?.options);
    expect(broken(now)).toEqual([]);
  });

  it('depend only on earlier ones that have choices', () => {
    const all = [question('q1'), question('q2', { kind: 'text' }), question('q3', { kind: 'sentiment' }), question('q4')];
    expect(ids(leaders(all, 3))).toEqual(['q1', 'q3']);
    expect(leaders(all, 0)).toEqual([]);
    expect(choicesOf(question('q1', { kind: 'sentiment' })).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(choicesOf(question('q1', { kind: 'number' }))).toEqual([]);
  });
});
