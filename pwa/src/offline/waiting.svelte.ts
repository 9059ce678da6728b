import type { Waiting } from './db';
import { carry } from './upload.svelte';
import { carryBy, enqueue, flush, list, TAG, type News, type Order } from './outbox';
import { listSupported } from './supported';

let items = $state.raw<Waiting[]>([]);
let supported = $state.raw<string[]>([]);
let known = $state(false);
const listeners = new Set<(item: Waiting, answer: unknown) => void>();

/** What waits to be sent, as the screens see it. */
export const waiting = {
  get items() {
    return items;
  },
  /** The concerns that this device supports without an account, and the meetings to which it comes. */
  get supported() {
    return supported;
  },
  /** False until it was looked up for the first time; before that nobody can say that nothing waits. */
  get known() {
    return known;
  },
};

async function reload(): Promise<void> {
  try {
    [items, supported] = await Promise.all([list(), listSupported()]);
  } finally {
    known = true;
  }
}

type Syncing = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

/** Asks the browser to send even after the page is closed; where it cannot, the next opening does it. */
async function wakeLater(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as Syncing | undefined;
  await registration?.sync?.register(TAG).catch(() => undefined);
}

/** Puts a deed into the outbox and tries to send it at once. */
export async function perform(order: Order): Promise<Waiting> {
  const item = await enqueue(order);
  await reload();
  void flush().then(async (empty) => {
    await reload();
    if (!empty) await wakeLater();
  });
  return item;
}

/** Calls back when an item was truly accepted, whichever tab or worker sent it. */
export function onSent(callback: (item: Waiting, answer: unknown) => void): () => void {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

/** True when nothing waits any more. */
export async function sendNow(): Promise<boolean> {
  const empty = await flush();
  await reload();
  return empty;
}

export function startOutbox(): void {
  carryBy(carry);
  const listener = new BroadcastChannel(TAG);
  listener.addEventListener('message', ({ data }: MessageEvent<News>) => {
    void reload();
    if (data.type === 'sent') for (const callback of listeners) callback(data.item, data.answer);
  });
  addEventListener('online', () => void sendNow());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && items.length && void sendNow());
  void reload().then(sendNow);
}
