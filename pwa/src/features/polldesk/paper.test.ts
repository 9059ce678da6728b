import { describe, expect, it } from 'vitest';
import { hasEnglish, leftBehind } from './english';
import { asked, blank, formOf, freeId, noQuestion, paperOf, recall, tidy, type Form, type WrittenQuestion } from './paper';
import type { Paper } from '$/features/polls/types';

const words = (sq: string, en = '') => ({ sq, en });
const written = (change: Partial<WrittenQuestion>): WrittenQuestion => ({ ...noQuestion('q1'), text: words('Sa të sigurt ndiheni?'), ...change });
const options = [
  { id: 'o1', text: words('Po', 'Yes') },
  { id: 'o2', text: words('Jo') },
];
const form = (...questions: WrittenQuestion[]): Form => ({ ...blank('school', 2027), title: words(' Siguria në shkollë '), questions });
const only = (one: WrittenQuestion) => paperOf(form(one)).questions[0];

describe('a paper as it is sent', () => {
  it('has of each question only what its kind has', () => {
    const full = written({ options, rows: [{ id: 'r1', text: words('Në oborr') }], scale: 'importance', most: '2', min: '1', max: '9' });
    expect(only({ ...full, kind: 'single' })).toMatchObject({ options: [{ id: 'o1' }, { id: 'o2' }], rows: [], scale: null, most: null, min: null, max: null });
    expect(only({ ...full, kind: 'multiple' })).toMatchObject({ options: [{ id: 'o1' }, { id: 'o2' }], rows: [], scale: null, most: 2, min: null });
    expect(only({ ...full, kind: 'matrix' })).toMatchObject({ options: [], rows: [{ id: 'r1' }], scale: 'importance', most: null, max: null });
    expect(only({ ...full, kind: 'number' })).toMatchObject({ options: [], rows: [], scale: null, most: null, min: 1, max: 9 });
    for (const kind of ['text', 'sentiment'] as const) expect(only({ ...full, kind })).toMatchObject({ options: [], rows: [], scale: null, most: null, min: null, max: null });
  });

  it('leaves out what is empty, and says nothing in English where nothing was written', () => {
    expect(paperOf(form(written({ options })))).toMatchObject({
      title: { sq: 'Siguria në shkollë', en: null },
      intro: null,
      questions: [{ help: null, options: [{ text: { sq: 'Po', en: 'Yes' } }, { text: { sq: 'Jo', en: null } }] }],
      group_by: null,
    });
  });

  it('compares only by a question with one answer that is still there', () => {
    const grouped = { ...form(written({ options })), group_by: 'q1' };
    expect(paperOf(grouped).group_by).toBe('q1');
    expect(paperOf({ ...grouped, questions: [written({ kind: 'number' })] }).group_by).toBeNull();
    expect(paperOf({ ...grouped, group_by: 'q7' }).group_by).toBeNull();
  });

  it('comes back as it was sent', () => {
    const paper: Paper = {
      title: { sq: 'Siguria', en: 'Safety' },
      intro: null,
      questions: [
        { id: 'mosha', text: { sq: 'Mosha', en: null }, help: null, required: true, picture: null, only_if: null, kind: 'single', options: [{ id: 'a', text: { sq: '14–15', en: null } }, { id: 'b', text: { sq: '16–18', en: null } }], rows: [], scale: null, most: null, min: null, max: null },
        { id: 'ku', text: { sq: 'Ku?', en: null }, help: { sq: 'Një vend', en: null }, required: false, picture: { id: 'f1', alt: { sq: 'Oborri', en: null } }, only_if: { question: 'mosha', options: ['a'] }, kind: 'matrix', options: [], rows: [{ id: 'r1', text: { sq: 'Oborri', en: null } }], scale: 'suitability', most: null, min: null, max: null },
      ],
      group_by: 'mosha',
    };
    expect(asked(formOf({ kind: 'school', year: 2027, paper }))).toEqual({ kind: 'school', year: 2027, paper });
  });

  it('counts like the screen: what nobody began is gone from both', () => {
    const begun = form(written({ options: [...options, { id: 'o3', text: words('  ') }, { id: 'o4', text: words('', 'Maybe') }] }));
    expect(tidy(begun).questions[0]?.options.map(({ id }) => id)).toEqual(['o1', 'o2', 'o4']);
    expect(tidy(blank('school', 2027)).questions).toEqual(blank('school', 2027).questions);
  });

  it('is recalled over a reload, and begun anew where what was kept is not one', () => {
    const kept = form(written({ options }));
    expect(recall(JSON.stringify(kept), blank('survey', 2026))).toEqual(kept);
    expect(recall('{"title":', blank('survey', 2026))).toEqual(blank('survey', 2026));
  });
});

describe('names within a paper', () => {
  it('are free, and never those of an earlier year', () => {
    expect(freeId('q', ['q1', 'q7', 'mosha'])).toBe('q8');
    expect(freeId('o', [])).toBe('o1');
    expect(freeId('q', ['q1', 'q7'], '_27')).toBe('q1_27');
    expect(freeId('q', ['q1_27'], '_27')).toBe('q2_27');
  });
});

describe('English beside Albanian', () => {
  const before = form(written({ text: words('Ku?', 'Where?'), options }));

  it('is left behind where only the Albanian changed', () => {
    const now = form(written({ text: words('Ku saktësisht?', 'Where?'), options }));
    expect(leftBehind(now, before)).toBe(1);
    expect(leftBehind(form(written({ text: words('Ku saktësisht?', 'Where exactly?'), options })), before)).toBe(0);
    expect(leftBehind(before, before)).toBe(0);
  });

  it('follows its question when that changes its place', () => {
    const other = { ...noQuestion('q2'), text: words('Kur?', 'When?') };
    const both = form(...before.questions, other);
    expect(leftBehind({ ...both, questions: both.questions.toReversed() }, both)).toBe(0);
  });

  it('is there or not', () => {
    expect(hasEnglish(before)).toBe(true);
    expect(hasEnglish(blank('school', 2027))).toBe(false);
  });
});
