import { openSubscription, unfollow, type Follow } from '$/api/calls';
import type { Failure } from '$/api/client';
import type { Followed, Subscription } from '$/api/types';
import { current, subscribe, unsubscribe, type Refusal } from './push';

let told = $state.raw<Subscription | null>(null);
let known = $state(false);
let busy = $state(false);
let refusal = $state.raw<Refusal>();

/** What this device is told of. The server knows it, so that the list is the truth and not a memory. */
export const device = {
  /** Null when this device is told of nothing. */
  get told() {
    return told;
  },
  get known() {
    return known;
  },
  get busy() {
    return busy;
  },
  /** Why the last wish could not be granted. */
  get refusal() {
    return refusal;
  },
};

export async function loadDevice(): Promise<void> {
  refusal = undefined;
  const subscription = await current();
  const answer = subscription && (await openSubscription(subscription.endpoint));
  if (answer?.ok) told = answer.data;
  else if (!answer || answer.failure.status === 404) told = null;
  else refusal = answer.failure;
  known = true;
}

export async function followHere(wish: Follow): Promise<boolean> {
  busy = true;
  refusal = undefined;
  const outcome = await subscribe(wish);
  if (outcome.on) told = outcome.told;
  else refusal = outcome.why;
  busy = false;
  return outcome.on;
}

/** The wish that a line of the list came from; a thread's is known only to whoever holds its code. */
export function wishOf(item: Followed): Follow | undefined {
  const { kind, concern, municipality, unit, topic } = item;
  if (kind === 'concern' && concern) return { kind, concern };
  if (kind === 'municipality' && municipality) return { kind, municipality };
  if (kind === 'unit' && municipality && unit) return { kind, municipality, unit };
  if (kind === 'topic' && municipality && topic) return { kind, municipality, topic };
  return undefined;
}

export async function unfollowHere(wish: Follow): Promise<Failure | undefined> {
  const subscription = await current();
  if (!subscription) {
    told = null;
    return undefined;
  }
  busy = true;
  const answer = await unfollow(subscription.endpoint, wish);
  busy = false;
  if (!answer.ok) return answer.failure;
  told = answer.data;
  return undefined;
}

export async function turnOff(): Promise<void> {
  busy = true;
  refusal = undefined;
  await unsubscribe();
  told = null;
  busy = false;
}
