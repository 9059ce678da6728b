import { listConcerns } from '$/api/calls';
import type { Answer } from '$/api/client';
import type { Concern, Status } from '$/api/types';

/** Where something is still owed. */
const OPEN: Status[] = ['published', 'prioritised', 'planned', 'in_progress', 'reopened'];

const supporters = ({ support }: Concern): number => support.residents + support.visitors;

/** What residents wait for, most supported first; what is settled takes no place on the first pages from it. */
export async function listWaiting(slug: string): Promise<Answer<Concern[]>> {
  const lists = await Promise.all(OPEN.map((status) => listConcerns(slug, { status, sort: 'most_supported' })));
  const waiting: Concern[] = [];
  for (const list of lists) {
    if (!list.ok) return list;
    waiting.push(...list.data.items);
  }
  waiting.sort((one, other) => supporters(other) - supporters(one));
  return { ok: true, data: waiting, saved: lists.some((list) => list.ok && list.saved) };
}
