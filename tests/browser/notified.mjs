// A push message on its last way: from the push service to the worker, and what the worker shows of it.
import assert from "node:assert/strict";

import { waitFor } from "./town.mjs";

/** Hands a decrypted message to the worker and returns the notification that appears. */
export async function notified({ context, page }, town, text) {
  await context.grantPermissions(["notifications"], { origin: town.address });
  const debug = await context.newCDPSession(page);
  let registration;
  debug.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    registration = registrations.find((found) => !found.isDeleted)?.registrationId ?? registration;
  });
  await debug.send("ServiceWorker.enable");
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await waitFor(() => registration, "the worker is registered");
  const deliver = () =>
    debug.send("ServiceWorker.deliverPushMessage", { origin: town.address, registrationId: registration, data: text });
  const shown = () =>
    page.evaluate(async () => {
      const found = await (await navigator.serviceWorker.ready).getNotifications();
      return found.map(({ body, data }) => ({ body, data }))[0];
    });
  // The permission reaches the worker by another way than the message, now and then after it.
  for (let turn = 0; turn < 3; turn += 1) {
    await deliver();
    const found = await waitFor(shown, "a notification", 4_000).catch(() => undefined);
    if (found) return found;
  }
  throw new Error("never: a notification");
}

/** Taps the notification that is shown: the worker hears of it as from the system. */
export async function tap({ context }) {
  const [worker] = context.serviceWorkers();
  await worker.evaluate(async () => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  });
}

/** A device wants to be told of something; the sink stands for its browser's push service. */
export async function follow(page, { endpoint, keys }, language, what) {
  const body = { endpoint, keys, language, follow: [what] };
  const status = await page.evaluate(async (body) => {
    const answer = await fetch("/api/v1/push/subscriptions", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify(body),
    });
    return answer.status;
  }, body);
  assert.ok(status < 300, String(status));
}
