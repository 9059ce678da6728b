// The discussion: somebody asks without a name and without a network, the secretary decides the day after,
// an institution answers, and nothing that was typed is lost on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults as lookFor } from "./look.mjs";
import { DESK, person, startBrowser, startTown } from "./town.mjs";

const DAY = 86_400;
const LIGHTS = "Kur ndërrohen llambat te shkolla?";
const NAMED = "Pse nuk e rregullon Agim Canari gropën?";
const BOX = /^Pyetje dhe përgjigje/;

let browser;
let town;
let consultation;
let days;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  const list = await (await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`)).json();
  const asked = list.items.find(({ phase }) => phase === "collect" || phase === "discuss");
  consultation = asked.id;
  days = Math.max(0, Math.round((Date.parse(asked.dates.collect_until) - Date.parse(today())) / (DAY * 1000)) + 1);
  town.moveClock(days * DAY);
});
after(async () => {
  await browser.close();
  town.stop();
});

const today = () => new Date().toISOString().slice(0, 10);

async function openBox(page) {
  const box = page.locator("details").filter({ hasText: BOX }).first();
  if (!(await box.getAttribute("open").then((open) => open !== null))) await box.locator("summary").first().click();
  return box;
}

test("who asks without a network and without a name is published the day after and answered", async () => {
  const { page, context, faults } = await person(browser, town);
  await settle(page);
  await enter(page, town, "mira@example.al");
  await page.goto(`/konsultime/${consultation}`);
  let box = await openBox(page);
  await box.getByLabel("Pyetja juaj").fill(LIGHTS);
  await page.reload();
  box = await openBox(page);
  assert.equal(await box.getByLabel("Pyetja juaj").inputValue(), LIGHTS, "nothing typed is lost");

  await context.setOffline(true);
  await box.getByRole("button", { name: "Dërgojeni pyetjen" }).click();
  await box.getByText("Në pritje për dërgim").waitFor();
  await box.getByRole("button", { name: "Ndryshojeni" }).click();
  assert.equal(await box.getByLabel("Pyetja juaj").inputValue(), LIGHTS);
  await box.getByRole("button", { name: "Dërgojeni pyetjen" }).click();
  // The page sends it, or the worker it has in the background.
  const sent = context.waitForEvent("request", (request) => request.method() === "POST" && request.url().endsWith("/questions"));
  await context.setOffline(false);
  const headers = await (await sent).allHeaders();
  assert.equal(headers["cookie"], undefined, "a session never reaches an anonymous question");
  await box.getByText("Në pritje për dërgim").waitFor({ state: "detached" });
  await box.getByLabel("Pyetja juaj").fill(NAMED);
  await box.getByRole("button", { name: "Dërgojeni pyetjen" }).click();
  await box.getByText("Në pritje për dërgim").waitFor({ state: "detached" });

  const secretary = await person(browser, town, { viewport: DESK });
  await settle(secretary.page);
  await enter(secretary.page, town, "sekretaria@example.al");
  const desk = secretary.page;
  await desk.goto(`/tavolina/konsultime/${consultation}`);
  await desk.getByText("Asnjë pyetje nuk pret.").waitFor();
  town.moveClock((days + 1) * DAY);
  await enter(desk, town, "sekretaria@example.al");
  await desk.goto(`/tavolina/konsultime/${consultation}`);
  await desk.getByRole("button", { name: new RegExp(`^Publikojeni.*${LIGHTS.slice(0, -1)}`) }).click();
  await desk.getByText("Pyetja u publikua.").waitFor();
  await desk.getByRole("button", { name: new RegExp(`^Mos e publikoni.*${NAMED.slice(0, -1)}`) }).click();
  const dialog = desk.locator("dialog[open]");
  await dialog.locator("textarea").fill("Përmend një person me emër.");
  assert.deepEqual(await lookFor(desk, "moderation"), []);
  await dialog.getByRole("button", { name: "Mos e publikoni" }).click();
  await desk.getByText("Asnjë pyetje nuk pret.").waitFor();

  const police = await person(browser, town);
  await settle(police.page);
  await enter(police.page, town, "policia@example.al");
  await police.page.goto(`/konsultime/${consultation}`);
  const answering = await openBox(police.page);
  await answering.locator("summary", { hasText: "Përgjigjuni" }).click();
  await answering.getByLabel("Përgjigja e institucionit tuaj").fill("Llambat ndërrohen brenda muajit.");
  await police.page.reload();
  const again = await openBox(police.page);
  assert.equal(await again.getByLabel("Përgjigja e institucionit tuaj").inputValue(), "Llambat ndërrohen brenda muajit.");
  assert.deepEqual(await lookFor(police.page, "answering"), []);
  await again.getByRole("button", { name: "Publikojeni përgjigjen" }).click();

  // The open page of the resident hears of it by itself.
  await page.getByText("Llambat ndërrohen brenda muajit.").waitFor({ timeout: 20_000 });
  await page.getByText("1 pyetje nuk u publikua").click();
  await page.getByText("Përmend një person me emër.").waitFor();
  assert.equal(await page.getByText(NAMED).count(), 0);
  assert.deepEqual(await lookFor(page, "asked and answered"), []);
  assert.deepEqual([...faults, ...secretary.faults, ...police.faults], []);
});

test("what comes too late is refused in words and stays with who wrote it", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await page.goto(`/konsultime/${consultation}`);
  const whole = page.locator("details", { hasText: "Pyetje për gjithë konsultimin" });
  await whole.locator("summary").first().click();
  await context.setOffline(true);
  await whole.getByLabel("Pyetja juaj").fill("A mbetet kohë për një pyetje?");
  await whole.getByRole("button", { name: "Dërgojeni pyetjen" }).click();
  await whole.getByText("Në pritje për dërgim").waitFor();
  const { dates } = await (await fetch(`${town.address}/api/v1/consultations/${consultation}`)).json();
  town.moveClock(Math.round((Date.parse(dates.vote_until) - Date.parse(today())) / 1000));
  await context.setOffline(false);
  await page.goto("/pritje");
  await page.getByText("Nuk u pranua: Pyetjet bëhen gjatë diskutimit").waitFor();
  await page.getByRole("button", { name: "Ndryshojeni" }).click();
  await page.waitForURL((url) => url.pathname === `/konsultime/${consultation}`);
  await page.getByText("A mbetet kohë për një pyetje?").waitFor();
});
