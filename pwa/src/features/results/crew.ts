/** Who looks at the items of a box: a few workers beside the page, each at a run of items at a time. */
import type { Context, Item } from '$/ballot/item';
import { lookHere, type Found, type Look } from '$/ballot/verify';
import type { Answer, Order } from './check.worker';

export type Hand = { look(context: Context, items: Item[]): Promise<Found>; leave(): void };
export type Crew = Hand[];

/** Items in one go: a fifth of a second of a phone, so that the progress moves and a cancel is heard. */
export const RUN = 64;
const MOST = 4;

/** This very thread, where there are no workers. */
export const byHand: Hand = { look: (context, items) => lookHere(context, items, () => {}), leave: () => {} };

export function gather(): Crew {
  const size = Math.max(1, Math.min(MOST, navigator.hardwareConcurrency || 1));
  return Array.from({ length: size }, worker);
}

function worker(): Hand {
  const made = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' });
  return {
    look: (context, items) =>
      new Promise((resolve, reject) => {
        made.onmessage = ({ data }: MessageEvent<Answer>) => ('failed' in data ? reject(new Error(data.failed)) : resolve(data.found));
        made.onerror = (event) => reject(new Error(event.message || 'the worker did not start'));
        made.postMessage({ context, items } satisfies Order);
      }),
    leave: () => made.terminate(),
  };
}

/** Shares the items out. Of several faults the first in the box is told, whoever came upon another one sooner. */
export const spread =
  (crew: Crew, signal: AbortSignal): Look =>
  async (context, items, progress) => {
    let [next, done] = [0, 0];
    let first: Found;
    const work = async (hand: Hand): Promise<void> => {
      while (next < items.length && (!first || next < first.at)) {
        const start = next;
        next += RUN;
        const run = items.slice(start, start + RUN);
        const found = await hand.look(context, run);
        signal.throwIfAborted();
        if (found && (!first || start + found.at < first.at)) first = { ...found, at: start + found.at };
        progress((done += run.length));
      }
    };
    await Promise.race([Promise.all(crew.map(work)), cancelled(signal)]);
    return first;
  };

const cancelled = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
