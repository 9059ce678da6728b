// What the service worker shows of a push: handed to it by the browser's own debugging protocol,
// since a headless Chromium has no push service. The way through one is firefox-push.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { person, startBrowser, startTown, waitFor } from "./town.mjs";

let browser;
let town;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
});
after(async () => {
  await browser.close();
  town.stop();
});

for (const [what, payload, body, target] of [
  [
    "an answer names what happened and opens the concern",
    { kind: "answered", concern: "0123456789abcdef", language: "sq" },
    "Një institucion u përgjigj për një shqetësim që ndiqni.",
    "/shqetesime/0123456789abcdef",
  ],
  [
    "news on an anonymous thread names nothing and opens the page of codes",
    { kind: "thread" },
    "Ka një lajm në një bisedë që ndiqni.",
    "/kodi",
  ],
  [
    "what came to the desk opens the desk",
    { kind: "desk", municipality: "elbasan", language: "sq" },
    "Në tavolinën e këshillit ka punë të re.",
    "/tavolina",
  ],
  [
    "in English it is said in English",
    { kind: "message", concern: "0123456789abcdef", language: "en" },
    "The council wrote to you about a concern of yours.",
    "/shqetesime/0123456789abcdef",
  ],
]) {
  test(what, async () => {
    const { context, page } = await person(browser, town);
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
    await debug.send("ServiceWorker.deliverPushMessage", {
      origin: town.address,
      registrationId: registration,
      data: JSON.stringify(payload),
    });
    const shown = await waitFor(async () => {
      const all = await page.evaluate(async () => {
        const found = await (await navigator.serviceWorker.ready).getNotifications();
        return found.map(({ body, data }) => ({ body, data }));
      });
      return all[0];
    }, "a notification");
    assert.equal(shown.body, body);
    assert.equal(shown.data.target, target);
    await context.close();
  });
}
