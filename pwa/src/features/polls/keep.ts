import { keep } from '$/offline/keep';
import { pictureOf } from './calls';
import type { RoomPage } from './types';

/** Resolves once a service worker looks after this page, which on a first visit comes late. */
function lookedAfter(): Promise<void> {
  return new Promise((done) => {
    if (navigator.serviceWorker.controller) return done();
    navigator.serviceWorker.addEventListener('controllerchange', () => done(), { once: true });
  });
}

/**
 * Lets the worker keep what this room needs to open again without a network: on a first visit it took the page over only
 * after all of this had come, and a class often is a first visit.
 */
export async function keepRoom(room: RoomPage): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await lookedAfter();
  const vote = room.consultation ? [`/consultations/${room.consultation}/vote`] : [];
  await keep([`/poll-rooms/${room.code}`, `/municipalities/${room.municipality}`, ...vote]);
  const pictures = room.paper.questions.flatMap(({ picture }) => (picture ? [pictureOf(picture.id)] : []));
  const parts = performance.getEntriesByType('resource').map(({ name }) => name);
  const own = parts.filter((name) => name.startsWith(`${location.origin}/assets/`));
  for (const address of [...own, ...pictures]) {
    if (await caches.match(address, { ignoreVary: true })) continue;
    await fetch(address).catch(() => undefined);
  }
}
