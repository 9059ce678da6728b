// What a hearing shows in the hall: the promises of the report, each once, with the word the report has for it; turned
// by keyboard, by remote and by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { faults, low, settled, sideways } from "./look.mjs";
import { DESK, person, startBrowser, startTown } from "./town.mjs";

const YEAR = new Date().getFullYear();
const VERDICTS = {
  unaddressed: "Nuk u mor asnjë masë",
  late: "Me vonesë",
  contested: "Banorët thonë se nuk u zgjidh",
  under_way: "Në zbatim",
  partly: "U mbajt pjesërisht",
  kept: "U mbajt",
  refused: "Nuk u mor përsipër",
  merged: "Pjesë e një shqetësimi tjetër",
};

let browser;
let town;
let page;
let record;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  ({ page } = await person(browser, town, { viewport: DESK }));
  await settle(page);
  ({ record } = await (await page.request.get(`/api/v1/municipalities/elbasan/reports/${YEAR}`)).json());
});
after(async () => {
  await browser.close();
  town.stop();
});

const told = (where = page) => where.getByRole("navigation", { name: "Pamjet" }).getByRole("status");
const stands = async (place, all) => told().getByText(new RegExp(`^${place} / ${all}`)).waitFor();
const heading = () => page.getByRole("heading", { level: 1 }).innerText();
const count = async () => Number((await told().innerText()).match(/\/ (\d+)/)[1]);

/** The heading, the words and the measures of every slide, turned one by one. */
async function walk(key) {
  await page.keyboard.press("Home");
  const all = await count();
  const seen = [];
  for (let place = 1; place <= all; place += 1) {
    await stands(place, all);
    const main = page.locator("main");
    seen.push({
      heading: (await heading()).replace(/\s+/g, " "),
      text: await main.innerText(),
      paragraphs: (await main.locator("p").allInnerTexts()).map((text) => text.trim()),
      measures: await main.locator("li h2").allInnerTexts(),
      tallies: await main.locator("dd").allInnerTexts(),
    });
    await page.keyboard.press(key);
  }
  return seen;
}

test("the report leads to a slide for every promise, with the words and numbers of its rows", async () => {
  await page.goto("/raporti");
  await page.getByRole("link", { name: "Shfaqeni në sallë" }).click();
  await page.getByRole("heading", { level: 1, name: `Çfarë premtuam dhe çfarë bëmë, ${YEAR}` }).waitFor();
  const seen = await walk("ArrowRight");
  const [title, ...rest] = seen;
  assert.ok(title.text.includes(record.name), title.text);
  const many = (...verdicts) => String(record.priorities.filter(({ verdict }) => verdicts.includes(verdict)).length);
  const numbers = [String(record.priorities.length), many("kept"), many("partly"), many("under_way"), many("late", "unaddressed")];
  assert.deepEqual(title.tallies.slice(0, 5), numbers);

  assert.ok(record.priorities.length > 5, "control: the sample year has priorities");
  for (const [index, one] of record.priorities.entries()) {
    const slide = rest[index];
    assert.equal(slide.heading, `${index + 1} ${one.title}`);
    assert.ok(slide.paragraphs.includes(VERDICTS[one.verdict]), `${one.title}: ${one.verdict}`);
    assert.ok(slide.paragraphs.includes(one.answer.text), one.answer.text);
    const [year, month, day] = one.answer.on.split("-");
    assert.ok(slide.text.includes(`${day}.${month}.${year}`), one.answer.on);
    const own = record.measures.filter(({ id }) => one.measures.includes(id));
    assert.deepEqual(slide.measures, own.map(({ title }) => title));
    for (const { name } of own.flatMap(({ indicators }) => indicators)) assert.ok(slide.text.includes(name), name);
  }
  const others = rest.slice(record.priorities.length, -1);
  const answering = record.priorities.flatMap(({ measures }) => measures);
  assert.deepEqual(
    others.flatMap(({ measures }) => measures),
    record.measures.filter(({ id }) => !answering.includes(id)).map(({ title }) => title),
  );
  assert.equal(rest.at(-1).heading, "Pyetjet tuaja");
  await page.getByRole("img", { name: "Kodi QR me adresën e raportit" }).waitFor();
});

test("a meeting that answers for a year is named so and leads to that year's promises", async () => {
  const { items } = await (await page.request.get("/api/v1/municipalities/elbasan/meetings")).json();
  const { title, answers_for: year } = items.find(({ answers_for }) => answers_for);
  const report = await (await page.request.get(`/api/v1/municipalities/elbasan/reports/${year}`)).json();
  await page.goto("/takime");
  await page.getByRole("article").filter({ hasText: title }).getByText(`Takim llogaridhënës për vitin ${year}`).waitFor();
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("link", { name: `Çfarë premtoi këshilli për vitin ${year}` }).click();
  await page.getByRole("heading", { level: 1, name: /Çfarë premtuam dhe çfarë bëmë/ }).waitFor();
  await page.keyboard.press("ArrowRight");
  const [first] = report.record.priorities;
  await page.getByRole("heading", { level: 1 }).filter({ hasText: first.title }).waitFor();
});

test("keys, a remote and the buttons turn the slides, and a reload stays", async () => {
  await page.keyboard.press("Home");
  const all = await count();
  await stands(1, all);
  for (const [key, place] of [["PageDown", 2], ["Space", 3], ["PageUp", 2], ["ArrowRight", 3], ["ArrowLeft", 2], ["End", all], ["PageDown", all], ["Home", 1], ["ArrowLeft", 1]]) {
    await page.keyboard.press(key);
    await stands(place, all);
  }
  const next = page.getByRole("button", { name: "Vazhdoni" });
  await next.click();
  await stands(2, all);
  // A space on a button presses that button only.
  await page.keyboard.press("Space");
  await stands(3, all);
  await page.reload();
  await stands(3, all);
  assert.equal((await heading()).replace(/\s+/g, " "), `2 ${record.priorities[1].title}`);
  await page.getByRole("button", { name: "Mbrapa" }).click();
  await stands(2, all);
  assert.equal(await page.title(), `Çfarë premtuam dhe çfarë bëmë, ${YEAR} · Trekëndësh`);
  await page.getByRole("link", { name: "Raporti i plotë" }).click();
  await page.getByRole("heading", { level: 1, name: `Raporti vjetor ${YEAR}` }).waitFor();
});

test("what was read once is shown in a hall without a network", async () => {
  const { page: own, context } = await person(browser, town, { viewport: DESK });
  await settle(own);
  await own.evaluate(() => navigator.serviceWorker.ready);
  await own.waitForFunction(() => navigator.serviceWorker.controller);
  await own.goto(`/raporti/ekrani?viti=${YEAR}`);
  await told(own).waitFor();
  await own.getByRole("link", { name: "Raporti i plotë" }).click();
  await own.getByRole("link", { name: "Shfaqeni në sallë" }).waitFor();
  await context.setOffline(true);
  await own.getByRole("link", { name: "Shfaqeni në sallë" }).click();
  await told(own).waitFor();
  await own.keyboard.press("ArrowRight");
  await own.getByRole("heading", { level: 1, name: record.priorities[0].title }).waitFor();
  await context.close();
});

test("no slide has a fault that a machine can find, nor is one wider than a narrow phone", async () => {
  for (const viewport of [DESK, { width: 320, height: 640 }]) {
    const { page: own, context } = await person(browser, town, { viewport });
    await settle(own);
    await own.goto(`/raporti/ekrani?viti=${YEAR}`);
    await settled(own);
    const all = Number((await told(own).innerText()).match(/\/ (\d+)/)[1]);
    const found = [];
    for (let place = 1; place <= all; place += 1) {
      await told(own).getByText(new RegExp(`^${place} / `)).waitFor();
      found.push(...(await sideways(own, `slide ${place}, ${viewport.width} wide`)));
      if ([1, 4, all - 1, all].includes(place)) found.push(...(await faults(own, `slide ${place}`)), ...(await low(own.locator("nav button, header .button"))));
      await own.keyboard.press("PageDown");
    }
    assert.deepEqual(found, []);
    await context.close();
  }
});
