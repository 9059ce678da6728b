// Three residents with phones of their own, two processes on one PostgreSQL: from the letter to the recount.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { startCluster, startProxy } from "./cluster.mjs";
import { goThrough, startElection } from "./election.mjs";
import { enter, settle } from "./home.mjs";
import { letters } from "./letters.mjs";
import { person, startBrowser } from "./town.mjs";

const PEOPLE = ["mira@example.al", "sotir@example.al", "teuta@example.al"];
const HERE = "Fletët e votimit janë në këtë telefon.";

let browser;
let cluster;
let proxy;
let town;
let second;
before(async () => {
  [browser, cluster, proxy] = await Promise.all([startBrowser(), startCluster(), startProxy()]);
  const first = await startElection({ DATABASE_URL: cluster.url, TREKENDESH_PUBLIC_URL: proxy.address });
  second = await first.startAnother();
  proxy.to(first.address, second.address);
  town = { ...first, address: proxy.address };
});
after(async () => {
  await browser?.close();
  second?.stop();
  town?.stop();
  proxy?.stop();
  await cluster?.stop();
});

/** A resident on a phone of theirs, who verifies with the code of a letter, and has the papers then. */
async function resident(email, code) {
  const one = await person(browser, town);
  const { page } = one;
  await settle(page);
  await enter(page, town, email);
  await page.goto("/une/verifikimi");
  await page.getByLabel("Kodi nga letra").fill(code);
  await page.getByRole("button", { name: "Verifikohuni" }).click();
  await page.getByText(/Jeni banor i verifikuar për vitin \d{4} \(Gjinar\)/).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto("/");
  await page.getByText(HERE).waitFor();
  return one;
}

/** Rates every card with this answer, and says how many there were. */
const rateAll = (page, answer) => goThrough(page, () => page.getByRole("radio", { name: answer }).check({ force: true }));

/** Votes with this answer for all; how many votes that is. */
async function vote(page, answer) {
  await page.goto(`/voto/${town.id}`);
  await page.getByRole("button", { name: "Nisni" }).click();
  const cards = await rateAll(page, answer);
  await page.getByRole("button", { name: "Hidhini në kuti" }).click();
  await page.getByRole("heading", { name: "Keni votuar" }).waitFor();
  return cards;
}

const inTheBox = (page, cards) => page.getByText(`Të ${cards} votat tuaja janë në kuti.`).waitFor({ timeout: 30_000 });

test("three phones vote at two processes, and everybody counts the same", async () => {
  const codes = await letters(browser, town, PEOPLE.length);
  const phones = [];
  for (const [place, email] of PEOPLE.entries()) phones.push(await resident(email, codes[place]));
  const [mira, sotir, teuta] = phones;
  await town.moveTo("casting_from", 0, "casting");

  // Without a network.
  await mira.page.goto(`/voto/${town.id}`);
  await mira.page.getByRole("button", { name: "Nisni" }).waitFor();
  await mira.context.setOffline(true);
  await mira.page.reload();
  const offline = await vote(mira.page, "Shumë");
  await mira.page.getByText("Votat presin të nisen.").waitFor();
  await mira.context.setOffline(false);
  await inTheBox(mira.page, offline);

  // With another mind about the first.
  const changed = await vote(sotir.page, "Mjaft");
  await inTheBox(sotir.page, changed);
  await sotir.page.getByRole("button", { name: "Shihini ose ndryshojini" }).click();
  await sotir.page.getByRole("button", { name: /^Ndryshoni: / }).first().click();
  await sotir.page.getByRole("radio", { name: "Aspak" }).check({ force: true });
  await sotir.page.getByRole("button", { name: "Te përmbledhja" }).click();
  const again = sotir.context.waitForEvent("response", (answer) => answer.url().endsWith("/items") && answer.status() === 204);
  await sotir.page.getByRole("button", { name: "Hidhni ndryshimet" }).click();
  assert.equal((await again).request().postDataJSON().sequence, 2);

  const third = await vote(teuta.page, "Disi");
  await inTheBox(teuta.page, third);

  await town.moveTo("casting_until", 1, "counted");
  const all = offline + changed + third;
  const counted = await town.read();
  assert.equal(counted.result.counted, all);
  for (const { page } of phones) {
    await page.goto(`/konsultime/${town.id}/rezultati`);
    await page.getByRole("button", { name: "Numëroni vetë" }).click();
    await page.getByText(`Kutia del e saktë: ${all} vota, dhe rezultati është ky që tregon faqja.`).waitFor({ timeout: 30_000 });
  }
  const titles = await teuta.page.locator("ol > li h3").allInnerTexts();

  const published = await (await fetch(`${town.address}/api/v1/consultations/${town.id}/box.json`)).text();
  assert.equal(JSON.parse(published).root.hash, counted.roots.at(-1).hash);
  const file = join(town.folder, "box.json");
  writeFileSync(file, published);
  const said = town.ask("verify", file, "--language", "sq");
  assert.match(said, /Kutia del/);
  const order = said.split("\n").flatMap((line) => line.match(/^\s+\d+\.\s+[\d.]+ % \(\d+\) (.+)$/)?.[1] ?? []);
  assert.deepEqual(titles, order);
  assert.ok(proxy.answered().length === 2 && proxy.answered().every((count) => count > 20), "both processes answered");
  for (const { faults } of phones) assert.deepEqual(faults, []);
});
