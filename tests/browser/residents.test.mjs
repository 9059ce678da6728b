// Residents say that they come to a meeting: without an account, in turn where it is full, without a network, and
// from the notification itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { notified } from "./notified.mjs";
import { signIn } from "./staff.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

const later = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let browser;
let town;
let secretary;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  secretary = await signIn(town, "sekretaria@example.al");
});
after(async () => {
  await browser.close();
  town.stop();
});

async function announced(title, capacity) {
  const meeting = {
    kind: "hearing",
    title,
    objective: "Banorët dëgjojnë çfarë bëhet dhe dalin me afate.",
    on: later(9),
    from: "17:00",
    until: "19:00",
    place: "Shkolla e fshatit",
    agenda: [{ title: "Pyetjet e banorëve" }],
    ...(capacity && { capacity }),
  };
  return (await secretary.post("/municipalities/elbasan/meetings", meeting)).id;
}

async function somebody() {
  const one = await person(browser, town);
  await settle(one.page);
  return one;
}

const box = (page) => page.getByRole("region", { name: "A vini?" });
const press = (page, name) => box(page).getByRole("button", { name, exact: true }).click();
const says = (page, text) => box(page).getByText(text).waitFor();

test("one place, two who want it: the second waits and moves up when the first cannot come", async () => {
  const id = await announced("Një vend i vetëm", 1);
  const [first, second] = [await somebody(), await somebody()];
  await first.page.goto(`/takime/${id}`);
  await says(first.page, "0 vende nga 1 janë zënë");
  await press(first.page, "Vij");
  await says(first.page, "Keni një vend.");
  await says(first.page, "1 vend nga 1 është zënë");
  await first.page.reload();
  await says(first.page, "Keni një vend.");
  await settled(first.page);
  assert.deepEqual(await faults(first.page, "with a place"), []);

  await second.page.goto(`/takime/${id}`);
  await says(second.page, "Nuk ka më vende.");
  await press(second.page, "Hyni në listën e pritjes");
  await says(second.page, "Jeni në listën e pritjes, numri 1.");
  await settled(second.page);
  assert.deepEqual(await faults(second.page, "waiting"), []);
  await says(first.page, "1 në listën e pritjes");

  await press(first.page, "Nuk vij dot");
  await box(first.page).getByText("Keni një vend.").waitFor({ state: "detached" });
  await says(second.page, "Keni një vend.");
  assert.deepEqual([...first.faults, ...second.faults], []);
  await Promise.all([first.context.close(), second.context.close()]);
});

test("without a network it waits on the phone and is sent once", async () => {
  const id = await announced("Takim pa rrjet", 40);
  const { page, context, faults: broken } = await somebody();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`/takime/${id}`);
  await says(page, "0 vende nga 40 janë zënë");
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await press(page, "Vij");
  await says(page, "U ruajt: dërgohet kur të lidheni.");
  await page.reload();
  await says(page, "U ruajt: dërgohet kur të lidheni.");
  await context.setOffline(false);
  await says(page, "Keni një vend.");
  await says(page, "1 vend nga 40 është zënë");
  assert.deepEqual(broken, []);
  await context.close();
});

test("who pressed “I’m coming” twice and came again without a network is still one", async () => {
  const id = await announced("Takim me dyshim", 40);
  const { page, context } = await somebody();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`/takime/${id}`);
  await press(page, "Vij");
  await says(page, "Keni një vend.");
  await context.setOffline(true);
  await press(page, "Nuk vij dot");
  await press(page, "Vij");
  await context.setOffline(false);
  await says(page, "1 vend nga 40 është zënë");
  await says(page, "Keni një vend.");
  const { places } = await (await fetch(`${town.address}/api/v1/meetings/${id}`)).json();
  assert.deepEqual(places, { capacity: 40, taken: 1, waiting: 0 });
  await context.close();
});

/** Touches an action of the notification that is shown, as the system does. */
async function act({ context }, action) {
  const [worker] = context.serviceWorkers();
  await worker.evaluate(async (named) => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action: named }));
  }, action);
}

const shown = (page) =>
  page.evaluate(async () => {
    const found = await (await navigator.serviceWorker.ready).getNotifications();
    return found.map(({ body, actions }) => ({ body, actions: actions.map(({ title }) => title) }));
  });

test("from the notification: said at once, and what came of it", async () => {
  const id = await announced("Takim nga njoftimi", 1);
  const push = JSON.stringify({ kind: "meeting_week", meeting: id, place: true, language: "sq" });
  for (const answer of ["U shënua: keni një vend në takim.", "Vendet janë zënë: jeni në listën e pritjes."]) {
    const one = await somebody();
    const { body } = await notified(one, town, push);
    assert.equal(body, "Pas një jave është një takim që mund t’ju interesojë.");
    assert.deepEqual((await shown(one.page))[0].actions, ["Vij"]);
    await act(one, "come");
    await waitFor(async () => (await shown(one.page)).some((told) => told.body === answer), answer);
    // Whoever said so is reminded, and not asked again.
    await one.page.goto(`/takime/${id}`);
    await says(one.page, answer.includes("keni") ? "Keni një vend." : "Jeni në listën e pritjes, numri 1.");
    await notified(one, town, push);
    await waitFor(async () => (await shown(one.page)).every(({ actions }) => actions.length === 0), "no action any more");
    assert.deepEqual(one.faults, []);
    await one.context.close();
  }
});

test("from the notification without a network: the page opens with the button in view, and it is sent later", async () => {
  const id = await announced("Takim nga njoftimi pa rrjet", 40);
  const one = await somebody();
  await one.page.evaluate(() => navigator.serviceWorker.ready);
  await one.page.goto(`/takime/${id}`);
  await says(one.page, "0 vende nga 40 janë zënë");
  await one.page.waitForLoadState("networkidle");
  await notified(one, town, JSON.stringify({ kind: "meeting_day", meeting: id, place: true, language: "sq" }));
  await one.context.setOffline(true);
  await act(one, "come");
  await one.page.waitForURL(`**/takime/${id}#vij`);
  await says(one.page, "U ruajt: dërgohet kur të lidheni.");
  const button = box(one.page).getByRole("button");
  await waitFor(async () => {
    const { y, height } = await button.boundingBox();
    return y >= 0 && y + height <= 740;
  }, "the button is in view");
  await one.context.setOffline(false);
  await says(one.page, "Keni një vend.");
  assert.deepEqual(one.faults, []);
  await one.context.close();
});

test("a push to somebody without a place to take has no button", async () => {
  const one = await somebody();
  await notified(one, town, JSON.stringify({ kind: "meeting_cancelled", meeting: "0000000000000000", language: "en" }));
  assert.deepEqual(await shown(one.page), [{ body: "A meeting was cancelled.", actions: [] }]);
  await one.context.close();
});
