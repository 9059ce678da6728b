import { addSubscription, getPushKey, openSubscription, removeSubscription, type Follow } from '$/api/calls';
import type { Failure } from '$/api/client';
import type { Subscription } from '$/api/types';
import { language } from '$/i18n';

export type Refusal = 'denied' | 'unsupported' | 'timeout' | Failure;
export type Outcome = { on: true; told: Subscription } | { on: false; why: Refusal };
const LONGEST_WAIT = 10_000;

export const supported = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Some browsers never settle when their push service is out of reach, so the wait has an end of its own. */
function withTimeout<T>(promise: Promise<T>): Promise<T | 'timeout'> {
  return Promise.race([promise, new Promise<'timeout'>((done) => setTimeout(() => done('timeout'), LONGEST_WAIT))]);
}

export async function current(): Promise<PushSubscription | null> {
  if (!supported()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription().catch(() => null)) ?? null;
}

export async function subscribe(follow: Follow): Promise<Outcome> {
  const refused = (why: Refusal): Outcome => ({ on: false, why });
  if (!supported()) return refused('unsupported');
  if ((await Notification.requestPermission()) !== 'granted') return refused('denied');
  const key = await getPushKey();
  if (!key.ok) return refused(key.failure);
  const attempt = navigator.serviceWorker.ready.then((registration) =>
    registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key.data.key) }),
  );
  const made = await withTimeout(attempt.catch(() => undefined));
  if (made === 'timeout') return refused('timeout');
  if (!made) return refused('unsupported');
  const answer = await addSubscription(made.toJSON(), language.current, follow);
  return answer.ok ? { on: true, told: answer.data } : refused(answer.failure);
}

/** Signing in: a device that is told of something is told the news of the account too, unless it follows a code's thread. */
export async function joinAccount(): Promise<void> {
  const subscription = await current();
  if (!subscription) return;
  const told = await openSubscription(subscription.endpoint);
  if (!told.ok || told.data.follows.some(({ kind }) => kind === 'thread')) return;
  await addSubscription(subscription.toJSON(), language.current);
}

/** Here and at the server; when the server cannot be reached, its next push finds nobody and it forgets by itself. */
export async function unsubscribe(): Promise<void> {
  const subscription = await current();
  if (!subscription) return;
  await removeSubscription(subscription.endpoint);
  await subscription.unsubscribe();
}
