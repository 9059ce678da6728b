import { addSubscription, getPushKey, removeSubscription, type Follow } from '$/api/calls';
import { language } from '$/i18n';

export type Result = 'on' | 'denied' | 'unsupported' | 'timeout' | 'failed';
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
  return (await registration?.pushManager.getSubscription()) ?? null;
}

export async function subscribe(follow?: Follow): Promise<Result> {
  if (!supported()) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const key = await getPushKey();
  if (!key.ok) return 'failed';
  const attempt = navigator.serviceWorker.ready.then((registration) =>
    registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key.data.key) }),
  );
  const made = await withTimeout(attempt.catch(() => undefined));
  if (made === 'timeout') return 'timeout';
  if (!made) return 'unsupported';
  const answer = await addSubscription(made.toJSON(), language.current, follow);
  return answer.ok ? 'on' : 'failed';
}

export async function unsubscribe(): Promise<void> {
  const subscription = await current();
  if (!subscription) return;
  await removeSubscription(subscription.endpoint);
  await subscription.unsubscribe();
}
