import { BASE, read, refresh, type Answer } from '$/api/client';
import { ACCOUNT, db, type Waiting } from './db';
import { device } from './device';
import { solve } from './proof';
import { noteSupport } from './supported';

/**
 * Invariants:
 * - an item leaves the outbox only by an answer that is certainly ours (status, type and shape), or by the person;
 * - one sender at a time over all tabs and the service worker (Web Lock), in the order things were done;
 * - an item is sent under the same Idempotency-Key for as long as its content is the same;
 * - what somebody did while signed in is never sent in the name of whoever signs in after them.
 */
export const TAG = 'outbox';
export type News = { type: 'changed' } | { type: 'sent'; item: Waiting; answer: unknown };

/** A channel delivers to every other one of its name, so speaking and listening use one each. */
const speaker = new BroadcastChannel(TAG);
(speaker as { unref?: () => void }).unref?.();
const tell = (news: News) => speaker.postMessage(news);

export type Order = Omit<Waiting, 'id' | 'order' | 'state' | 'whose'> & { id?: string };

/** Who is signed in on this device, as the app keeps it. */
export async function signedIn(): Promise<string | undefined> {
  const account = (await (await db()).get('kept', ACCOUNT)) as { email: string } | undefined;
  return account?.email;
}

/** Of what is given and taken back, a later one about the same thing replaces the one still waiting. */
const TURNED: Waiting['kind'][] = ['support', 'place', 'follow'];
const replaces = (item: Waiting, order: Order) =>
  order.kind === item.kind && TURNED.includes(item.kind) && item.concern === order.concern;

export async function enqueue(order: Order): Promise<Waiting> {
  const whose = order.anonymous ? undefined : await signedIn();
  const tx = (await db()).transaction('outbox', 'readwrite');
  const all = await tx.store.getAll();
  const item: Waiting = {
    ...order,
    ...(whose && { whose }),
    id: order.id ?? crypto.randomUUID(),
    state: 'waiting',
    order: all.reduce((last, other) => Math.max(last, other.order), 0) + 1,
  };
  for (const old of all) if (replaces(old, order)) void tx.store.delete(old.id);
  void tx.store.put(item);
  await tx.done;
  tell({ type: 'changed' });
  return item;
}

export async function list(): Promise<Waiting[]> {
  return (await (await db()).getAll('outbox')).toSorted((a, b) => a.order - b.order);
}

export async function discard(id: string): Promise<void> {
  await (await db()).delete('outbox', id);
  tell({ type: 'changed' });
}

const WORDS = new Set<Waiting['kind']>(['submit', 'message', 'question', 'poll']);

/** Takes back what waits and carries words of the person's own; a support tells nothing that is not public. */
export async function discardWords(): Promise<void> {
  const tx = (await db()).transaction('outbox', 'readwrite');
  for (const { id, kind } of await tx.store.getAll()) if (WORDS.has(kind)) void tx.store.delete(id);
  await tx.done;
  tell({ type: 'changed' });
}

export async function discardAll(): Promise<void> {
  await (await db()).clear('outbox');
  tell({ type: 'changed' });
}

/** After a refusal the content is new to the server, so it gets a new key. */
export async function again(id: string): Promise<void> {
  const tx = (await db()).transaction('outbox', 'readwrite');
  const item = await tx.store.get(id);
  if (item) {
    void tx.store.delete(id);
    void tx.store.put({ ...item, id: crypto.randomUUID(), state: 'waiting', tried: false, failure: undefined });
  }
  await tx.done;
  tell({ type: 'changed' });
}

const has = (value: unknown, ...names: string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);

/** Whether an answer has the shape only our server gives for this kind. */
export function isOurs(kind: Waiting['kind'], status: number, body: unknown): boolean {
  switch (kind) {
    case 'submit':
      return status === 201 && has(body, 'id', 'status');
    case 'support':
      return status === 200 && has(body, 'support', 'supported');
    case 'place':
      return status === 200 && has(body, 'place', 'places');
    case 'follow':
      return status === 200 && has(body, 'follows');
    case 'message':
      return status === 201 && has(body, 'concern', 'messages');
    case 'question':
      return status === 201 && has(body, 'state');
    case 'poll':
      return status === 201 && has(body, 'counted');
  }
}

type Carrier = (item: Waiting, address: string, init: RequestInit) => Promise<Response>;
let carry: Carrier = (_item, address, init) => fetch(address, init);
/** The page sends by a carrier that can tell how much has left; the service worker by plain fetch. */
export const carryBy = (carrier: Carrier): void => void (carry = carrier);

type Outcome = { is: 'sent'; answer: unknown } | { is: 'refused'; failure: Waiting['failure'] } | { is: 'later' };

async function post(item: Waiting, proof?: string): Promise<[number, Answer<unknown>]> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Idempotency-Key': item.id };
  if (item.body !== undefined) headers['Content-Type'] = 'application/json';
  if (item.device) headers['X-Device'] = await device();
  if (proof) headers['X-Proof'] = proof;
  const response = await carry(item, `${BASE}${item.path}`, {
    method: item.method,
    headers,
    body: item.body === undefined ? null : JSON.stringify(item.body),
    credentials: item.anonymous ? 'omit' : 'same-origin',
    // A captive portal likes to redirect; our server never does.
    redirect: 'error',
  });
  return [response.status, await read<unknown>(response)];
}

/** Too early, too many, or a fault of the server: the same request may well succeed later. */
const passing = (status: number) => status >= 500 || status === 408 || status === 425 || status === 429;

export async function deliver(item: Waiting): Promise<Outcome> {
  try {
    if (item.whose && item.whose !== (await signedIn())) return { is: 'refused', failure: { code: 'session_expired', status: 401 } };
    let [status, answer] = await post(item);
    if (!answer.ok && answer.failure.code === 'session_expired' && (await refresh())) {
      [status, answer] = await post(item);
    }
    if (!answer.ok && answer.failure.work) {
      [status, answer] = await post(item, await solve(answer.failure.work));
    }
    if (answer.ok) {
      return isOurs(item.kind, status, answer.data) ? { is: 'sent', answer: answer.data } : { is: 'later' };
    }
    const certain = answer.failure.status >= 400 && !passing(status);
    return certain ? { is: 'refused', failure: answer.failure } : { is: 'later' };
  } catch {
    return { is: 'later' };
  }
}

/** Hears what was sent from here and how it was answered. */
type Heard = (item: Waiting, answer: unknown) => void;

type Given = { supported: boolean } | { place: { standing: string } };
const isThere = (given: Given) => ('place' in given ? given.place.standing !== 'none' : given.supported);

async function flushAlone(sent?: Heard): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const item = (await list()).find(({ id, state }) => state === 'waiting' && !tried.has(id));
    if (!item) return;
    tried.add(item.id);
    const outcome = await deliver(item);
    const tx = (await db()).transaction(['outbox', 'kept'], 'readwrite');
    const store = tx.objectStore('outbox');
    // The person may have taken it back meanwhile; then there is nothing to note down.
    const still = await store.get(item.id);
    // What comes after it waits with it, and is not on its way either.
    if (outcome.is === 'later') {
      for (const behind of await store.getAll()) if (behind.state === 'waiting') void store.put({ ...behind, tried: true });
    }
    if (still && outcome.is === 'sent') void store.delete(item.id);
    if (still && outcome.is === 'refused') void store.put({ ...still, state: 'refused', failure: outcome.failure });
    if (outcome.is === 'sent' && item.device && item.concern) {
      await noteSupport(tx.objectStore('kept'), item.concern, isThere(outcome.answer as Given));
    }
    await tx.done;
    tell(outcome.is === 'sent' ? { type: 'sent', item, answer: outcome.answer } : { type: 'changed' });
    if (outcome.is === 'sent') sent?.(item, outcome.answer);
    if (outcome.is === 'later') return;
  }
}

/** Sends what waits, alone among all tabs and the service worker. True when nothing waits any more. */
export async function flush(sent?: Heard): Promise<boolean> {
  // Without Web Locks two senders may meet; the Idempotency-Key still makes it one deed.
  if (navigator.locks) await navigator.locks.request(TAG, () => flushAlone(sent));
  else await flushAlone(sent);
  return !(await list()).some((item) => item.state === 'waiting');
}
