// What became of each concern that residents brought: not before all are in, and then for everybody, also
// as a table, without a fault that a machine can find.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { DESK, PHONE, amount, person, startBrowser, startTown } from "./town.mjs";

const DAY = 86_400;

let browser;
let town;
let id;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  const asked = await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`);
  id = (await asked.json()).items[0].id;
});
after(async () => {
  await browser.close();
  town.stop();
});

test("while concerns are collected it says when it comes", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await page.goto(`/konsultime/${id}`);
  await page.getByRole("heading", { name: "Lista për votim" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Ç’u bë me çdo shqetësim" }).count(), 0);
  await page.goto(`/konsultime/${id}/permbledhja`);
  await page.getByRole("heading", { level: 1, name: "Përmbledhja ende nuk ka dalë" }).waitFor();
  assert.deepEqual(await faults(page, "early"), []);
  await page.goto("/konsultime/0000000000000000/permbledhja");
  await page.getByRole("heading", { level: 1, name: "Ky konsultim nuk u gjet" }).waitFor();
  await context.close();
});

test("afterwards everybody reads what became of each, and takes it along as a table", async () => {
  town.moveClock(45 * DAY);
  const { page, context, faults: broken } = await person(browser, town);
  await settle(page);
  await page.goto(`/konsultime/${id}`);
  await page.getByRole("link", { name: "Ç’u bë me çdo shqetësim" }).click();
  await page.waitForURL("**/permbledhja");
  const listed = page.getByRole("region", { name: "Në listën për votim (7)" });
  await listed.waitFor();
  await amount(listed.getByRole("listitem"), 7);
  const out = page.getByRole("region", { name: "Jashtë listës (3)" });
  await out.getByText("Është tashmë në plan, me institucion dhe afat; ecurinë e shihni te shqetësimi.").waitFor();
  await page.getByRole("region", { name: "Ende pa vendim (2)" }).waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Shkarkojeni si tabelë (CSV)" }).click();
  const table = await saving;
  assert.equal(table.suggestedFilename(), `${id}.csv`);
  let text = "";
  for await (const part of await table.createReadStream()) text += part;
  assert.match(text, /^id,title,unit,received_on,became,/);
  assert.equal(text.match(/,accepted,/g).length, 7);
  assert.deepEqual(broken, []);
  await context.close();
});

for (const [language, theme, viewport] of [
  ["sq", "light", PHONE],
  ["sq", "dark", DESK],
  ["en", "light", DESK],
  ["en", "dark", { width: 320, height: 640 }],
]) {
  test(`it has no fault in ${language}, ${theme}, ${viewport.width} wide`, async () => {
    town.moveClock(45 * DAY);
    const { page, context } = await person(browser, town, { language, theme, viewport });
    await settle(page, language);
    await page.goto(`/konsultime/${id}/permbledhja`);
    await page.locator("#unseen").waitFor();
    await settled(page);
    assert.deepEqual(await faults(page, "summary"), []);
    await context.close();
  });
}
