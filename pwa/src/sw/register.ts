import { t } from '$/i18n';
import { keepForOffline } from '$/offline/keep';
import { toast } from '$/kit/toasts.svelte';

/** Only the tab in which it was asked for starts anew: in another one somebody may be writing. */
let asked = false;

/** Offers a waiting version; drafts live in IndexedDB, so taking it loses nothing. */
function offer(worker: ServiceWorker): void {
  toast(t('update.ready'), {
    label: t('do.refresh'),
    run: () => {
      // Another tab has let it in already; then nothing more is to come.
      if (worker.state === 'activated') location.reload();
      asked = true;
      worker.postMessage({ type: 'take-over' });
    },
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
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    else void keepForOffline();
  });
  void navigator.serviceWorker.register('/sw.js').then(watch, () => undefined);
}
