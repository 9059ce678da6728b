import type { Written, WrittenQuestion } from './paper';
import type { QuestionKind } from '$/features/polls/types';

/** What an answer to a question can be, where another question may depend on it. */
export type Choice = { id: string; text: Written | undefined };
const MOODS = ['1', '2', '3'];

export const canLead = (kind: QuestionKind): boolean => kind === 'single' || kind === 'multiple' || kind === 'sentiment';

/** Moods have no words of their own in the paper. */
export const choicesOf = (question: WrittenQuestion): Choice[] =>
  question.kind === 'sentiment' ? MOODS.map((id) => ({ id, text: undefined })) : canLead(question.kind) ? question.options : [];

/** Why a question would never be asked as meant. */
export type Break = 'gone' | 'later' | 'kind' | 'option' | 'none';

/** What is wrong with the condition of a question, by what stands before it. */
export function brokenAt(questions: WrittenQuestion[], index: number): Break | undefined {
  const condition = questions[index]?.only_if;
  if (!condition) return undefined;
  const at = questions.findIndex(({ id }) => id === condition.question);
  const leader = questions[at];
  if (!leader || at === index) return 'gone';
  if (!canLead(leader.kind)) return 'kind';
  if (at > index) return 'later';
  const known = choicesOf(leader).map(({ id }) => id);
  if (condition.options.some((id) => !known.includes(id))) return 'option';
  return condition.options.length ? undefined : 'none';
}

/** The places of all questions whose condition does not hold together. */
export const broken = (questions: WrittenQuestion[]): number[] =>
  questions.flatMap((_, index) => (brokenAt(questions, index) ? [index] : []));

/** Earlier questions that one may depend on. */
export const leaders = (questions: WrittenQuestion[], index: number): WrittenQuestion[] =>
  questions.slice(0, index).filter(({ kind }) => canLead(kind));

/** Without one of them; what depended on it says so itself. */
export const without = (questions: WrittenQuestion[], index: number): WrittenQuestion[] => questions.filter((_, at) => at !== index);

/** Its copy right behind it, under a name of its own and asked under the same condition. */
export function doubled(questions: WrittenQuestion[], index: number, id: string): WrittenQuestion[] {
  const one = questions[index];
  if (!one) return questions;
  return questions.toSpliced(index + 1, 0, { ...(JSON.parse(JSON.stringify(one)) as WrittenQuestion), id });
}

/** Without an option, here and in every condition that named it. */
export function withoutOption(questions: WrittenQuestion[], question: string, option: string): WrittenQuestion[] {
  return questions.map((one) => {
    if (one.id === question) return { ...one, options: one.options.filter(({ id }) => id !== option) };
    if (one.only_if?.question !== question) return one;
    return { ...one, only_if: { question, options: one.only_if.options.filter((id) => id !== option) } };
  });
}
