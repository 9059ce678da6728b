import type { Failure } from '$/api/client';
import type { Form, Written } from './paper';

/** Which question a pointer is about; none where it is the title or the introduction. */
export const questionOf = (pointer: string): number | undefined => {
  const [, index] = /^\/paper\/questions\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
  return index === undefined ? undefined : Number(index);
};

/** A place in a paper, and the question it is of; none where it is the title or the introduction. */
export type Asking = { pointer: string; question: number | undefined };

/** Where a poll asks for what tells who answered, in its order; each question once. */
export function personal(failure: Pick<Failure, 'fields'> | undefined): Asking[] {
  const found = failure?.fields?.filter(({ code }) => code === 'asks_personal').map(({ pointer }) => ({ pointer, question: questionOf(pointer) })) ?? [];
  const isFirst = (one: Asking, at: number) => found.findIndex((other) => (one.question === undefined ? other.pointer === one.pointer : other.question === one.question)) === at;
  return found.filter(isFirst).sort((one, other) => (one.question ?? -1) - (other.question ?? -1));
}

/** The words of a paper that a pointer means. */
export function wordsAt(form: Form, pointer: string): Written | undefined {
  const question = form.questions[questionOf(pointer) ?? -1];
  if (!question) return pointer.startsWith('/paper/intro') ? form.intro : form.title;
  const [, list, index] = /\/(options|rows)\/(\d+)/.exec(pointer) ?? [];
  if (list) return question[list as 'options' | 'rows'][Number(index)]?.text;
  return pointer.endsWith('/help') ? question.help : question.text;
}

/** The field of a question that a pointer means, as a selector within its card. */
export function controlOf(pointer: string): string {
  const [, index] = /\/(?:options|rows)\/(\d+)/.exec(pointer) ?? [];
  return index === undefined ? (pointer.endsWith('/text') ? 'textarea' : `[data-part="${pointer.split('/').at(-1)}"] :is(input, select, button)`) : `fieldset li:nth-child(${Number(index) + 1}) input`;
}

export const inEnglish = (failure: Pick<Failure, 'fields'> | undefined): boolean => !!failure?.fields?.some(({ pointer }) => pointer.endsWith('/en'));
