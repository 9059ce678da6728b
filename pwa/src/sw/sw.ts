/// <reference lib="webworker" />
import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { flush, TAG } from '../offline/outbox';
import { sendBallots } from '../offline/ballots';
import { BALLOTS } from '../offline/votes';
import { comeFrom, openFrom, showPush } from './push';
import { takeShare } from './share';

declare const self: ServiceWorkerGlobalScope;

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//] }));

/** Chunks outside the precache (the desk): their names carry a hash, so a kept copy is never stale. */
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  new CacheFirst({ cacheName: 'assets', plugins: [new ExpirationPlugin({ maxEntries: 60 })] }),
);

/** What is no answer is not kept as one. */
const onlyGood = { cacheWillUpdate: async ({ response }: { response: Response }) => (response.status === 200 ? response : null) };

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/api\/v1\/(photos|poll-pictures)\//.test(url.pathname),
  new CacheFirst({
    cacheName: 'photos',
    plugins: [onlyGood, new ExpirationPlugin({ maxEntries: 120, maxAgeSeconds: 30 * 86_400, purgeOnQuotaError: true })],
  }),
);

/** What anybody may read, and nothing of the account, the desk or a receipt. */
const PUBLIC = /^\/api\/v1\/(municipalities(\/[a-z0-9-]+(\/(concerns|cells|outlines|consultations|polls|priorities|meetings|attendance|council|measures|programs\/\d+|re(port|gulation)s(\/\d+)?))?)?|regulation-template|geo\/municipalities|(concerns|measures|poll-rooms)\/[\w-]+|polls\/[\w-]+(\/results)?|(meetings|consultations)\/[\w-]+(\/(vote|questions))?)$/;

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && PUBLIC.test(url.pathname),
  new NetworkFirst({
    cacheName: 'public',
    networkTimeoutSeconds: 5,
    plugins: [
      {
        // A captive portal answers 200 with a page of its own: that must not replace what was kept.
        cacheWillUpdate: async ({ response }) =>
          response.status === 200 && /^application\/(geo\+)?json/.test(response.headers.get('content-type') ?? '')
            ? response
            : null,
        cachedResponseWillBeUsed: async ({ cachedResponse }) => {
          if (!cachedResponse) return null;
          const headers = new Headers(cachedResponse.headers);
          headers.set('x-saved-copy', '1');
          return new Response(cachedResponse.body, { status: 200, headers });
        },
      },
      new ExpirationPlugin({ maxEntries: 150, maxAgeSeconds: 60 * 86_400, purgeOnQuotaError: true }),
    ],
  }),
);

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'take-over') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

type Waking = ExtendableEvent & { tag: string };
/** How long the worker stays up for votes whose time comes soon; browsers end it after some minutes. */
const AWAKE = 120_000;

/** True when no vote waits to be sent any more. */
async function sendVotes(): Promise<boolean> {
  const until = Date.now() + AWAKE;
  for (;;) {
    const next = await sendBallots();
    if (!next?.sends) return true;
    if (next.due > until) return false;
    await new Promise((done) => setTimeout(done, Math.max(next.due - Date.now(), 250)));
  }
}

self.addEventListener('sync', (event) => {
  const sync = event as Waking;
  const work = sync.tag === TAG ? flush : sync.tag === BALLOTS ? sendVotes : undefined;
  if (!work) return;
  sync.waitUntil(
    work().then((empty) => {
      // A rejected promise asks the browser to wake us again later.
      if (!empty) throw new Error('something still waits');
    }),
  );
});
self.addEventListener('periodicsync', (event) => {
  const sync = event as Waking;
  if (sync.tag === BALLOTS) sync.waitUntil(sendVotes());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'POST' && new URL(request.url).pathname === '/paraqit') event.respondWith(takeShare(request));
});

self.addEventListener('push', (event) => {
  event.waitUntil(showPush(event.data));
  event.waitUntil(sendVotes());
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil((event.action === 'come' ? comeFrom : openFrom)(event.notification));
});
