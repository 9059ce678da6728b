import { BASE, read, type Answer } from '$/api/client';
import { canonical } from '$/ballot/canonical';
import { fromBase64url, type Bytes } from '$/ballot/encode';
import type { Item } from '$/ballot/item';
import { leaf, led } from '$/ballot/merkle';
import { draw } from './chance';
import { db, type Ballot, type WireInclusion, type WireItem, type WireRoot } from './db';
import { BALLOTS, tellBallots } from './votes';

/**
 * Invariants:
 * - an item goes out by itself, at a time of its own that nobody can foresee, never beside another one;
 * - nothing goes with it that names a person, an account or this device, and it may be sent by the service worker alone;
 * - one sender at a time over all tabs and the service worker (Web Lock); an item sent twice is still one item;
 * - what may have arrived is kept until the box shows which of it counts.
 */
/** What passed its time unseen by this part of the delay has slept: the phone was off, or without a network. */
const SLEPT = 720;
/** What slept goes out within this part of the delay (10 minutes of 12 hours), not in the moment the phone wakes. */
const ANEW = 72;
/** And never one right after the other. */
const APART = 4320;

/** When an item goes out: at random within the delay, and well before the box is closed. */
export const dueWithin = (delay: number, closes: number, now: number): number =>
  now + draw(Math.min(delay, Math.max((closes - now) / 2, delay / ANEW)));

export const listBallots = async (): Promise<Ballot[]> => (await db()).getAll('ballots');

/** Lays a finished item down for sending; it takes the place of what the same token said before. */
export async function layDown(
  next: Pick<Ballot, 'token' | 'consultation' | 'whose' | 'item' | 'due' | 'delay' | 'restored'>,
): Promise<void> {
  const tx = (await db()).transaction('ballots', 'readwrite');
  const before = await tx.store.get(next.token);
  const earlier = [...(before?.earlier ?? []), ...(before?.tried ? [before.item] : [])];
  void tx.store.put({ ...next, earlier, state: 'waiting' });
  await tx.done;
  tellBallots();
}

/** Takes back what cannot have left yet. */
export async function takeBack(token: string): Promise<void> {
  const tx = (await db()).transaction('ballots', 'readwrite');
  const kept = await tx.store.get(token);
  if (kept && !kept.tried) void tx.store.delete(token);
  await tx.done;
  tellBallots();
}

/** Notes something down about an item, unless it was replaced or taken away meanwhile. */
async function note({ token, item }: Ballot, change: Partial<Ballot>): Promise<void> {
  const tx = (await db()).transaction('ballots', 'readwrite');
  const still = await tx.store.get(token);
  if (still?.item.sequence === item.sequence) void tx.store.put({ ...still, ...change });
  await tx.done;
}

/** Without cookies, address of the page or key: the server cannot know whose it is, nor which others are theirs. */
async function post<T>({ consultation }: Ballot, what: string, body: unknown): Promise<[number, Answer<T>]> {
  const response = await fetch(`${BASE}/consultations/${consultation}/${what}`, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    // A captive portal likes to redirect; our server never does.
    redirect: 'error',
  });
  return [response.status, await read<T>(response)];
}

const passing = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

type Change = Partial<Ballot> | undefined;

/** What becomes of an item after it was sent; undefined where nobody can know. */
async function send(ballot: Ballot): Promise<Change> {
  await note(ballot, { tried: true });
  const [status, answer] = await post(ballot, 'items', ballot.item);
  const proofDue = Date.now() + ballot.delay + draw(ballot.delay);
  const cast: Change = { state: 'cast', due: proofDue, late: false };
  if (answer.ok) return status === 204 ? cast : undefined;
  const { code, status: known } = answer.failure;
  // An earlier sending had arrived. Where another device votes with the same seed, it may be that one's.
  if (code === 'item_repeated' && (ballot.tried || !ballot.restored)) return cast;
  if (!known || passing(known) || code === 'casting_not_open') return undefined;
  return { state: 'refused', refusal: code };
}

const open = (item: WireItem): Item => {
  const bytes = (text: string): Bytes => fromBase64url(text) ?? new Uint8Array();
  return {
    ...item,
    token: bytes(item.token),
    signature: bytes(item.signature),
    signatures: item.signatures.map((signature) => (signature === null ? null : bytes(signature))),
  };
};

async function leads(item: WireItem, root: WireRoot, { path, ...place }: WireInclusion): Promise<boolean> {
  const hash = fromBase64url(root.hash);
  const steps = path.map((step) => fromBase64url(step) ?? new Uint8Array());
  const reached = await led({ ...place, path: steps }, await leaf(canonical(open(item))));
  return !!hash && reached?.size === root.size && reached.hash.every((byte, i) => byte === hash[i]);
}

/** Asks for the proof that the item lies under a published root, and checks it. */
async function prove(ballot: Ballot): Promise<Change> {
  const [, answer] = await post<{ root: WireRoot; inclusion: WireInclusion }>(ballot, 'inclusions', { token: ballot.token });
  const later: Change = { due: Date.now() + draw(ballot.delay), late: false };
  if (!answer.ok) return answer.failure.code === 'item_unknown' ? later : undefined;
  const { root, inclusion } = answer.data;
  for (const item of [ballot.item, ...ballot.earlier.toReversed()]) {
    if (!(await leads(item, root, inclusion))) continue;
    const receipt = { item, root, inclusion };
    return item === ballot.item ? { state: 'proved', receipt } : { ...later, receipt };
  }
  return { state: 'refused', refusal: 'box_other' };
}

/** One step of one item; false where there is no way out now. */
async function step(ballot: Ballot): Promise<boolean> {
  const change = await (ballot.state === 'waiting' ? send : prove)(ballot).catch(() => undefined);
  await note(ballot, change ?? { due: Date.now() + draw(ballot.delay / ANEW), late: true });
  tellBallots();
  return change !== undefined;
}

const pending = async (): Promise<Ballot[]> =>
  (await listBallots()).filter(({ state }) => state === 'waiting' || state === 'cast').toSorted((a, b) => a.due - b.due);

async function sendAlone(): Promise<void> {
  for (;;) {
    const now = Date.now();
    const ripe = (await pending()).filter(({ due }) => due <= now);
    const slept = ripe.filter(({ due, delay, late }) => !late && now - due > delay / SLEPT);
    for (const ballot of slept) await note(ballot, { due: now + draw(ballot.delay / ANEW), late: true });
    const next = ripe.find((ballot) => !slept.includes(ballot));
    if (!next || !(await step(next))) return;
    await new Promise((done) => setTimeout(done, draw(next.delay / APART)));
  }
}

/** Does what is due, alone among all tabs and the worker. When the next step is due, and whether it is a sending. */
export async function sendBallots(): Promise<{ due: number; sends: boolean } | undefined> {
  if (navigator.locks) await navigator.locks.request(BALLOTS, { ifAvailable: true }, (lock) => (lock ? sendAlone() : undefined));
  else await sendAlone();
  const left = await pending();
  return left[0] && { due: left[0].due, sends: left.some(({ state }) => state === 'waiting') };
}
