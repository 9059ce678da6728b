// Before a meeting: somebody asks without a name and without a network, the secretary decides the day after, others say
// which answers they wait for, and an institution answers at the meeting.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults as lookFor, settled } from "./look.mjs";
import { noon } from "./noon.mjs";
import { DESK, person, reads, startBrowser, startTown, waitFor } from "./town.mjs";

const DAY = 86_400;
const LIGHTS = "Kur ndërrohen llambat te shkolla?";
const BUS = "Pse nuk ndalet autobusi te kryqëzimi?";
const NAMED = "Pse nuk e rregullon Agim Canari gropën?";

let browser;
let town;
let meeting;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  const list = await (await fetch(`${town.address}/api/v1/municipalities/elbasan/meetings`)).json();
  meeting = list.items.find(({ kind, time }) => kind === "hearing" && Date.parse(time.starts_at) > Date.now());
});
after(async () => {
  await browser.close();
  town.stop();
});

/** A button about one of several questions. */
const named = (label, text) => new RegExp(`^${label}.*${text.slice(0, -1)}`);
const box = (page) => page.getByRole("region", { name: /^Pyetje para takimit/ });

async function ask(page, text) {
  await box(page).waitFor();
  const more = box(page).getByRole("button", { name: "Bëni një pyetje" });
  if (await more.count()) await more.click();
  await box(page).getByLabel("Pyetja juaj").fill(text);
}

async function send(page) {
  await box(page).getByRole("button", { name: "Dërgojeni pyetjen" }).click();
  const field = box(page).getByLabel("Pyetja juaj");
  await waitFor(async () => (await field.inputValue()) === "", "it is on its way");
}

const noneWaits = (page) => box(page).getByText("Në pritje për dërgim").waitFor({ state: "detached" });

test("a question is asked, published, awaited and answered", async () => {
  const { page, context, faults } = await person(browser, town);
  await settle(page);
  await enter(page, town, "mira@example.al");
  await page.goto(`/takime/${meeting.id}`);
  await ask(page, LIGHTS);
  await page.reload();
  assert.equal(await box(page).getByLabel("Pyetja juaj").inputValue(), LIGHTS, "nothing typed is lost");
  await settled(page);
  assert.deepEqual(await lookFor(page, "asking before a meeting"), []);
  await context.setOffline(true);
  await send(page);
  await box(page).getByText("Në pritje për dërgim").waitFor();
  const sent = context.waitForEvent("request", (request) => request.method() === "POST" && request.url().endsWith("/questions"));
  await context.setOffline(false);
  const headers = await (await sent).allHeaders();
  assert.equal(headers["cookie"], undefined, "a session never reaches an anonymous question");
  await noneWaits(page);
  for (const text of [BUS, NAMED]) {
    await ask(page, text);
    await send(page);
    await noneWaits(page);
  }

  const secretary = await person(browser, town, { viewport: DESK });
  await settle(secretary.page);
  const desk = secretary.page;
  town.moveClock(DAY);
  await enter(desk, town, "sekretaria@example.al");
  await desk.goto(`/tavolina/takime/${meeting.id}`);
  for (const text of [LIGHTS, BUS]) {
    await desk.getByRole("button", { name: named("Publikojeni", text) }).click();
    await desk.getByRole("button", { name: named("Hiqeni nga faqja", text) }).waitFor();
  }
  await desk.getByRole("button", { name: named("Mos e publikoni", NAMED) }).click();
  await desk.locator("dialog[open] textarea").fill("Përmend një person me emër.");
  await desk.locator("dialog[open]").getByRole("button", { name: "Mos e publikoni" }).click();
  await desk.getByText("Asnjë pyetje nuk pret.").waitFor();

  // Somebody without an account waits for the answer to one; the open page hears of it by itself.
  const other = await person(browser, town);
  await settle(other.page);
  await other.page.goto(`/takime/${meeting.id}`);
  await box(other.page).getByRole("button", { name: named("E pres përgjigjen", BUS) }).click();
  await box(other.page).getByText("1 e pret përgjigjen").waitFor();
  await other.page.reload();
  await box(other.page).getByRole("button", { name: named("E prisni përgjigjen", BUS), pressed: true }).waitFor();
  await settled(other.page);
  assert.deepEqual(await lookFor(other.page, "awaiting an answer"), []);
  await box(page).getByText("1 e pret përgjigjen").waitFor();
  assert.equal(await page.getByText(NAMED).count(), 0);
  await page.getByText("1 pyetje nuk u publikua").click();
  await page.getByText("Përmend një person me emër.").waitFor();
  await desk.reload();
  await desk.getByText("1 e pret përgjigjen").waitFor();
  const awaited = desk.locator("details", { hasText: "nga më të priturat" }).locator("li .words");
  await reads(awaited, [BUS, LIGHTS]);
  await settled(desk);
  assert.deepEqual(await lookFor(desk, "questions before a meeting at the desk"), []);

  const begins = Date.parse(meeting.time.starts_at) + 60_000;
  town.moveClock(Math.round((begins - Date.now()) / 1000) - noon);
  const police = await person(browser, town);
  await police.context.clock.install({ time: begins });
  await settle(police.page);
  await enter(police.page, town, "policia@example.al");
  await police.page.goto(`/takime/${meeting.id}`);
  const item = box(police.page).getByRole("listitem").filter({ hasText: BUS });
  await item.locator("summary").click();
  await item.getByLabel("Përgjigja e institucionit tuaj").fill("Ndalesa kthehet nga e hëna.");
  await item.getByRole("button", { name: "Publikojeni përgjigjen" }).click();
  await box(police.page).getByText("Ndalesa kthehet nga e hëna.").first().waitFor();
  await settled(police.page);
  assert.deepEqual(await lookFor(police.page, "answering at a meeting"), []);
  await box(other.page).getByText("Ndalesa kthehet nga e hëna.").waitFor();
  assert.deepEqual([...faults, ...secretary.faults, ...other.faults, ...police.faults], []);
});

test("what comes too late is refused in words and stays with who wrote it", async () => {
  const { page, context } = await person(browser, town);
  await context.clock.install({ time: Date.parse(meeting.time.starts_at) - 3_600_000 });
  await settle(page);
  await page.goto(`/takime/${meeting.id}`);
  await ask(page, "A mbetet kohë për një pyetje?");
  await send(page);
  await page.goto("/pritje");
  await page.getByText("Nuk u pranua: Ky takim ka nisur").waitFor();
  await page.getByRole("button", { name: "Ndryshojeni" }).click();
  await page.waitForURL((url) => url.pathname === `/takime/${meeting.id}`);
  assert.equal(await box(page).getByLabel("Pyetja juaj").inputValue(), "A mbetet kohë për një pyetje?");
});
