import { getMe } from '$/api/calls';
import type { Account } from '$/api/types';

/** Remembers only that somebody signed in here, so that a visitor's visit never asks who they are. */
const FLAG = 'signed-in';

let current = $state.raw<Account | null>(null);
let known = $state(localStorage.getItem(FLAG) === null);

export const account = {
  get current() {
    return current;
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
}

export async function loadAccount(): Promise<void> {
  if (localStorage.getItem(FLAG) === null) return;
  const answer = await getMe();
  if (answer.ok) setAccount(answer.data);
  else if (answer.failure.status === 401) setAccount(null);
  else known = true;
}

/** What was fetched while signed in must not be readable on this device afterwards. */
export async function forgetSession(): Promise<void> {
  setAccount(null);
  // What was being written at the desk.
  sessionStorage.clear();
  if ('caches' in globalThis) await caches.delete('public');
}
