// A survey for verified residents: the right to vote that lies on their phone answers it, and goes alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startElection, verify } from "./election.mjs";
import { enter, settle } from "./home.mjs";
import { noon } from "./noon.mjs";
import { counted } from "./pupils.mjs";
import { signIn } from "./staff.mjs";
import { DESK, person, startBrowser, waitFor } from "./town.mjs";

const MIRA = "mira@example.al";
const DAY = 86_400_000;
const day = (from, days) => new Date(from + days * DAY).toISOString().slice(0, 10);

let browser;
let town;
let consultation;
let room;
before(async () => {
  browser = await startBrowser();
  town = await startElection();
  const secretary = await signIn(town, "sekretaria@example.al");
  const today = Date.now() + noon * 1000;
  const dates = { collect_from: 0, collect_until: 33, discuss_until: 40, vote_until: 47, result_until: 60, plan_until: 90, report_on: 365 };
  const announced = await secretary.post("/municipalities/elbasan/consultations", {
    question: "A të mbyllet sheshi për makinat?",
    objective: "Të vendoset si përdoret sheshi nga pranvera e ardhshme.",
    explanation: "Sheshi është i vetmi vend pa trafik në qendër; kalimi i makinave e ndan shkollën nga parku.",
    choices: ["Po", "Jo"],
    dates: Object.fromEntries(Object.entries(dates).map(([name, days]) => [name, day(today, days)])),
  });
  consultation = announced.id;
  await reach("issuing");
  const { items } = await secretary.get("/poll-templates");
  const { kind, paper } = items.find(({ name }) => name === "hearing");
  const { id } = await secretary.post("/municipalities/elbasan/polls", { kind, year: 2026, series: null, paper });
  await secretary.post(`/polls/${id}/publication`);
  room = await secretary.post(`/polls/${id}/rooms`, { way: "verified", school: null, class: null, invited: null, grace_minutes: 0, consultation });
  await secretary.post(`/poll-rooms/${room.code}/opening`, { days: 60 });
  await verify(browser, town, MIRA);
});
after(async () => {
  await browser.close();
  town.stop();
});

const read = async () => (await fetch(`${town.address}/api/v1/consultations/${consultation}/vote`)).json();
const reach = (stage) => waitFor(async () => (await read()).stage === stage, `the vote is ${stage}`, 60_000);

test("a verified resident answers with the right on the phone, once, and nothing of them goes along", async () => {
  const mira = await person(browser, town);
  const { page } = mira;
  await settle(page);
  await enter(page, town, MIRA);
  await page.goto(`/konsultime/${consultation}`);
  await waitFor(async () => (await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))) === true, "the worker");
  await waitFor(() => page.evaluate((id) => new Promise((done) => {
    const opening = indexedDB.open("trekendesh");
    opening.onsuccess = () => {
      const all = opening.result.transaction("votes").objectStore("votes").getAll();
      all.onsuccess = () => {
        opening.result.close();
        done(all.result.some((held) => held.consultation === id && held.tokens.length === 1));
      };
    };
  }), consultation), "the right lies on the phone", 60_000);

  const { casting_from: from } = await read();
  town.moveClock(Math.round((Date.parse(from) - Date.parse(day(Date.now() + noon * 1000, 0))) / 1000));
  await reach("casting");
  const stranger = await person(browser, town, { viewport: DESK });
  await settle(stranger.page);
  await stranger.page.goto(`/klasa/${room.code}`);
  await stranger.page.getByText("Nga ky telefon tani nuk mund të përgjigjeni.").waitFor();

  const sent = [];
  page.on("request", async (request) => {
    if (request.url().endsWith("/answers")) sent.push(await request.allHeaders());
  });
  await page.goto(`/klasa/${room.code}`);
  await page.getByText("Ky telefon e ka të drejtën tuaj të votës. Mund të përgjigjeni.").waitFor();
  await page.getByRole("button", { name: "Filloni" }).click();
  await page.getByRole("radio", { name: "Mirë", exact: true }).check({ force: true });
  for (let step = 0; !(await page.locator("main dl").count()) && step < 12; step += 1) {
    const before = await page.locator("#asked").textContent();
    await page.locator("footer button").click();
    await page.waitForFunction((was) => document.querySelector("#asked")?.textContent !== was, before);
  }
  await page.locator("footer button").click();
  await counted(page);
  assert.equal(sent.length, 1);
  assert.equal(sent[0].cookie, undefined);
  assert.equal(sent[0]["x-device"], undefined);
  const { answered } = await (await fetch(`${town.address}/api/v1/poll-rooms/${room.code}`)).json();
  assert.equal(answered, 1);
});
