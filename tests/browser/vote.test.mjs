// A formal vote on a phone: the papers come by themselves, voting needs no network, and the votes leave one by one
// with nothing of a person. The key leads to another phone; who leaves is warned and leaves nothing behind.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { goThrough, startElection, verify } from "./election.mjs";
import { enter, settle } from "./home.mjs";
import { faults as found } from "./look.mjs";
import { person, startBrowser, waitFor } from "./town.mjs";

const MIRA = "mira@example.al";
const TEUTA = "teuta@example.al";
const SOTIR = "sotir@example.al";
const HERE = "Fletët e votimit janë në këtë telefon.";

let browser;
let town;
let mira;
let otherPhone;
let sotir;
let key;
before(async () => {
  browser = await startBrowser();
  town = await startElection();
  await verify(browser, town, MIRA, TEUTA, SOTIR);
});
after(async () => {
  await browser.close();
  town.stop();
});

/** A resident on a phone of theirs, signed in, with the worker in charge. */
async function resident(email) {
  const one = await person(browser, town);
  await settle(one.page);
  await enter(one.page, town, email);
  await one.page.evaluate(() => navigator.serviceWorker.ready);
  await one.page.goto("/");
  return one;
}

/** What axe finds in a page, in both themes. */
async function looks(page, where) {
  const all = [];
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
    // What fades from one colour to the other is in between for a moment.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    all.push(...(await found(page, `${where}, ${colorScheme}`)));
  }
  assert.deepEqual(all, []);
}

const votePage = () => `/voto/${town.id}`;

test("a verified resident's papers come by themselves, and are signed without being seen", async () => {
  mira = await resident(MIRA);
  const { page } = mira;
  await page.getByText(HERE).waitFor();
  await looks(page, "today");
  await page.goto("/vendos");
  await page.getByText(HERE).waitFor();
  await page.getByRole("link", { name: "Ruani çelësin" }).click();
  await page.getByRole("heading", { name: "Çelësi i fletëve" }).waitFor();
  assert.equal(await page.getByRole("img", { name: "Çelësi si kod QR" }).count(), 0, "covered at first");
  await page.getByRole("button", { name: "Shfaqni çelësin" }).click();
  await page.getByRole("img", { name: "Çelësi si kod QR" }).waitFor();
  await looks(page, "the key");
  key = (await page.locator("ol[translate=no] li").allInnerTexts()).join("-");
  assert.match(key, /^([0-9A-Z]{4}-){13}[0-9A-Z]$/);
  sotir = await resident(SOTIR);
  await sotir.page.getByText(HERE).waitFor();
  assert.equal((await town.read()).turnout, null, "nobody is told how many before it is sealed");
  assert.deepEqual(mira.faults, []);
});

test("another phone of the same resident is told so, and takes the papers with the key", async () => {
  otherPhone = await resident(MIRA);
  const { page } = otherPhone;
  await page.getByText("Fletët tuaja të votimit janë në një pajisje tjetër.").waitFor();
  await page.getByRole("link", { name: "Shkruani çelësin" }).click();
  await page.getByLabel("Çelësi", { exact: true }).fill(key.slice(0, -1) + (key.endsWith("0") ? "1" : "0"));
  await page.getByRole("button", { name: "Merrni fletët" }).click();
  await page.getByText("Një shenjë mungon ose nuk përputhet.").waitFor();
  await page.getByLabel("Çelësi", { exact: true }).fill(key.toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Merrni fletët" }).click();
  await page.getByText("Fletët e votimit janë edhe në këtë telefon.").waitFor();
  await page.getByText(HERE).waitFor();
});

test("whoever signs out with papers is asked first, and leaves nothing behind", async () => {
  const { page, context, faults } = await resident(TEUTA);
  await page.getByText(HERE).waitFor();
  assert.deepEqual(await kept(page), { seeds: 1, votes: 1, ballots: 0 });
  await page.goto("/une");
  await page.getByRole("button", { name: "Dilni", exact: true }).click();
  await page.getByRole("heading", { name: "Fletët e votimit humbin" }).waitFor();
  await looks(page, "the warning");
  await page.getByRole("button", { name: "Anuloni" }).click();
  assert.deepEqual(await kept(page), { seeds: 1, votes: 1, ballots: 0 });
  await page.getByRole("button", { name: "Dilni", exact: true }).click();
  await page.getByRole("button", { name: "Dilni gjithsesi" }).click();
  await page.getByText("Në këtë pajisje nuk mbeti asgjë e llogarisë.").waitFor();
  assert.deepEqual(await kept(page), { seeds: 0, votes: 0, ballots: 0 });
  assert.deepEqual(faults, []);
  await context.close();
});

test("voting needs no network, and the votes leave later, one by one, with nothing of a person", async () => {
  await town.moveTo("casting_from", 0, "casting");
  const { page, context, faults } = mira;
  await page.goto(votePage());
  await page.getByRole("button", { name: "Nisni" }).waitFor();
  await looks(page, "the beginning");
  const sent = [];
  context.on("request", (request) => request.url().endsWith("/items") && sent.push(request));
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: "Nisni" }).click();
  const cards = await rateAll(page);
  await looks(page, "the summary");
  await page.getByRole("button", { name: "Hidhini në kuti" }).click();
  await page.getByRole("heading", { name: "Keni votuar" }).waitFor();
  await page.getByText("Votat presin të nisen.").waitFor();
  await looks(page, "voted");
  // Nothing arrived, whatever was tried.
  await context.setOffline(false);
  await page.getByText(`Të ${cards} votat tuaja janë në kuti.`).waitFor({ timeout: 30_000 });
  const answered = [];
  for (const request of sent) if ((await request.response())?.status() === 204) answered.push(request);
  assert.equal(answered.length, cards);
  for (const request of answered) {
    const headers = await request.allHeaders();
    for (const name of ["cookie", "referer", "idempotency-key", "x-device", "authorization"]) assert.equal(headers[name], undefined, name);
    const { token, signatures, sequence, value, ...rest } = request.postDataJSON();
    assert.equal(token.length, 43);
    assert.equal(signatures.filter((one) => one !== null).length, 3);
    assert.ok(sequence === 1 && value >= 1 && value <= 5);
    assert.deepEqual(Object.keys(rest).sort(), ["index", "signature"]);
  }
  assert.equal(new Set(answered.map((request) => request.postDataJSON().token)).size, cards);
  assert.deepEqual(faults, []);
});

test("what waits is sent by the worker when every page is closed", async () => {
  const { page, context } = sotir;
  const bare = await context.newPage();
  const debug = await context.newCDPSession(bare);
  let registration;
  debug.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    registration = registrations.find(({ isDeleted, scopeURL }) => !isDeleted && scopeURL.startsWith(town.address))?.registrationId ?? registration;
  });
  await debug.send("ServiceWorker.enable");
  // A page of the same origin without the app.
  await bare.goto("/api/v1/municipalities");
  await page.goto(votePage());
  await page.getByRole("button", { name: "Nisni" }).click();
  await context.setOffline(true);
  const cards = await rateAll(page);
  await page.getByRole("button", { name: "Hidhini në kuti" }).click();
  await page.getByText("Votat presin të nisen.").waitFor();
  await page.close();
  await waitFor(() => registration, "the worker is registered");
  assert.deepEqual(new Set((await ballots(bare)).map(({ state }) => state)), new Set(["waiting"]));
  await context.setOffline(false);
  const told = { origin: town.address, registrationId: registration, tag: "ballots", lastChance: false };
  await debug.send("ServiceWorker.dispatchSyncEvent", told);
  const arrived = async () => (await ballots(bare)).filter(({ state }) => state !== "waiting").length === cards;
  await waitFor(arrived, "all votes are sent", 30_000);
  await context.close();
});

test("what was voted is covered, can be changed, and the next root proves it", async () => {
  const { page, context, faults } = mira;
  await page.goto("/vendos");
  await page.getByRole("link", { name: "Shihni" }).click();
  await page.getByRole("heading", { name: "Keni votuar" }).waitFor();
  assert.equal(await page.getByText("Shumë", { exact: true }).count(), 0, "covered at first");
  await page.getByRole("button", { name: "Shihini ose ndryshojini" }).click();
  await page.getByRole("button", { name: /^Ndryshoni: / }).first().click();
  await page.getByRole("radio", { name: "Aspak" }).check({ force: true });
  await page.getByRole("button", { name: "Te përmbledhja" }).click();
  const changed = context.waitForEvent("request", (request) => request.url().endsWith("/items"));
  await page.getByRole("button", { name: "Hidhni ndryshimet" }).click();
  const { sequence, value } = (await changed).postDataJSON();
  assert.deepEqual({ sequence, value }, { sequence: 2, value: 1 });
  await page.getByText(/^Të \d+ votat tuaja janë në kuti\./).waitFor();
  const asked = [];
  context.on("request", (request) => request.url().endsWith("/inclusions") && asked.push(request));
  await town.moveTo("casting_from", 1, "casting");
  await page.getByText(/e vërteton edhe kutia e publikuar/).waitFor({ timeout: 30_000 });
  assert.ok(asked.length > 0);
  for (const request of asked) assert.equal((await request.allHeaders()).cookie, undefined);
  assert.deepEqual(faults, []);
});

test("a vote from the other phone comes after the first one's", async () => {
  const { page, context, faults } = otherPhone;
  await page.goto(votePage());
  await page.getByRole("button", { name: "Nisni" }).click();
  await goThrough(page, async (card) => card === 1 && page.getByRole("radio", { name: "Shumë" }).check({ force: true }));
  await page.getByRole("button", { name: "Hidhini në kuti" }).click();
  await page.getByText("Vota juaj është në kuti.").waitFor({ timeout: 30_000 });
  // The first one's was at 1, and at 2 where it was changed.
  const [{ item }] = await ballots(page);
  assert.ok(item.sequence >= 2);
  assert.deepEqual(faults, []);
  await context.close();
});

test("whoever voted counts the box again on their phone, and finds their own votes in it", async () => {
  await town.moveTo("casting_until", 1, "counted");
  const { page, context, faults } = mira;
  const asked = [];
  context.on("request", (request) => request.url().endsWith("/box.json") && asked.push(request));
  await page.goto(`/konsultime/${town.id}`);
  await page.getByRole("link", { name: "Shihni rezultatin" }).click();
  await page.getByRole("heading", { name: "Renditja" }).waitFor();
  assert.equal(await page.getByText("Numrat e kësaj faqeje nuk dalin").count(), 0, "each score is what this device comes to");
  const own = (await ballots(page)).filter(({ receipt }) => receipt).length;
  assert.ok(own > 1, String(own));
  await page.getByRole("button", { name: "Numëroni vetë" }).click();
  await page.getByText(/^Kutia del e saktë: \d+ vota, dhe rezultati është ky që tregon faqja\.$/).waitFor();
  await page.getByText(`Edhe ${own} vota të nisura nga ky telefon janë brenda`).waitFor();
  assert.equal((await asked[0].allHeaders()).cookie, undefined, "nobody is told who counts");
  await looks(page, "the result");
  assert.deepEqual(faults, []);
});

/** Rates every card, and says how many there were. */
const rateAll = (page) =>
  goThrough(page, async (card) => {
    await page.getByRole("radio").nth(card % 5).check({ force: true });
    if (card === 1) await looks(page, "a card");
  });

/** The rows of a store of the phone. */
function rows(page, store) {
  return page.evaluate(async (name) => {
    const base = await new Promise((open) => {
      const asked = indexedDB.open("trekendesh");
      asked.onsuccess = () => open(asked.result);
    });
    const asked = base.transaction(name).objectStore(name).getAll();
    const all = await new Promise((read) => (asked.onsuccess = () => read(asked.result)));
    base.close();
    return all;
  }, store);
}

const ballots = (page) => rows(page, "ballots");

/** How much of a vote lies on a phone. */
async function kept(page) {
  const counts = {};
  for (const name of ["seeds", "votes", "ballots"]) counts[name] = (await rows(page, name)).length;
  return counts;
}
