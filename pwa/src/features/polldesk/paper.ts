import { amountOf } from '$/kit/written';
import type { AskedPoll, OnlyIf, Option, Poll, PollKind, Paper, Question, QuestionKind, Scale, Text } from '$/features/polls/types';

/** Words as they are being written: nothing is missing, some of it is empty. */
export type Written = { sq: string; en: string };
export type WrittenPart = { id: string; text: Written };
/** A question as it is being written. What another kind would need stays, so that a change of mind loses nothing. */
export type WrittenQuestion = {
  id: string;
  text: Written;
  help: Written;
  required: boolean;
  picture: { id: string; alt: Written } | null;
  only_if: OnlyIf | null;
  kind: QuestionKind;
  options: WrittenPart[];
  rows: WrittenPart[];
  scale: Scale;
  most: string;
  min: string;
  max: string;
};
export type Form = { kind: PollKind; year: number; title: Written; intro: Written; questions: WrittenQuestion[]; group_by: string };

export const KINDS: QuestionKind[] = ['single', 'multiple', 'matrix', 'ranking', 'sentiment', 'number', 'text'];
export const SCALES: Scale[] = ['agreement', 'importance', 'suitability'];
/** How many a list may hold. */
export const MOST = { questions: 40, single: 20, multiple: 20, ranking: 8, rows: 15, number: 1000 } as const;

export const unwritten = (): Written => ({ sq: '', en: '' });
export const isBlank = ({ sq, en }: Written): boolean => !sq.trim() && !en.trim();
export const hasOptions = (kind: QuestionKind): kind is 'single' | 'multiple' | 'ranking' => kind === 'single' || kind === 'multiple' || kind === 'ranking';

/** The next name that nothing bears: q1, q2 and on; in a poll that repeats another with its year, so that none means two things. */
export function freeId(letter: 'q' | 'o' | 'r', taken: string[], mark = ''): string {
  const numbers = taken.map((id) => Number(new RegExp(`^${letter}(\\d+)${mark}$`).exec(id)?.[1] ?? 0));
  return `${letter}${Math.max(0, ...numbers) + 1}${mark}`;
}

const part = (letter: 'o' | 'r', taken: WrittenPart[]): WrittenPart => ({ id: freeId(letter, taken.map(({ id }) => id)), text: unwritten() });
export const noOption = (taken: WrittenPart[]) => part('o', taken);
export const noRow = (taken: WrittenPart[]) => part('r', taken);

export const noQuestion = (id: string): WrittenQuestion => ({
  id,
  text: unwritten(),
  help: unwritten(),
  required: true,
  picture: null,
  only_if: null,
  kind: 'single',
  options: [
    { id: 'o1', text: unwritten() },
    { id: 'o2', text: unwritten() },
  ],
  rows: [{ id: 'r1', text: unwritten() }],
  scale: 'agreement',
  most: '',
  min: '',
  max: '',
});

export const blank = (kind: PollKind, year: number): Form => ({
  kind,
  year,
  title: unwritten(),
  intro: unwritten(),
  questions: [noQuestion('q1')],
  group_by: '',
});

const written = (text: Text | null): Written => ({ sq: text?.sq ?? '', en: text?.en ?? '' });
const parts = (given: Option[]): WrittenPart[] => given.map(({ id, text }) => ({ id, text: written(text) }));
const typed = (value: number | null): string => (value === null ? '' : String(value));

function questionOf(one: Question): WrittenQuestion {
  const begun = noQuestion(one.id);
  return {
    ...begun,
    text: written(one.text),
    help: written(one.help),
    required: one.required,
    picture: one.picture && { id: one.picture.id, alt: written(one.picture.alt) },
    only_if: one.only_if && { question: one.only_if.question, options: [...one.only_if.options] },
    kind: one.kind,
    options: one.options.length ? parts(one.options) : begun.options,
    rows: one.rows.length ? parts(one.rows) : begun.rows,
    scale: one.scale ?? begun.scale,
    most: typed(one.most),
    min: typed(one.min),
    max: typed(one.max),
  };
}

export const formOf = ({ kind, year, paper }: Pick<Poll, 'kind' | 'year' | 'paper'>): Form => ({
  kind,
  year,
  title: written(paper.title),
  intro: written(paper.intro),
  questions: paper.questions.map(questionOf),
  group_by: paper.group_by ?? '',
});

/** What was being written in this tab, or what the server has. */
export function recall(kept: string, otherwise: Form): Form {
  try {
    return { ...otherwise, ...(JSON.parse(kept) as Partial<Form>) };
  } catch {
    return otherwise;
  }
}

/** Those that somebody began, and of the others only as many as a question needs. */
function begun(given: WrittenPart[], few: number): WrittenPart[] {
  let spare = few - given.filter(({ text }) => !isBlank(text)).length;
  return given.filter(({ text }) => !isBlank(text) || spare-- > 0);
}

/** Without options and rows that nobody began: what is sent and what is shown then count alike. */
export const tidy = (form: Form): Form => ({
  ...form,
  questions: form.questions.map((one) => ({ ...one, options: begun(one.options, 2), rows: begun(one.rows, 1) })),
});

const said = ({ sq, en }: Written): Text => ({ sq: sq.trim(), en: en.trim() || null });
const saidParts = (given: WrittenPart[]): Option[] => given.map(({ id, text }) => ({ id, text: said(text) }));
const whole = (value: string): number | null => amountOf(value) ?? null;

function askedQuestion(one: WrittenQuestion): Question {
  const { kind } = one;
  return {
    id: one.id,
    text: said(one.text),
    help: isBlank(one.help) ? null : said(one.help),
    required: one.required,
    picture: one.picture && { id: one.picture.id, alt: said(one.picture.alt) },
    only_if: one.only_if,
    kind,
    options: hasOptions(kind) ? saidParts(one.options) : [],
    rows: kind === 'matrix' ? saidParts(one.rows) : [],
    scale: kind === 'matrix' ? one.scale : null,
    most: kind === 'multiple' || kind === 'ranking' ? whole(one.most) : null,
    min: kind === 'number' ? whole(one.min) : null,
    max: kind === 'number' ? whole(one.max) : null,
  };
}

/** Groups are those who gave one answer of several. */
export const groups = (form: Form): WrittenQuestion[] => form.questions.filter(({ kind }) => kind === 'single');

/** The paper as it is sent: of each question only what its kind has. */
export const paperOf = (form: Form): Paper => ({
  title: said(form.title),
  intro: isBlank(form.intro) ? null : said(form.intro),
  questions: form.questions.map(askedQuestion),
  group_by: groups(form).some(({ id }) => id === form.group_by) ? form.group_by : null,
});

export const asked = (form: Form): AskedPoll => ({ kind: form.kind, year: form.year, paper: paperOf(form) });
