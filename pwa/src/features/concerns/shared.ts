/** Which concerns were shared from this device without an account: the server ties them to nobody who reads. */
const KEY = 'shared';
const MOST = 500;

function list(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export const sharedHere = (id: string): boolean => list().includes(id);

export function keepShared(id: string, shared: boolean): void {
  const others = list().filter((other) => other !== id);
  localStorage.setItem(KEY, JSON.stringify((shared ? [...others, id] : others).slice(-MOST)));
}
