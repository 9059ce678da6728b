// Four times a year: the secretary writes two sentences, publishes what the rows say, and a visitor reads it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { DESK, PHONE, person, startBrowser, startTown } from "./town.mjs";

const OPENING = "Këto tre muaj punuam më shumë për dritat dhe rrugët e shkollave.";
const CLOSING = "Na gjeni çdo të martë në sportelin e bashkisë.";

let browser;
let town;
let secretary;
let resident;
/** The quarter before the last one that is over: the sample year tells of that one already. */
let quarter;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  secretary = await person(browser, town, { viewport: DESK });
  await settle(secretary.page);
  await enter(secretary.page, town, "sekretaria@example.al");
  resident = await person(browser, town, { viewport: PHONE });
  await settle(resident.page);
  const [year, month] = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Tirane" }).format(new Date()).split("-").map(Number);
  const count = year * 4 + Math.floor((month - 1) / 3) - 2;
  quarter = { year: Math.floor(count / 4), number: (count % 4) + 1 };
});
after(async () => {
  await browser.close();
  town.stop();
});

test("what the secretary writes is kept over a reload, and shown as it will read beside what the rows say", async () => {
  const { page } = secretary;
  await page.goto("/tavolina");
  await page.getByRole("link", { name: "Buletini", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Buletini" }).waitFor();
  await page.getByLabel("Për cilin tremujor").selectOption(`${quarter.year}-${quarter.number}`);
  const preview = page.getByRole("region", { name: "Kështu do të lexohet" });
  await preview.getByRole("region", { name: "Çfarë u zgjidh" }).getByRole("link").first().waitFor();
  await page.getByLabel("Hyrja").fill(OPENING);
  await page.getByLabel("Mbyllja").fill(CLOSING);
  await page.reload();
  assert.equal(await page.getByLabel("Hyrja").inputValue(), OPENING);
  assert.equal(await page.getByLabel("Mbyllja").inputValue(), CLOSING);
  await page.getByRole("button", { name: "Ruajeni tekstin" }).click();
  await page.getByText("Teksti u ruajt.").first().waitFor();
  await preview.getByText(OPENING).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the bulletin at the desk"), []);
});

test("it is published after a question that says that it cannot be changed", async () => {
  const { page, context } = secretary;
  await page.getByRole("button", { name: "Publikojeni" }).click();
  const question = page.getByRole("dialog", { name: "Ta publikojmë buletinin?" });
  await question.getByText("nuk ndryshon më").waitFor();
  assert.deepEqual(await faults(page, "the question before it is published"), []);
  await question.getByRole("button", { name: "Jo, ta shoh edhe një herë" }).click();
  await question.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Publikojeni" }).click();
  await question.getByRole("button", { name: "Po, publikojeni" }).click();
  await page.getByText("Buletini u publikua.").first().waitFor();
  await page.getByText("nuk ndryshon më").first().waitFor();
  assert.equal(await page.getByLabel("Hyrja").count(), 0, "there is nothing to write any more");
  await page.getByRole("link", { name: "Hapeni siç e lexojnë banorët" }).click();
  const link = page.getByRole("link", { name: "Shkarkoni PDF" });
  const pdf = await (await context.request.get(await link.getAttribute("href"))).body();
  const file = join(mkdtempSync(join(tmpdir(), "bulletin-")), "bulletin.pdf");
  writeFileSync(file, pdf);
  const words = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
  assert.match(words, /Buletini informues/);
  assert.ok(words.includes(CLOSING), words);
});

test("a resident finds the newest from the council's room, and the earlier one from there", async () => {
  const { page } = resident;
  await page.goto("/keshilli");
  await page.getByRole("link", { name: "Buletini: çfarë u bë në tre muaj" }).click();
  await page.getByRole("heading", { level: 1, name: "Buletini informues" }).waitFor();
  const earlier = page.getByRole("region", { name: "Buletinet e mëparshme" }).getByRole("link");
  await earlier.click();
  await page.getByText(OPENING).waitFor();
  await page.getByText(CLOSING).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "a published bulletin"), []);
  const first = page.getByRole("region", { name: "Çfarë u zgjidh" }).getByRole("link").first();
  const title = await first.textContent();
  await first.click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.goto("/raporti");
  await page.getByRole("link", { name: "Buletini i tremujorit" }).click();
  await page.getByText("nuk ndryshon më").waitFor();
});

test("somebody who has chosen no place reads it in English from a link that names one", async () => {
  const reader = await person(browser, town, { language: "en", theme: "dark", viewport: PHONE });
  const { page } = reader;
  await page.goto("/");
  await page.getByText("English", { exact: true }).first().click();
  await page.goto(`/buletini/${quarter.year}/${quarter.number}?bashkia=elbasan`);
  await page.getByText(OPENING).waitFor();
  await page.getByRole("heading", { name: "What was fixed" }).waitFor();
  await page.getByText(/^Quarter (I|II|III|IV) /).first().waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "a bulletin in English"), []);
  await page.goto(`/buletini/${quarter.year + 1}/4?bashkia=elbasan`);
  await page.getByText("This bulletin is not published").waitFor();
  await page.goto("/buletini?bashkia=..%2F..%2Fme");
  await page.getByText("Choose your municipality to read its council’s bulletin.").waitFor();
  assert.deepEqual([...reader.faults, ...resident.faults, ...secretary.faults], []);
  await reader.context.close();
});
