import { db } from './db';

/** The name under which votes are sent and told of: a lock, a wake-up of the worker, a channel between tabs. */
export const BALLOTS = 'ballots';

const speaker = new BroadcastChannel(BALLOTS);
(speaker as { unref?: () => void }).unref?.();
export const tellBallots = (): void => speaker.postMessage('changed');

const STORES = ['seeds', 'votes', 'ballots'] as const;

/** Takes the seed, the rights to vote and the votes from this device: of one account, or of everybody. */
export async function forgetVotes(whose?: string): Promise<void> {
  const tx = (await db()).transaction(STORES, 'readwrite');
  if (whose === undefined) for (const name of STORES) void tx.objectStore(name).clear();
  else {
    const [seeds, votes, ballots] = [tx.objectStore('seeds'), tx.objectStore('votes'), tx.objectStore('ballots')];
    void seeds.delete(whose);
    for (const one of await votes.getAll()) if (one.whose === whose) void votes.delete(one.id);
    for (const one of await ballots.getAll()) if (one.whose === whose) void ballots.delete(one.token);
  }
  await tx.done;
  tellBallots();
}

/** What would be lost with it: rights to vote that still count and whose seed is on no paper, and votes that have not left. */
export async function atRisk(today: string, whose?: string): Promise<{ seed: boolean; waiting: number }> {
  const store = await db();
  const mine = (one: { whose: string }) => whose === undefined || one.whose === whose;
  const [seeds, votes, ballots] = await Promise.all([store.getAll('seeds'), store.getAll('votes'), store.getAll('ballots')]);
  const unwritten = new Set(seeds.filter(({ written }) => !written).map((one) => one.whose));
  return {
    seed: votes.some((one) => mine(one) && one.tokens.length > 0 && one.until >= today && unwritten.has(one.whose)),
    waiting: ballots.filter((one) => mine(one) && one.state === 'waiting').length,
  };
}
