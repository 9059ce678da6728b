// What waited for a plan becomes a measure with one lead; whoever leads reports, residents read what was done, and
// when the year is over the council answers for it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled, sideways } from "./look.mjs";
import { DESK, person, PHONE, reads, startBrowser, startTown } from "./town.mjs";

const TITLE = "Autobot zjarrfikës me bazë në Zavalinë";
const CONCERN = "S'kemi ujë për të shuar zjarret në Zavalinë";
const TOLD = "Autoboti u ble dhe rri te shkolla e vjetër; provuam ta mbushnim te burimi.";
const later = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsIty0Y1qBN/CYAWWaV+LgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMBlAfwVANNJmgfyAAAAAElFTkSuQmCC",
  "base64",
);

let browser;
let town;
let secretary;
let resident;
let measure;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  secretary = await person(browser, town, { viewport: DESK });
  await settle(secretary.page);
  await enter(secretary.page, town, "sekretaria@example.al");
  resident = await person(browser, town);
  await settle(resident.page);
});
after(async () => {
  await browser.close();
  town.stop();
});

test("a priority becomes a measure, which is approved once it can be told whether it helped", async () => {
  const { page } = secretary;
  await page.goto("/tavolina");
  await page.getByRole("link", { name: "Plani", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: /^Plani/ }).waitFor();
  await page.getByLabel("Objektivi", { exact: true }).last().selectOption({ label: "Gati për zjarrin, përmbytjen dhe ditët e festës" });
  await page.getByLabel("Masa", { exact: true }).fill(TITLE);
  await page.getByLabel("Drejton", { exact: true }).selectOption("municipality");
  await page.getByLabel("Afati", { exact: true }).fill(later(90));
  await page.getByLabel("Buxheti, lekë").fill("2 400 000");
  await page.getByRole("checkbox", { name: CONCERN }).check();
  await page.reload();
  assert.equal(await page.getByLabel("Masa", { exact: true }).inputValue(), TITLE);
  await page.getByRole("button", { name: "Ruajeni draftin" }).click();
  await page.getByText("Drafti u ruajt.").first().waitFor();
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
  await page.getByRole("button", { name: "Miratojeni" }).click();
  await page.getByText("Treguesit: Kjo duhet plotësuar.").waitFor();
  await page.getByLabel("Treguesi 1").or(page.getByRole("button", { name: "Shtoni një tregues" })).first().waitFor();
  if ((await page.getByLabel("Treguesi 1").count()) === 0) await page.getByRole("button", { name: "Shtoni një tregues" }).click();
  await page.getByLabel("Treguesi 1").fill("Koha deri te zjarri");
  await page.getByLabel("Njësia", { exact: true }).fill("minuta");
  await page.getByText("Ruani më parë draftin").waitFor();
  assert.equal(await page.getByRole("button", { name: "Miratojeni" }).count(), 0);
  await page.getByLabel("Sot", { exact: true }).fill("pak");
  await page.getByRole("button", { name: "Ruajeni draftin" }).click();
  assert.equal(await page.getByLabel("Sot", { exact: true }).evaluate((field) => field.validationMessage), "Këtu duhet një numër.");
  await page.getByLabel("Sot", { exact: true }).fill("55");
  await page.getByLabel("Synimi", { exact: true }).fill("15");
  await page.getByLabel("Burimi", { exact: true }).fill("Zjarrfikësja");
  await page.getByRole("button", { name: "Ruajeni draftin" }).click();
  await page.getByText("Drafti u ruajt.").first().waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the draft"), []);
  await page.getByRole("button", { name: "Miratojeni" }).click();
  await page.getByText("Masa u miratua.").first().waitFor();
  await page.getByRole("link", { name: "Shiheni si banor" }).click();
  await page.waitForURL("**/masat/*");
  measure = new URL(page.url()).pathname;
  await page.getByText("nga 55 te 15").waitFor();
  assert.deepEqual(secretary.faults, []);
});

test("whoever leads reports with a value and a photo", async () => {
  const { page } = secretary;
  await page.goto(measure);
  const form = page.getByRole("region", { name: "Raportoni" });
  await form.getByLabel("Ku është masa").selectOption("done");
  await form.getByLabel("Çfarë u bë, çfarë jo dhe pse").fill(TOLD);
  await form.getByRole("button", { name: "Dërgojeni raportin" }).click();
  await form.getByText("Kjo duhet plotësuar.").waitFor();
  await form.getByLabel("Koha deri te zjarri (minuta)").fill("12,5");
  await form.getByLabel("Shpenzuar deri tani, lekë").fill("2 310 000");
  await page.reload();
  assert.equal(await form.getByLabel("Çfarë u bë, çfarë jo dhe pse").inputValue(), TOLD);
  assert.equal(await form.getByLabel("Koha deri te zjarri (minuta)").inputValue(), "12,5");
  await form.locator('input[type="file"]').first().setInputFiles({ name: "auto.png", mimeType: "image/png", buffer: PIXEL });
  await form.getByLabel("Çfarë shihet në fotografinë 1?").fill("Autoboti te shkolla e vjetër");
  await settled(page);
  assert.deepEqual(await faults(page, "reporting"), []);
  await form.getByRole("button", { name: "Dërgojeni raportin" }).click();
  await page.getByText("Raporti u publikua.").first().waitFor();
  await page.getByRole("img", { name: "Autoboti te shkolla e vjetër" }).waitFor();
  assert.deepEqual(secretary.faults, []);
});

test("residents read on the concern and in the plan what was done, also without a network", async () => {
  const { page, context } = resident;
  await page.goto("/masat");
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByText("100% e rrugës").waitFor();
  await page.getByRole("link", { name: CONCERN }).click();
  await page.getByRole("heading", { level: 1, name: CONCERN }).waitFor();
  const box = page.getByRole("region", { name: "Masat e planit" });
  await box.getByText(TOLD).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the concern with its measure"), []);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(measure);
  await page.getByText(TOLD).waitFor();
  await context.setOffline(true);
  await page.goto(measure);
  await page.getByText(TOLD).waitFor();
  await context.setOffline(false);
  assert.deepEqual(resident.faults, []);
});

test("everybody reads by institution how its measures stand, and every measure is counted once", async () => {
  const { page } = resident;
  const { objectives } = await (await page.request.get("/api/v1/municipalities/elbasan/measures")).json();
  const measures = objectives.flatMap((one) => one.measures);
  const counts = (own) => {
    const of = (holds) => own.filter(holds).length;
    const done = of(({ state }) => ["done", "partly_done"].includes(state));
    const late = of(({ state, days_late }) => state === "not_done" || days_late != null);
    return [own.length, done, own.length - done - late, late, of(({ report_late }) => report_late)].map(String);
  };
  const led = (lead) => measures.filter((one) => one.lead === lead);
  await page.goto("/masat");
  const board = page.getByRole("region", { name: "Sipas institucionit" });
  for (const [name, lead] of [["Bashkia", "municipality"], ["Policia", "police"]]) {
    const row = board.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await reads(row.getByRole("cell"), counts(led(lead)));
  }
  assert.deepEqual(await board.getByRole("rowheader").allInnerTexts(), ["Bashkia", "Policia"]);
  assert.equal(led("municipality").length + led("police").length, measures.length);
  assert.deepEqual(await board.getByRole("columnheader").allInnerTexts(), ["Drejton", "Masa", "Të kryera", "Në kohë", "Me vonesë", "Pa raport"]);
  const [, done, onTime, late] = counts(measures);
  await page.getByText(`${done} të kryera, ${onTime} në kohë, ${late} me vonesë.`).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the plan by institution"), []);
  for (const width of [320, 180]) {
    await page.setViewportSize({ width, height: 640 });
    assert.deepEqual(await sideways(page, `the plan by institution, ${width} wide`), []);
  }
  await page.setViewportSize(PHONE);
});

test("a spreadsheet with a fault says which line and column", async () => {
  const { page } = secretary;
  await page.goto("/tavolina/plani");
  await page.getByText("Merrni planin nga një tabelë (XLSX)").click();
  const field = page.getByLabel("Skedari XLSX");
  await field.setInputFiles({ name: "plani.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("jo tabelë") });
  await page.getByRole("button", { name: "Merreni" }).click();
  await page.getByText("Ky skedar nuk lexohet. Ruajeni si XLSX dhe provoni përsëri.").waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the plan at the desk"), []);
});

test("the year's end comes, and the report tells of every priority and is frozen", async () => {
  const { page } = resident;
  await page.goto("/raporti");
  const told = page.getByRole("region", { name: "Çfarë u bë me përparësitë" }).locator("li").first();
  await told.getByRole("link", { name: /^Vjedhje në mes të ditës/ }).waitFor();
  await told.getByText("Nuk u mor asnjë masë").waitFor();
  const today = new Date();
  const year = today.getFullYear();
  town.moveClock(Math.ceil((Date.UTC(year + 1, 0, 2) - today.getTime()) / 86_400_000) * 86_400);
  await enter(secretary.page, town, "sekretaria@example.al");
  await secretary.page.goto(`/raporti?viti=${year}`);
  const form = secretary.page.getByRole("region", { name: "Publikoni raportin" });
  await form.getByLabel("Fjala e këshillit").fill("Këshilli u mblodh pesë herë dhe i përgjigjet çdo përparësie.");
  await form.getByRole("button", { name: "Publikojeni" }).click();
  await secretary.page.getByText("Raporti u publikua.").first().waitFor();
  const link = secretary.page.getByRole("link", { name: "Shkarkoni PDF" });
  const pdf = await (await secretary.context.request.get(await link.getAttribute("href"))).body();
  const file = join(mkdtempSync(join(tmpdir(), "report-")), "report.pdf");
  writeFileSync(file, pdf);
  const words = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
  assert.match(words, new RegExp(`Raporti vjetor ${year}`));
  assert.ok(words.includes("U mbajt"), words);
  await page.goto(`/raporti?viti=${year}`);
  await page.getByText("Këshilli u mblodh pesë herë").waitFor();
  await page.getByRole("link", { name: CONCERN }).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the published report"), []);
  assert.deepEqual([...resident.faults, ...secretary.faults], []);
});
