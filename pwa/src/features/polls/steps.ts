import { fault, type Fault, type Screen } from './answers';
import type { Answers } from './types';

/** Where somebody is: typing a slip, before the first question, at one of the screens, or looking over the answers. */
export type At = 'slip' | 'start' | 'check' | number;
type Kept = { poll?: At; /** How many entries of the history this poll has before this one. */ depth?: number } | null;
/** How long a browser may take to go back within one page (ms). */
const BACK = 400;

/** Where this entry of the history stands; undefined for one that nobody answered under. */
export const stands = (): At | undefined => (history.state as Kept)?.poll;
export function stand(at: At, how: 'push' | 'replace'): void {
  const kept = history.state as Kept;
  const depth = (kept?.depth ?? 0) + (how === 'push' ? 1 : 0);
  history[how === 'push' ? 'pushState' : 'replaceState']({ ...kept, poll: at, depth }, '');
}

/** Goes back to where this poll began and takes its name from there: whatever is opened next, no entry tells of it. */
export async function rewind(): Promise<void> {
  const depth = (history.state as Kept)?.depth ?? 0;
  if (depth > 0) {
    const there = new Promise((done) => addEventListener('popstate', done, { once: true }));
    history.go(-depth);
    await Promise.race([there, new Promise((late) => setTimeout(late, BACK))]);
  }
  document.title = '';
  history.replaceState(null, '', '/');
}

/** Why nobody may go on from a screen; of a matrix each row answers for itself. */
export function blocked({ question, row }: Screen, answers: Answers): Fault | undefined {
  const value = answers[question.id];
  if (row === null) return fault(question, value);
  const id = question.rows[row]?.id ?? '';
  return question.required && !(id in ((value ?? {}) as object)) ? 'rows' : undefined;
}

/** Whether a screen was answered at all. */
export function answered({ question, row }: Screen, answers: Answers): boolean {
  const value = answers[question.id];
  if (value === undefined) return false;
  return row === null || (question.rows[row]?.id ?? '') in (value as object);
}
