// A formal vote on a phone: the papers come by themselves, voting needs no network, and the votes leave one by one
// with nothing of a person. The key leads to another phone; who leaves is warned and leaves nothing behind.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { faults as found } from "./look.mjs";
import { startElection, verify } from "./election.mjs";
import { enter, settle } from "./home.mjs";
import { person, startBrowser, waitFor } from "./town.mjs";

const MIRA = "mira@example.al";
const TEUTA = "teuta@example.al";
const HERE = "Fletët e votimit janë në këtë telefon.";

let browser;
let town;
let mira;
let otherPhone;
let key;
before(async () => {
  browser = await startBrowser();
  town = await startElection();
  await verify(browser, town, MIRA, TEUTA);
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

const votePage = () => `/voto/${town.id}`;

test("a verified resident's papers come by themselves, and are signed without being seen", async () => {
  mira = await resident(MIRA);
  const { page } = mira;
  await page.getByText(HERE).waitFor();
  assert.deepEqual(await found(page, "today"), []);
  await page.goto("/vendos");
  await page.getByText(HERE).waitFor();
  await page.getByRole("link", { name: "Ruani çelësin" }).click();
  await page.getByRole("heading", { name: "Çelësi i fletëve" }).waitFor();
  assert.equal(await page.getByRole("img", { name: "Çelësi si kod QR" }).count(), 0, "covered at first");
  await page.getByRole("button", { name: "Shfaqni çelësin" }).click();
  await page.getByRole("img", { name: "Çelësi si kod QR" }).waitFor();
  assert.deepEqual(await found(page, "the key"), []);
  key = (await page.locator("ol[translate=no] li").allInnerTexts()).join("-");
  assert.match(key, /^([0-9A-Z]{4}-){13}[0-9A-Z]$/);
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
  assert.deepEqual(await found(page, "the warning"), []);
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
  assert.deepEqual(await found(page, "the beginning"), []);
  const sent = [];
  context.on("request", (request) => request.url().endsWith("/items") && sent.push(request));
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: "Nisni" }).click();
  const cards = await rateAll(page);
  assert.deepEqual(await found(page, "the summary"), []);
  await page.getByRole("button", { name: "Hidhini në kuti" }).click();
  await page.getByRole("heading", { name: "Keni votuar" }).waitFor();
  await page.getByText("Votat presin të nisen.").waitFor();
  assert.deepEqual(await found(page, "voted"), []);
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
  await page.getByRole("radio", { name: "Shumë" }).check({ force: true });
  const next = page.getByRole("button", { name: /^(Vazhdoni|Kaloni)$/ });
  while (await next.count()) await next.click();
  await page.getByRole("button", { name: "Hidhini në kuti" }).click();
  await page.getByText("Vota juaj është në kuti.").waitFor({ timeout: 30_000 });
  // The first one's was at 1, and at 2 where it was changed.
  assert.ok((await newest(page)).sequence >= 2);
  assert.deepEqual(faults, []);
  await context.close();
});

/** Rates every card, and says how many there were. */
async function rateAll(page) {
  for (let cards = 1; ; cards++) {
    await page.getByRole("radio").nth(cards % 5).check({ force: true });
    if (cards === 1) await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    if (cards === 1) assert.deepEqual(await found(page, "a card"), []);
    const of = await page.getByText(/^Shqetësimi \d+ nga \d+$/).innerText();
    await page.getByRole("button", { name: "Vazhdoni" }).click();
    const [, now, all] = of.match(/(\d+) nga (\d+)/);
    if (now === all) return cards;
    await page.getByText(`Shqetësimi ${cards + 1} nga ${all}`, { exact: true }).waitFor();
  }
}

/** How much of a vote lies on a phone. */
function kept(page) {
  return page.evaluate(async () => {
    const base = await new Promise((open) => {
      const asked = indexedDB.open("trekendesh");
      asked.onsuccess = () => open(asked.result);
    });
    const counts = {};
    for (const name of ["seeds", "votes", "ballots"]) {
      const asked = base.transaction(name).objectStore(name).count();
      counts[name] = await new Promise((read) => (asked.onsuccess = () => read(asked.result)));
    }
    base.close();
    return counts;
  });
}

/** The one vote of a phone that cast one. */
function newest(page) {
  return page.evaluate(async () => {
    const base = await new Promise((open) => {
      const asked = indexedDB.open("trekendesh");
      asked.onsuccess = () => open(asked.result);
    });
    const asked = base.transaction("ballots").objectStore("ballots").getAll();
    const [ballot] = await new Promise((read) => (asked.onsuccess = () => read(asked.result)));
    base.close();
    return ballot && { state: ballot.state, sequence: ballot.item.sequence, refusal: ballot.refusal };
  });
}
