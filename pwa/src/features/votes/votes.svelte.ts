import { account } from '$/features/identity/account.svelte';
import { breath } from '$/kit/pace.svelte';
import { listBallots, sendBallots } from '$/offline/ballots';
import { db, type Ballot, type Held, type Seeded } from '$/offline/db';
import { keep } from '$/offline/keep';
import { BALLOTS } from '$/offline/votes';
import { listConsultations } from '../consultations/calls';
import { getVote } from './calls';
import { usable, type LocalFailure } from './standing';
import type { VoteView } from './types';

let helds = $state.raw<Held[]>([]);
let ballots = $state.raw<Ballot[]>([]);
let seeds = $state.raw<Seeded[]>([]);
let known = $state(false);
let fetching = $state.raw<string[]>([]);
let failures = $state.raw<Record<string, LocalFailure>>({});

/** What lies on this device of whoever is signed in. */
export const votes = {
  get known() {
    return known;
  },
  held: (consultation: string): Held | undefined =>
    helds.find((one) => one.consultation === consultation && one.whose === account.current?.email),
  ballots: (consultation: string): Ballot[] =>
    ballots.filter((one) => one.consultation === consultation && one.whose === account.current?.email),
  get seed(): Seeded | undefined {
    return seeds.find(({ whose }) => whose === account.current?.email);
  },
  fetching: (consultation: string): boolean => fetching.includes(consultation),
  failure: (consultation: string): LocalFailure | undefined => failures[consultation],
};

export async function reload(): Promise<void> {
  const store = await db();
  [helds, seeds, ballots] = await Promise.all([store.getAll('votes'), store.getAll('seeds'), listBallots()]);
  known = true;
}

/** Whether the person is verified for this vote. */
const verifiedFor = ({ municipality, year }: Pick<VoteView, 'municipality' | 'year'>): boolean =>
  !!account.current?.verifications?.some((one) => one.municipality === municipality && one.year === year);

/** All that says where somebody stands in a vote. */
export const mineIn = ({ consultation, municipality, year }: VoteView) => ({
  signedIn: account.current !== null,
  verified: verifiedFor({ municipality, year }),
  fetching: votes.fetching(consultation),
  held: votes.held(consultation),
  ballots: votes.ballots(consultation),
  failure: votes.failure(consultation),
});

/** An issuer that was silent is not asked again with every page that is opened. */
const PATIENCE = 60_000;
const lastAsked = new Map<string, number>();
export const askAnew = (): void => lastAsked.clear();

/** Fetches the rights to vote by itself, where there are any to be had. */
export async function ensureTokens(view: VoteView): Promise<void> {
  const whose = account.current?.email;
  const id = view.consultation;
  const held = votes.held(id);
  // After issuing only whoever asked before is answered: here, or on the phone the seed was written down from.
  const asked = !!held || !!votes.seed?.restored;
  const fits = view.stage === 'issuing' || ((view.stage === 'sealing' || view.stage === 'casting') && asked);
  if (!whose || !fits || held?.settled || !verifiedFor(view) || fetching.includes(id)) return;
  if (Date.now() - (lastAsked.get(`${whose} ${id}`) ?? 0) < PATIENCE) return;
  lastAsked.set(`${whose} ${id}`, Date.now());
  fetching = [...fetching, id];
  const answer = await import('./issue').then(({ fetchTokens }) => fetchTokens(view, whose)).catch((): LocalFailure => ({ code: 'internal' }));
  fetching = fetching.filter((other) => other !== id);
  const { [id]: _before, ...others } = failures;
  failures = 'code' in answer ? { ...others, [id]: answer } : others;
  await reload();
}

/** The votes that were read since the app was opened. */
const views = new Map<string, VoteView>();

/** Looks after one vote: its rights, and what another device cast before. */
export async function lookAfter(view: VoteView): Promise<void> {
  views.set(view.consultation, view);
  await reload();
  await ensureTokens(view);
  // Whoever lays an item down sees to it that it goes out: what went out before may have found nothing to do.
  if (await catchUp(view)) void sendDue();
}

/** With a seed that was typed in: whatever another device said first, what is said here comes after it. */
async function catchUp(view: VoteView): Promise<boolean> {
  const held = votes.held(view.consultation);
  if (!held?.restored || view.stage !== 'casting' || !usable(held, view)) return false;
  return (await import('./cast')).overtake(held, view);
}

const VOTED = ['announced', 'collect', 'discuss', 'vote'];

/** Looks after every vote of the municipalities somebody is verified for. */
async function lookAfterAll(): Promise<void> {
  const places = new Set(account.current?.verifications?.map(({ municipality }) => municipality));
  for (const place of places) {
    const list = await listConsultations(place);
    for (const { id, phase } of list.ok ? list.data.items : []) {
      const vote = VOTED.includes(phase) ? await getVote(id) : undefined;
      if (!vote?.ok) continue;
      await lookAfter(vote.data);
      // Voting needs no network: what is voted on has to be here.
      await keep([`/consultations/${id}`, `/consultations/${id}/vote`]);
      await breath();
    }
  }
}

let timer: ReturnType<typeof setTimeout> | undefined;
/** No timer of a browser waits longer. */
const LONGEST = 2 ** 31 - 1;

type Waking = ServiceWorkerRegistration & {
  sync?: { register(tag: string): Promise<void> };
  periodicSync?: { register(tag: string, how: { minInterval: number }): Promise<void> };
};

/** Asks the browser to go on after the page is closed; where it cannot, the next opening does. */
async function wakeLater(): Promise<void> {
  const worker = (await navigator.serviceWorker?.getRegistration()) as Waking | undefined;
  await worker?.sync?.register(BALLOTS).catch(() => undefined);
  await worker?.periodicSync?.register(BALLOTS, { minInterval: 3_600_000 }).catch(() => undefined);
}

/** Sends what is due, and wakes up again for what is not yet. */
export async function sendDue(): Promise<void> {
  clearTimeout(timer);
  let next = await sendBallots();
  await reload();
  for (const view of views.values()) if (await catchUp(view)) next = await sendBallots();
  if (!next) return;
  clearTimeout(timer);
  timer = setTimeout(() => void sendDue(), Math.min(Math.max(next.due - Date.now(), 250), LONGEST));
  if (next.sends) await wakeLater();
}

/** Another tab or the worker changed something: where it met a vote of another phone, what is said here comes after it. */
export async function hear(): Promise<void> {
  await reload();
  for (const view of views.values()) if (await catchUp(view)) void sendDue();
}

let started = false;

export function startVotes(): void {
  if (!started) {
    started = true;
    new BroadcastChannel(BALLOTS).addEventListener('message', () => void hear());
    addEventListener('online', () => {
      askAnew();
      void sendDue();
      void lookAfterAll();
    });
    // What was asked for before the worker took over is not kept yet.
    navigator.serviceWorker?.addEventListener('controllerchange', () => void lookAfterAll());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void sendDue());
    void sendDue();
  }
  void reload().then(lookAfterAll);
}

