import { expect, it } from 'vitest';
import type { Thread } from '$/api/types';
import { due } from './due';

const thread = (status: string, verdict: string | null = null) =>
  ({ concern: { status, verdict }, answer_due_on: '2026-09-28' }) as Thread;

it('promises an answer only while one is due, and says when it is late', () => {
  expect(due(thread('received'), '2026-09-28')).toBe('waits');
  expect(due(thread('published'), '2026-09-29')).toBe('late');
  expect(due(thread('published', 'planned'), '2026-09-29')).toBeUndefined();
  for (const status of ['done', 'partly_done', 'declined', 'not_ours', 'merged', 'referred'])
    expect(due(thread(status), '2026-09-01'), status).toBeUndefined();
});
