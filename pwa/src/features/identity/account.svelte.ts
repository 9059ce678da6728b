import { getMe } from '$/api/calls';
import type { Account } from '$/api/types';
import { forgetGuides } from '$/features/papers/guides';
import { ACCOUNT, db } from '$/offline/db';

/** Remembers only that somebody signed in here, so that a visitor's visit never asks who they are. */
const FLAG = 'signed-in';

let current = $state.raw<Account | null>(null);
let known = $state(localStorage.getItem(FLAG) === null);

export const account = {
  get current() {
    return current;
  },
  /** Whether deeds here are an account's; true also while only the server could say whose. */
  get signedIn() {
    return current !== null || localStorage.getItem(FLAG) !== null;
  },
  /** False until we know whether somebody is signed in. */
  get known() {
    return known;
  },
};

export function setAccount(next: Account | null): void {
  current = next;
  known = true;
  if (next) localStorage.setItem(FLAG, '1');
  else localStorage.removeItem(FLAG);
  void remember(next).catch(() => undefined);
}

/** Who it was, so that the app still knows them where there is no network. */
async function remember(next: Account | null): Promise<void> {
  const store = await db();
  await (next ? store.put('kept', next, ACCOUNT) : store.delete('kept', ACCOUNT));
}

export async function loadAccount(): Promise<void> {
  if (localStorage.getItem(FLAG) === null) return;
  const kept = (await (await db()).get('kept', ACCOUNT).catch(() => undefined)) as Account | undefined;
  if (kept && !current) {
    current = kept;
    known = true;
  }
  const answer = await getMe();
  if (answer.ok) setAccount(answer.data);
  else if (answer.failure.status === 401) setAccount(null);
  known = true;
}

/** What was fetched while signed in must not be readable on this device afterwards. */
export async function forgetSession(): Promise<void> {
  setAccount(null);
  // What was being written at the desk.
  sessionStorage.clear();
  forgetGuides();
  if ('caches' in globalThis) await caches.delete('public');
}
