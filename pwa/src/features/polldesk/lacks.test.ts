import { describe, expect, it } from 'vitest';
import { lacks } from './lacks';
import { blank, noQuestion, type Form, type WrittenQuestion } from './paper';
import { controlOf, personal, questionOf, wordsAt } from './personal';

const words = (sq: string) => ({ sq, en: '' });
const parts = (letter: string, ...texts: string[]) => texts.map((text, index) => ({ id: `${letter}${index + 1}`, text: words(text) }));
const question = (id: string, change: Partial<WrittenQuestion> = {}): WrittenQuestion => ({
  ...noQuestion(id),
  text: words('Sa të sigurt ndiheni?'),
  options: parts('o', 'Shumë', 'Pak'),
  ...change,
});
const form = (...questions: WrittenQuestion[]): Form => ({ ...blank('school', 2027), title: words('Siguria'), questions });
const found = (...questions: WrittenQuestion[]) => lacks(form(...questions)).map(({ pointer, what }) => [pointer.replace('/paper/questions/', ''), what]);

describe('what a draft lacks before it is published', () => {
  it('is nothing where everything is there', () => {
    expect(found(question('q1'), question('q2', { kind: 'text' }))).toEqual([]);
  });

  it('is nearly everything at first', () => {
    expect(lacks(blank('school', 2027)).map(({ what }) => what)).toEqual(['title', 'text', 'option']);
    expect(lacks({ ...form(), questions: [] })).toEqual([{ pointer: '/paper/questions', question: undefined, what: 'questions' }]);
    expect(lacks(form(...Array.from({ length: 41 }, (_, index) => question(`q${index}`)))).map(({ what }) => what)).toEqual(['questions_many']);
  });

  it('points to the question and the part of it, as the server does', () => {
    expect(lacks(form(question('q1'), question('q2', { options: parts('o', 'Po', '') })))).toEqual([{ pointer: '/paper/questions/1/options/1/text', question: 1, what: 'option' }]);
  });

  it('counts answers, statements and choices by the kind', () => {
    expect(found(question('q1', { options: parts('o', 'Po') }))).toEqual([['0/options', 'options_few']]);
    expect(found(question('q1', { options: parts('o', 'Po', ' po ') }))).toEqual([['0/options/1/text', 'options_same']]);
    expect(found(question('q1', { kind: 'ranking', options: parts('o', ...'abcdefghi') }))).toEqual([['0/options', 'options_many']]);
    expect(found(question('q1', { kind: 'single', options: parts('o', ...'abcdefghi') }))).toEqual([]);
    expect(found(question('q1', { kind: 'matrix', rows: [] }))).toEqual([['0/rows', 'rows_none']]);
    expect(found(question('q1', { kind: 'matrix', rows: parts('r', 'Në oborr', '') }))).toEqual([['0/rows/1/text', 'row']]);
    expect(found(question('q1', { kind: 'multiple', most: '3' }))).toEqual([['0/most', 'most']]);
    expect(found(question('q1', { kind: 'multiple', most: '0' }))).toEqual([['0/most', 'most']]);
    expect(found(question('q1', { kind: 'ranking', most: '2' }))).toEqual([]);
  });

  it('is a pair of limits that hold a number', () => {
    const number = (min: string, max: string) => found(question('q1', { kind: 'number', min, max }));
    expect(number('', '')).toEqual([]);
    expect(number('0', '1 000')).toEqual([]);
    expect(number('5', '5')).toEqual([['0/max', 'range']]);
    expect(number('', '2000')).toEqual([['0/max', 'range']]);
    expect(number('shumë', '')).toEqual([['0/min', 'range']]);
  });

  it('is what a picture shows, and a condition that holds', () => {
    expect(found(question('q1', { picture: { id: 'f1', alt: words(' ') } }))).toEqual([['0/picture/alt', 'alt']]);
    expect(found(question('q1'), question('q2', { only_if: { question: 'q1', options: [] } }))).toEqual([['1/only_if', 'only_if_none']]);
    expect(found(question('q2', { only_if: { question: 'q1', options: ['o1'] } }), question('q1'))).toEqual([['0/only_if', 'only_if_later']]);
  });
});

describe('a refused publication', () => {
  const fault = (pointer: string, code = 'asks_personal') => ({ pointer, code });

  it('says of which questions, each once', () => {
    const fields = [fault('/paper/questions/3/text'), fault('/paper/questions/3/options/1/text'), fault('/paper/title'), fault('/paper/questions/1/help'), fault('/paper/questions/0/text', 'empty')];
    expect(personal({ fields }).map(({ question }) => question)).toEqual([undefined, 1, 3]);
    expect(personal({ fields })[2]?.pointer).toBe('/paper/questions/3/text');
    expect(personal({})).toEqual([]);
    expect(personal(undefined)).toEqual([]);
  });

  it('says which words', () => {
    const asking = form(question('q1', { text: words('Kush jeni?'), help: words('Emri i plotë'), options: parts('o', 'Po', 'Numri i telefonit') }));
    const said = ['/paper/questions/0/text', '/paper/questions/0/help', '/paper/questions/0/options/1', '/paper/title'].map((pointer) => wordsAt(asking, pointer)?.sq);
    expect(said).toEqual(['Kush jeni?', 'Emri i plotë', 'Numri i telefonit', 'Siguria']);
  });

  it('leads to the field that is meant', () => {
    expect(controlOf('/paper/questions/3/text')).toBe('textarea');
    expect(controlOf('/paper/questions/3/options/1/text')).toBe('fieldset li:nth-child(2) input');
    expect(controlOf('/paper/questions/3/picture/alt')).toBe('[data-part="alt"] :is(input, select, button)');
  });

  it('reads a question from a pointer and from nothing else', () => {
    expect(questionOf('/paper/questions/12/options/0')).toBe(12);
    expect(questionOf('/paper/questions')).toBeUndefined();
    expect(questionOf('/paper/title')).toBeUndefined();
  });
});
