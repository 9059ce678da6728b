import { spell, symbols } from './crockford';
import { db } from './db';

const KEY = 'device';

/** The credential under which a visitor without account supports, made once on this device. */
export async function device(): Promise<string> {
  const store = await db();
  const kept = await store.get('kept', KEY);
  if (typeof kept === 'string') return kept;
  const fresh = spell(symbols(crypto.getRandomValues(new Uint8Array(17)), 26));
  const tx = store.transaction('kept', 'readwrite');
  const raced = await tx.store.get(KEY);
  if (typeof raced !== 'string') await tx.store.put(fresh, KEY);
  await tx.done;
  return typeof raced === 'string' ? raced : fresh;
}
