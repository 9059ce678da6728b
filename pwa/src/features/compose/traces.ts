import { forgetTyped } from '$/features/questions/typed.svelte';
import { db } from '$/offline/db';
import { discardWords } from '$/offline/outbox';
import { forgetVotes } from '$/offline/votes';
import { clearDraft } from './draft.svelte';
import { SHARED } from './shared';
import { forgetOutcome } from './submit';

/** Which class was opened here tells who may have answered there. */
async function forgetRooms(): Promise<void> {
  const kept = await caches.open('public');
  const rooms = (await kept.keys()).filter(({ url }) => url.includes('/poll-rooms/'));
  await Promise.all(rooms.map((room) => kept.delete(room, { ignoreVary: true })));
}

/**
 * Takes from this device whatever tells what somebody wrote: the draft, a question, what another app shared, the code,
 * what waits to be sent, votes with the seed that would tell which they are, the class that was answered in, and pictures that were looked at. Each by
 * itself, so that one that fails keeps none of the others.
 */
export async function leaveNoTraces(): Promise<void> {
  forgetTyped();
  const shared = async () => (await db()).delete('kept', SHARED);
  await Promise.allSettled([clearDraft(), forgetOutcome(), shared(), discardWords(), forgetVotes(), forgetRooms(), caches.delete('photos')]);
}
