import { db, type Held, type Seeded } from '$/offline/db';
import { tellBallots } from '$/offline/votes';

/** Under which a right to vote lies on this device. */
export const keyOf = (whose: string, consultation: string): string => `${whose} ${consultation}`;
/** Tells a visit without an account, before anything is opened, that votes lie here. */
export const FLAG = 'votes';

/** The seed of an account on this device, made when it is first needed. */
export async function seedOf(whose: string): Promise<Seeded> {
  const fresh: Seeded = { whose, seed: crypto.getRandomValues(new Uint8Array(32)), restored: false, written: false };
  const tx = (await db()).transaction('seeds', 'readwrite');
  const kept = await tx.store.get(whose);
  if (!kept) void tx.store.put(fresh);
  await tx.done;
  return kept ?? fresh;
}

export const knownSeed = async (whose: string): Promise<Seeded | undefined> => (await db()).get('seeds', whose);

/** The person says that the symbols are on paper. */
export async function noteWritten(whose: string): Promise<void> {
  const tx = (await db()).transaction('seeds', 'readwrite');
  const kept = await tx.store.get(whose);
  if (kept) void tx.store.put({ ...kept, written: true });
  await tx.done;
  tellBallots();
}

/** Takes the seed that was written down elsewhere. What was fetched here with another one keeps its own. */
export async function restoreSeed(whose: string, seed: Uint8Array<ArrayBuffer>): Promise<void> {
  const tx = (await db()).transaction(['seeds', 'votes'], 'readwrite');
  void tx.objectStore('seeds').put({ whose, seed, restored: true, written: true });
  const votes = tx.objectStore('votes');
  for (const one of await votes.getAll()) if (one.whose === whose && !one.tokens.length) void votes.delete(one.id);
  await tx.done;
  tellBallots();
}

export async function keepHeld(held: Held): Promise<void> {
  await (await db()).put('votes', held);
  localStorage.setItem(FLAG, '1');
  tellBallots();
}
