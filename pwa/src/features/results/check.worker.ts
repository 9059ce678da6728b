/** Looks at a run of items, away from the page. */
import type { Context, Item } from '$/ballot/item';
import { lookHere, type Found } from '$/ballot/verify';

export type Order = { context: Context; items: Item[] };
export type Answer = { found: Found } | { failed: string };

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  const answer = (words: Answer): void => postMessage(words);
  void lookHere(data.context, data.items, () => {}).then(
    (found) => answer({ found }),
    (failure: unknown) => answer({ failed: String(failure) }),
  );
});
