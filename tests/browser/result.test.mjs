// A vote was counted: anybody reads the result and why, and counts the box again in their own browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boxOf, tellVote } from "./counted.mjs";
import { settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { DESK, PHONE, person, startBrowser, startTown } from "./town.mjs";

const RESULT = "/konsultime/abcdefghjkmnpqrs/rezultati";

let browser;
let town;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
});
after(async () => {
  await browser.close();
  town.stop();
});

/** Somebody before the result, whose browser says what it was forbidden and which workers it started. */
async function reader(method, box, until) {
  const { page, context } = await person(browser, town, { serviceWorkers: "block" });
  const seen = { refused: [], workers: [] };
  page.on("console", (line) => /Content Security Policy/.test(line.text()) && seen.refused.push(line.text()));
  page.on("worker", (worker) => seen.workers.push(new URL(worker.url()).pathname));
  await tellVote(page, method, box, until);
  await page.goto(RESULT);
  await page.locator("h1").waitFor();
  return { page, context, seen };
}

const count = (page) => page.getByRole("button", { name: "Numëroni vetë" }).click();

test("the ranking tells each part of a score, and workers of our own find the box to be true", async () => {
  const { page, context, seen } = await reader("prioritising");
  const first = page.locator("ol > li").first();
  await first.getByText("Si dalin këto pikë").click();
  assert.match(await first.innerText(), /58,0 nga 100/);
  assert.match(await first.locator("table").innerText(), /Votat\s+2,0 nga 5\s+4\s+10,0/);
  await count(page);
  await page.getByText("Kutia del e saktë: 6 vota, dhe rezultati është ky që tregon faqja.").waitFor();
  assert.ok(seen.workers.length >= 1 && seen.workers.every((path) => path.startsWith("/assets/")), String(seen.workers));
  assert.deepEqual(seen.refused, []);
  await context.close();
});

test("the ranking is on a map, under the ranks of what is there", async () => {
  const { page, context } = await person(browser, town);
  const list = await (await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`)).json();
  const id = list.items.at(-1).id;
  for (let tries = 0; (await (await fetch(`${town.address}/api/v1/consultations/${id}/vote`)).json()).stage !== "counted"; tries += 1) {
    assert.ok(tries < 300, "the sample's vote is counted");
    await new Promise((done) => setTimeout(done, 200));
  }
  await page.goto(`/konsultime/${id}/rezultati`);
  await page.getByRole("button", { name: "Shihni në hartë" }).click();
  const dots = page.locator(".leaflet-container .pin");
  await dots.first().waitFor();
  const ranks = (await dots.evaluateAll((all) => all.map((dot) => dot.title))).flatMap((title) => title.match(/\d+/g).map(Number));
  assert.deepEqual(ranks.toSorted((one, other) => one - other), [1, 2, 3, 4, 5, 6, 7]);
  const third = page.getByRole("button", { name: "Vendi 3 i renditjes" });
  await third.focus();
  await page.keyboard.press("Enter");
  const shown = page.getByRole("region", { name: "Vendi 3 i renditjes" });
  const title = await page.locator("ol > li").nth(2).locator("h3, a").first().innerText();
  assert.ok((await shown.innerText()).includes(title.trim()));
  await context.close();
});

test("a box that was tampered with is refused in a sentence", async () => {
  const box = boxOf("prioritising");
  box.items[2].value = (box.items[2].value % 5) + 1;
  const { page, context } = await reader("prioritising", box);
  await count(page);
  await page.getByText("Vota nr. 3: Vota është ndryshuar pasi e nënshkroi votuesi").waitFor();
  await context.close();
  const other = await reader("question", boxOf("prioritising"));
  await count(other.page);
  await other.page.getByText("Kjo është kutia e një votimi tjetër").waitFor();
  await other.context.close();
});

test("a count that takes too long is stopped, and begun again", async () => {
  let arrive;
  const { page, context } = await reader("question", undefined, new Promise((done) => (arrive = done)));
  await count(page);
  await page.locator("progress").waitFor();
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  assert.equal(await focused(), "Ndaleni", "who uses the keyboard is not thrown back to the top");
  await page.keyboard.press("Enter");
  await page.getByText("Numërimi u ndal.").waitFor();
  assert.equal(await focused(), "Numëroni sërish");
  arrive();
  await page.getByRole("button", { name: "Numëroni sërish" }).click();
  await page.getByText("Kutia del e saktë: 3 vota").waitFor();
  await context.close();
});

for (const [language, theme, viewport] of [
  ["sq", "light", PHONE],
  ["en", "dark", DESK],
  ["sq", "dark", PHONE],
  ["en", "light", PHONE],
]) {
  test(`a machine finds no fault with a result in ${language}, ${theme}, ${viewport.width} wide`, async () => {
    for (const method of ["prioritising", "question"]) {
      const { page, context } = await person(browser, town, { language, theme, viewport, serviceWorkers: "block" });
      await settle(page, language);
      await tellVote(page, method);
      await page.goto(RESULT);
      await settled(page);
      await page.getByRole("button", { name: /^(Numëroni vetë|Count it yourself)$/ }).click();
      await page.getByText(/^(Kutia del e saktë|The box adds up)/).waitFor();
      if (method === "prioritising") {
        await page.getByRole("button", { name: /^(Shihni në hartë|Show on a map)$/ }).click();
        await page.locator(".leaflet-container .outline").first().waitFor();
      }
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      assert.deepEqual(await faults(page, method), []);
      await context.close();
    }
  });
}
