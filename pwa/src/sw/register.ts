import { t } from '$/i18n';
import { toast } from '$/kit/toasts.svelte';

/** Offers a waiting version; drafts live in IndexedDB, so taking it loses nothing. */
function offer(worker: ServiceWorker): void {
  toast(t('update.ready'), {
    label: t('do.refresh'),
    run: () => worker.postMessage({ type: 'take-over' }),
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
    });
  });
}

export function startServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  let hadOne = !!navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The very first worker takes the page over too; that is no update.
    if (hadOne) location.reload();
    hadOne = true;
  });
  void navigator.serviceWorker.register('/sw.js').then(watch, () => undefined);
}
