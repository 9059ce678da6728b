// A resident's Firefox hears of a concern: a real subscription, a real encrypted push.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startPushService } from "./push-service.mjs";
import { signIn, startFirefox, startTown, waitFor } from "./town.mjs";

let town, service, firefox;

before(async () => {
  [town, service] = await Promise.all([startTown(), startPushService()]);
  firefox = await startFirefox(service);
});

after(async () => {
  await firefox?.close();
  service?.stop();
  town?.stop();
});

/** Presses a button where it is: a locator's click waits for ever when the page moves beneath it. */
async function press(page, words) {
  const button = await page.waitForSelector(`::-p-xpath(//button[contains(., "${words}")])`);
  await button.evaluate((it) => it.click());
}
const says = (page, words) => page.locator(`::-p-xpath(//*[contains(text(), "${words}")])`).wait();

/** Follows a concern by the app's own buttons; the endpoint the browser made for it. */
async function follow(page, concern) {
  await page.goto(`${town.address}/shqetesime/${concern}`);
  // A page comes in parts, and what is still moving is missed by a click.
  await says(page, "The way of this concern");
  await press(page, "Follow");
  await press(page, "Turn on notifications");
  await says(page, "Notifications are on for this device.");
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.pushManager.getSubscription()).endpoint;
  });
}

/** Whether the server knows an endpoint. */
async function isKnown(endpoint) {
  return (await town.call("POST", "/push/subscriptions/open", { endpoint })).status === 200;
}

const shown = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const notices = await registration.getNotifications();
    return notices.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
  });

async function move(secretary, concern, to, rest = {}) {
  const body = { to, reason: "E qartë dhe pa emra.", ...rest };
  const answer = await town.call("POST", `/concerns/${concern}/moves`, body, secretary);
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
}

test("a concern's step is shown and opened with a click, and turning it off or losing the subscription ends it", async () => {
  const list = await town.call("GET", "/municipalities/elbasan/concerns?status=published");
  const concern = list.json.items[0].id;
  const secretary = await signIn(town, "sekretaria@example.al");
  const page = await firefox.newPage();
  await page.goto(`${town.address}/`);
  await press(page, "English");
  const first = await follow(page, concern);
  assert.equal(await isKnown(first), true);

  await move(secretary, concern, "prioritised");
  const [notice] = await waitFor(async () => {
    assert.deepEqual(service.faults, []);
    const notices = await shown(page);
    return notices.length > 0 && notices;
  }, "a notification");
  assert.equal(notice.tag, concern);
  assert.equal(notice.body, "A concern you follow moved a step.");
  assert.equal(service.pushed.length, 1);
  await waitFor(() => service.acknowledged.length === 1, "the browser decrypted it");

  assert.equal(await click(), notice.body);
  await waitFor(() => page.url().endsWith(`/shqetesime/${concern}`), "the concern opens");

  await page.goto(`${town.address}/njoftime`);
  await press(page, "Turn off notifications");
  await says(page, "Notifications are off for this device.");
  await waitFor(() => service.channels.size === 0, "the browser said so");
  assert.equal(await isKnown(first), false);

  const second = await follow(page, concern);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await (await registration.pushManager.getSubscription()).unsubscribe();
  });
  await waitFor(() => service.channels.size === 0, "the browser said so");
  assert.equal(await isKnown(second), true, "the server does not know yet");
  await move(secretary, concern, "planned", { lead: "municipality", due_on: "2040-01-15" });
  await waitFor(async () => !(await isKnown(second)), "the server forgets it");
  assert.equal(service.gone, 1);
});

/** Clicks the notification in the window Firefox shows it in; what was written there. */
async function click() {
  const send = async (method, asked) => (await firefox.connection.send(method, asked)).result;
  const alert = await waitFor(async () => {
    const { contexts } = await send("browsingContext.getTree", { "moz:scope": "chrome" });
    return contexts.find(({ url }) => url.endsWith("/alerts/alert.xhtml"));
  }, "Firefox's notification (before 153 it does not tell of windows of its own: upgrade firefox-esr)");
  const { result } = await send("script.evaluate", {
    target: { context: alert.context },
    awaitPromise: false,
    expression: `{
      const words = document.getElementById("alertTextLabel").textContent;
      document.getElementById("alertBox").click();
      words;
    }`,
  });
  return result.value;
}
