// What residents say stands beside what institutions counted; the police publish a table of theirs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { DESK, person, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
let police;
let resident;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  police = await person(browser, town, { viewport: DESK });
  await settle(police.page);
  await enter(police.page, town, "policia@example.al");
  resident = await person(browser, town);
  await settle(resident.page);
});
after(async () => {
  await browser.close();
  town.stop();
});

const table = (page, name) => page.locator("table").filter({ has: page.locator("caption", { hasText: name }) });

test("everybody reads of a topic what was said and what was counted, with its source", async () => {
  const { page } = resident;
  await page.goto("/raporti");
  await settled(page);
  const road = table(page, "Siguria rrugore");
  await road.locator("th", { hasText: "Aksidente rrugore me të plagosur" }).waitFor();
  const text = await road.innerText();
  assert.match(text, /Shqetësime publike/);
  assert.match(text, /Burimi: Komisariati i Policisë Elbasan, raporti vjetor, publikuar më \d\d\.\d\d\.\d{4}/);
  assert.match(text, /47/);
  assert.equal(await page.locator("summary", { hasText: "Publikoni shifrat" }).count(), 0, "for members alone");
  assert.deepEqual(await faults(page, "/raporti"), []);
});

test("a member publishes a table; a cell that cannot be read is named, and nothing written is lost", async () => {
  const { page } = police;
  await page.goto("/raporti");
  await settled(page);
  await page.locator("summary", { hasText: "Publikoni shifrat" }).click();
  const field = page.getByLabel("Tabela", { exact: true });
  const head = "Tema;Çfarë u numërua;Viti;Vlera;Burimi;Publikuar më";
  await field.fill(`${head}\nSiguria rrugore;Gjoba për shpejtësi;2025;shumë;Policia Rrugore;31.01.2026`);
  await page.locator("button", { hasText: "Publikojini" }).click();
  await page.getByText("Rreshti 2, Vlera: kjo nuk lexohet.").waitFor();
  await page.reload();
  await settled(page);
  await page.locator("summary", { hasText: "Publikoni shifrat" }).click();
  assert.match(await field.inputValue(), /shumë/);
  await field.fill(`${head}\nSiguria rrugore;Gjoba për shpejtësi;2025;1 204;Policia Rrugore;31.01.2099`);
  await page.locator("button", { hasText: "Publikojini" }).click();
  await page.getByText("Rreshti 2, Publikuar më: Kjo ditë ende nuk ka ardhur.").waitFor();
  const file = { name: "shifrat.csv", mimeType: "text/csv", buffer: Buffer.from(`${head}\nroad;Gjoba për shpejtësi;2025;1204;Policia Rrugore;31.01.2026\n`) };
  await page.getByLabel("Skedar CSV").setInputFiles(file);
  await page.locator("button", { hasText: "Publikojini" }).click();
  const row = table(page, "Siguria rrugore").locator("tr", { hasText: "Gjoba për shpejtësi" });
  await row.getByText(/1.?204/).waitFor();
  assert.deepEqual(await faults(page, "/raporti"), []);
  await resident.page.reload();
  await table(resident.page, "Siguria rrugore").locator("tr", { hasText: "Gjoba për shpejtësi" }).waitFor();

  await page.locator("li", { hasText: "Gjoba për shpejtësi" }).locator("button").click();
  await row.waitFor({ state: "detached" });
});
