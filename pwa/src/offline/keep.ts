import { BASE } from '$/api/client';
import { home } from '$/features/places/home.svelte';

/**
 * What a first offline visit needs. The worker takes the page over only after the first answers came, so these never
 * passed through it; asked for once more they do, and are kept. Nothing is asked twice, and nothing before there is a worker.
 */
export async function keepForOffline(): Promise<void> {
  if (!navigator.serviceWorker?.controller) return;
  const paths = ['/municipalities'];
  if (home.chosen) {
    const own = `/municipalities/${home.chosen.municipality}`;
    paths.push(own, `${own}/concerns?sort=newest`, `${own}/outlines`, `${own}/consultations`);
  }
  await keep(paths);
}

/** Asks through the worker for what was not kept yet. */
export async function keep(paths: string[]): Promise<void> {
  if (!navigator.serviceWorker?.controller) return;
  for (const path of paths) {
    const address = BASE + path;
    if (await caches.match(address, { ignoreVary: true })) continue;
    await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => undefined);
  }
}
