import type { DBSchema, IDBPObjectStore } from 'idb';
import { db } from './db';

/** Which concerns this device supports and to which meetings it comes without an account: the server ties them to
 * nobody who reads. */
const KEY = 'supported';
const MOST = 500;

const read = (kept: unknown): string[] => (Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []);

export async function listSupported(): Promise<string[]> {
  return read(await (await db()).get('kept', KEY));
}

interface Kept extends DBSchema {
  kept: { key: string; value: unknown };
}
type Store = Pick<IDBPObjectStore<Kept, ['kept'], 'kept', 'readwrite'>, 'get' | 'put'>;

/** Notes down what the server said of one, in the transaction that learned it. */
export async function noteSupport(store: Store, concern: string, supported: boolean): Promise<void> {
  const others = read(await store.get(KEY)).filter((id) => id !== concern);
  await store.put((supported ? [...others, concern] : others).slice(-MOST), KEY);
}
