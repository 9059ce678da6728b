import type { Thread } from '$/api/types';

const CLOSED = ['done', 'partly_done', 'merged', 'declined', 'not_ours', 'referred'];

/** Whether a thread still waits for the council's answer, and whether that is late. */
export function due({ concern, answer_due_on }: Pick<Thread, 'concern' | 'answer_due_on'>, today: string): 'waits' | 'late' | undefined {
  if (concern.verdict || CLOSED.includes(concern.status)) return undefined;
  return answer_due_on < today ? 'late' : 'waits';
}
