import { keep } from './keep';

/** Keeps what a page shows, so that it opens again without a network; on somebody's first visit once there is a worker. */
export async function keepVisited(paths: string[]): Promise<void> {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  if (!workers.controller) await new Promise((there) => workers.addEventListener('controllerchange', there, { once: true }));
  await keep(paths);
}
