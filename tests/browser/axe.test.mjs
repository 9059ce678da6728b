// No public page has an accessibility fault that a machine can find: every route, both themes, both
// languages, phone and desk. A planted fault proves that the search finds something.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { faults, OTHERS, pollRoutes, ROUTES, settled } from "./look.mjs";
import { DESK, PHONE, person, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
let concern;
let consultation;
let meeting;
let measure;
let polls;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  const list = await fetch(`${town.address}/api/v1/municipalities/elbasan/concerns?sort=most_supported`);
  concern = (await list.json()).items[2].id;
  const asked = await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`);
  consultation = (await asked.json()).items[0].id;
  const met = await fetch(`${town.address}/api/v1/municipalities/elbasan/meetings`);
  meeting = (await met.json()).items[0].id;
  const plan = await fetch(`${town.address}/api/v1/municipalities/elbasan/measures`);
  measure = (await plan.json()).objectives[0].measures[0].id;
  polls = await pollRoutes(town);
});
after(async () => {
  await browser.close();
  town.stop();
});

for (const [language, theme, viewport] of [
  ["sq", "light", PHONE],
  ["sq", "dark", DESK],
  ["en", "light", DESK],
  ["en", "dark", PHONE],
]) {
  test(`every page in ${language}, ${theme}, ${viewport.width} wide`, async () => {
    const { page, context } = await person(browser, town, { language, theme, viewport });
    await settle(page, language);
    const found = [];
    for (const route of [...ROUTES, `/shqetesime/${concern}`, `/konsultime/${consultation}`, `/takime/${meeting}`, `/masat/${measure}`, ...polls]) {
      await page.goto(route);
      await settled(page);
      found.push(...(await faults(page, route)));
    }
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("no route of the app is left out", () => {
  const read = (name) => readFileSync(new URL(`../../pwa/src/routes/${name}.ts`, import.meta.url), "utf8");
  const table = read("table") + read("desk");
  const patterns = [...table.matchAll(/pattern: '(\/[^']*)'/g)].map(([, pattern]) => pattern);
  assert.ok(patterns.length > 10, "control: routes are found");
  assert.deepEqual(patterns.filter((pattern) => ![...ROUTES, ...OTHERS].includes(pattern)), []);
});

test("a planted fault is found", async () => {
  const { page, context } = await person(browser, town);
  await page.goto("/");
  await settled(page);
  await page.evaluate(() => {
    const picture = document.createElement("img");
    picture.src = "/icons/icon.svg";
    document.querySelector("main").append(picture);
  });
  const found = await faults(page, "/");
  assert.ok(found.some((fault) => fault.includes("image-alt")), String(found));
  await context.close();
});
