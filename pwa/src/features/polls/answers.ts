import type { Answers, Paper, Question, Sentiment, Value, Way } from './types';

/**
 * Which questions are asked, what counts as an answer, and what is sent.
 * Invariant: `sent` never holds an answer to a question that was not asked, as the server refuses that.
 */
export const TEXT_MAX = 300;
const length = (text: string): number => [...text].length;
export const tidy = (text: string): string => text.trim().normalize('NFC');
export const STEPS = { agreement: 5, importance: 3, suitability: 5 } as const;
export const stepsOf = (question: Question): number => (question.scale ? STEPS[question.scale] : 0);
/** How many places a ranking gives. */
export const placesOf = ({ most, options }: Question): number => Math.min(most ?? options.length, options.length);

/** What `only_if` compares: ids of options, or the face as a digit. */
function chosen(value: Value | undefined): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && 'value' in value ? [String(value.value)] : [];
}

/** The questions that come up with these answers; what a hidden question was answered counts for nothing. */
export function asked({ questions }: Pick<Paper, 'questions'>, answers: Answers): Question[] {
  const up: Question[] = [];
  const ids = new Set<string>();
  for (const question of questions) {
    const { only_if } = question;
    if (only_if) {
      const given = ids.has(only_if.question) ? chosen(answers[only_if.question]) : [];
      if (!given.some((id) => only_if.options.includes(id))) continue;
    }
    up.push(question);
    ids.add(question.id);
  }
  return up;
}

/** The value as it is sent; undefined where nothing was answered. */
export function cleaned(question: Question, value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return tidy(value) || undefined;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.length ? value : undefined;
  if (question.kind === 'sentiment') {
    const { value: face, text } = value as Sentiment;
    return { value: face, text: tidy(text ?? '') || null };
  }
  return Object.keys(value).length ? value : undefined;
}

export type Fault = 'required' | 'rows' | 'places' | 'too_many' | 'too_long' | 'no_number' | 'out_of_range';

/** Why an answer cannot stand as it is. */
export function fault(question: Question, given: Value | undefined): Fault | undefined {
  const value = cleaned(question, given);
  if (value === undefined) return question.required ? 'required' : undefined;
  switch (question.kind) {
    case 'multiple':
      return question.most !== null && (value as string[]).length > question.most ? 'too_many' : undefined;
    case 'ranking':
      return (value as string[]).length === placesOf(question) ? undefined : 'places';
    case 'matrix':
      return question.required && question.rows.some(({ id }) => !(id in (value as object))) ? 'rows' : undefined;
    case 'number': {
      const number = value as number;
      if (!Number.isInteger(number)) return 'no_number';
      return number < (question.min ?? 0) || number > (question.max ?? 1000) ? 'out_of_range' : undefined;
    }
    case 'text':
      return length(value as string) > TEXT_MAX ? 'too_long' : undefined;
    case 'sentiment':
      return length((value as Sentiment).text ?? '') > TEXT_MAX ? 'too_long' : undefined;
    case 'single':
      return undefined;
  }
}

/** The answers as they are sent: to what was asked, and nothing else. */
export function sent(paper: Pick<Paper, 'questions'>, answers: Answers): Answers {
  const clean: Answers = {};
  for (const question of asked(paper, answers)) {
    const value = cleaned(question, answers[question.id]);
    if (value !== undefined) clean[question.id] = value;
  }
  return clean;
}

/** Whether the device says that it is another one: a slip and a right say all there is to say, and are to be tied to no phone. */
export const byDevice = (way: Way): boolean => way === 'hands' || way === 'link';

/** Everything somebody wrote in words of their own. */
export const wordsIn = (answers: Answers, { questions }: Pick<Paper, 'questions'>): string[] =>
  questions.flatMap(({ id, kind }) => {
    const value = answers[id];
    if (kind === 'text') return typeof value === 'string' ? [value] : [];
    return kind === 'sentiment' ? [(value as Sentiment | undefined)?.text ?? ''] : [];
  });

/** One screen each: a question, or one row of a matrix. */
export type Screen = { question: Question; row: number | null };
export const screensOf = (questions: Question[]): Screen[] =>
  questions.flatMap((question): Screen[] => (question.kind === 'matrix' ? question.rows.map((_, row) => ({ question, row })) : [{ question, row: null }]));

/** Where a question, or a row of it, stands among the screens; the first of it where the row is not named. */
export const screenOf = (screens: Screen[], id: string, row = 0): number => screens.findIndex((one) => one.question.id === id && (one.row ?? 0) === row);

/** Gives an option the next place, or takes its place away and lets the others move up. */
export function tapped(order: string[], id: string, places: number): string[] {
  if (order.includes(id)) return order.filter((other) => other !== id);
  return order.length < places ? [...order, id] : order;
}

/** One place up (-1) or down (1); at the ends nothing moves. */
export function moved<T>(list: T[], index: number, by: 1 | -1): T[] {
  const [one, other] = [list[index], list[index + by]];
  if (one === undefined || other === undefined) return list;
  return list.map((item, at) => (at === index ? other : at === index + by ? one : item));
}
