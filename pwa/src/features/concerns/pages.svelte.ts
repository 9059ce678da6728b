import { listConcerns, type ConcernQuery } from '$/api/calls';
import type { Failure } from '$/api/client';
import type { Concern } from '$/api/types';

/** A list read page by page. A new question starts over; an older answer never lands in a newer list. */
export function concernPages(question: () => { slug: string; query: ConcernQuery } | undefined) {
  let items = $state.raw<Concern[]>();
  let next = $state.raw<string | null>(null);
  let total = $state(0);
  let saved = $state(false);
  let loading = $state(false);
  let failure = $state.raw<Failure>();
  let round = 0;

  async function fetchPage(after?: string): Promise<void> {
    const asked = question();
    if (!asked) return;
    const mine = ++round;
    loading = true;
    failure = undefined;
    const answer = await listConcerns(asked.slug, { ...asked.query, after });
    if (mine !== round) return;
    loading = false;
    if (!answer.ok) {
      failure = answer.failure;
      return;
    }
    const before = after ? (items ?? []) : [];
    const known = new Set(before.map(({ id }) => id));
    items = [...before, ...answer.data.items.filter(({ id }) => !known.has(id))];
    next = answer.data.next;
    total = answer.data.total;
    saved = answer.saved;
  }

  $effect(() => {
    question();
    items = undefined;
    void fetchPage();
  });

  return {
    get items() {
      return items;
    },
    get hasMore() {
      return next !== null;
    },
    get total() {
      return total;
    },
    get saved() {
      return saved;
    },
    get loading() {
      return loading;
    },
    get failure() {
      return failure;
    },
    more: () => void fetchPage(next ?? undefined),
    reload: () => void fetchPage(),
  };
}
export type ConcernPages = ReturnType<typeof concernPages>;
