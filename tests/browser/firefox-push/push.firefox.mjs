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

/** Subscribes as the app does, and follows a concern; the answer of the server. */
async function subscribe(page, concern) {
  return page.evaluate(async (concern) => {
    const registration = await navigator.serviceWorker.ready;
    const { key } = await (await fetch("/api/v1/push/key")).json();
    const made = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: key,
    });
    const { endpoint, keys } = made.toJSON();
    const answer = await fetch("/api/v1/push/subscriptions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ endpoint, keys, language: "en", follow: [{ kind: "concern", concern }] }),
    });
    return { endpoint, status: answer.status, body: await answer.json() };
  }, concern);
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

test("a concern's step is shown, opened with a click, and unsubscribing ends it", async () => {
  const list = await town.call("GET", "/municipalities/elbasan/concerns?status=published");
  const concern = list.json.items[0].id;
  const secretary = await signIn(town, "sekretaria@example.al");
  const page = await firefox.newPage();
  await page.goto(`${town.address}/`);
  const subscribed = await subscribe(page, concern);
  assert.equal(subscribed.status, 200, JSON.stringify(subscribed.body));

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

  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await (await registration.pushManager.getSubscription()).unsubscribe();
  });
  await waitFor(() => service.channels.size === 0, "the browser said so");
  const named = { endpoint: subscribed.endpoint };
  const open = () => town.call("POST", "/push/subscriptions/open", named);
  assert.equal((await open()).status, 200, "the server does not know yet");
  await move(secretary, concern, "planned", { lead: "municipality", due_on: "2040-01-15" });
  await waitFor(async () => (await open()).status === 404, "the server forgets it");
  assert.equal(service.gone, 1);
});

/** Clicks the notification in the window Firefox shows it in; what was written there. */
async function click() {
  const send = async (method, asked) => (await firefox.connection.send(method, asked)).result;
  const alert = await waitFor(async () => {
    const { contexts } = await send("browsingContext.getTree", { "moz:scope": "chrome" });
    return contexts.find(({ url }) => url.endsWith("/alerts/alert.xhtml"));
  }, "Firefox's notification");
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
