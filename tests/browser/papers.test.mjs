// A seat remembers: who comes to it finds what is open, promised and decided, what it is there for and how the council
// works, and says that they read it; the secretary sees who has not; everybody reads how many have.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { DESK, person, startBrowser, startTown, waitFor } from "./town.mjs";

const SEAT = "Komisariati i Policisë, Elbasan";
const MEASURE = "Patrullë natën në Funarë kundër vjedhjes së bagëtive";
const NEW = "komandantja@example.al";
const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const said = (iso) => iso.split("-").reverse().join(".");

let browser;
let town;
let secretary;
let administrator;
let holder;
let resident;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  const somebody = async (options, email) => {
    const one = await person(browser, town, options);
    await settle(one.page, options.language);
    if (email) await enter(one.page, town, email);
    return one;
  };
  secretary = await somebody({ viewport: DESK }, "sekretaria@example.al");
  administrator = await somebody({ viewport: DESK }, "administratori@example.al");
  resident = await somebody({});
});
after(async () => {
  await browser.close();
  town.stop();
});

const haveRead = (page, what) => page.getByRole("button", { name: new RegExp(`^E lexova.*${what}$`) });
const row = (page) => page.getByRole("row", { name: SEAT });

/** Writes down a regulation, and is asked whether it is to be so. */
async function adopt(page, no, on, last) {
  const form = page.getByRole("region", { name: "Rregullorja" });
  await form.getByText(/^Miratoni një rregullore/).click();
  await form.getByLabel("Numri i vendimit").fill(no);
  await form.getByLabel("Data e vendimit").fill(on);
  await form.getByLabel("Teksti").fill((await form.getByLabel("Teksti").inputValue()) + last);
  await page.reload();
  await form.getByText(/^Miratoni një rregullore/).click();
  assert.equal(await form.getByLabel("Numri i vendimit").inputValue(), no);
  assert.ok((await form.getByLabel("Teksti").inputValue()).endsWith(last), "what was written is kept");
  await form.getByRole("button", { name: "Miratojeni" }).click();
  const sure = page.getByRole("dialog", { name: "Të bëhet kjo rregullorja në fuqi?" });
  await settled(page);
  assert.deepEqual(await faults(page, "adopting a regulation"), []);
  await sure.getByRole("button", { name: "Miratojeni" }).click();
  await page.getByText("Rregullorja u miratua.").first().waitFor();
  await form.getByRole("link", { name: `Vendim nr. ${no}, datë ${said(on)}` }).waitFor();
}

test("the secretary writes what a seat is there for, and what the council decided on how it works", async () => {
  const { page } = secretary;
  await page.goto("/tavolina");
  await page.getByRole("link", { name: "Vendet dhe rregullorja" }).click();
  await row(page).getByRole("button", { name: /detyrat/ }).click();
  const form = page.getByRole("dialog", { name: `Detyrat: ${SEAT}` });
  const field = form.getByLabel("Çfarë bën kush e mban këtë vend");
  assert.ok((await field.inputValue()).length > 200, "there is a text to start from");
  await field.fill("Kush e mban këtë vend:\n1. Sjell në mbledhje tendencat e rendit.");
  await page.reload();
  await row(page).getByRole("button", { name: /detyrat/ }).click();
  assert.match(await field.inputValue(), /tendencat e rendit\.$/);
  await settled(page);
  assert.deepEqual(await faults(page, "what a seat is there for"), []);
  await form.getByRole("button", { name: /detyrat$/ }).click();
  await page.getByText("Detyrat u ruajtën.").first().waitFor();
  await adopt(page, "41", ago(400), "\n\nNeni 91. Shtojcë\nKëshilli mblidhet në Gjinar një herë në vit.");
  assert.deepEqual(secretary.faults, []);
});

test("the administrator changes who holds the seat, by the letter of the institution, and who stands in", async () => {
  const { page } = administrator;
  await page.goto("/administrimi");
  const seat = page.getByRole("listitem").filter({ hasText: SEAT });
  await seat.getByRole("button", { name: /^Ndërroni personin/ }).click();
  const form = page.getByRole("dialog", { name: SEAT });
  await form.getByLabel("Adresa e e-mailit").fill(NEW);
  await form.getByLabel("Numri i shkresës").fill("145/2");
  await form.getByLabel("Data e shkresës").fill(ago(3));
  await form.getByLabel("Mandati deri më").fill("2040-06-30");
  await form.getByRole("button", { name: "Caktoni personin" }).click();
  await seat.getByText(NEW).waitFor();
  await seat.getByText(`shkresa nr. 145/2, datë ${said(ago(3))} · mandati deri më 30.06.2040`).waitFor();
  await seat.getByRole("button", { name: /^Caktoni zëvendësin/ }).click();
  const substitute = page.getByRole("dialog", { name: `Zëvendësi: ${SEAT}` });
  await substitute.getByLabel("Adresa e e-mailit").fill("zevendesi@example.al");
  await substitute.getByRole("button", { name: "Caktoni zëvendësin" }).click();
  await seat.getByText("zëvendës: zevendesi@example.al").waitFor();
  await seat.getByText(NEW).waitFor();
  await seat.getByRole("button", { name: /^Hiqni zëvendësin/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hiqni zëvendësin" }).click();
  await seat.getByText("zëvendës: zevendesi@example.al").waitFor({ state: "detached" });
  assert.deepEqual(administrator.faults, []);
});

test("who comes to the seat is led to what is handed over, reads it and says so", async () => {
  holder = await person(browser, town);
  const { page } = holder;
  await settle(page);
  await enter(page, town, NEW);
  await page.getByText("Keni marrë një vend të ri: lexoni çfarë ju dorëzohet.").waitFor();
  await page.getByRole("link", { name: /^Lexojini/ }).click();
  await page.getByRole("heading", { level: 1, name: "Vendi im" }).waitFor();
  await page.getByText(`nr. 145/2, datë ${said(ago(3))}`).waitFor();
  await page.getByText("Ju presin 3 gjëra për të lexuar").waitFor();
  await page.getByRole("link", { name: MEASURE }).waitFor();
  await page.getByText("Vendimet e dymbëdhjetë muajve të fundit").waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "a new holder's seat"), []);
  const arrived = page.waitForEvent("download");
  await page.getByRole("button", { name: "Shtypeni si aneks (PDF)" }).click();
  assert.equal(readFileSync(await (await arrived).path()).subarray(0, 5).toString(), "%PDF-");
  await haveRead(page, "Çfarë ju dorëzohet").click();
  await page.getByText("Ju presin 2 gjëra për të lexuar").waitFor();
  await waitFor(() => page.evaluate(() => document.activeElement?.textContent.includes("Detyrat e vendit tuaj")), "the next one has the focus");
  await page.getByText(`E lexuat më`).waitFor();
  await haveRead(page, "Detyrat e vendit tuaj").click();
  await page.getByText("Ju pret 1 gjë për të lexuar").waitFor();
  await page.getByRole("link", { name: "Lexoni rregulloren" }).click();
  await page.getByRole("heading", { level: 2, name: "Neni 91 Shtojcë" }).waitFor();
  await page.getByRole("link", { name: "Shënojeni te Vendi im" }).click();
  await haveRead(page, "Rregullorja e këshillit").click();
  await page.getByText("I keni lexuar të gjitha.").waitFor();
  await page.getByText(/^E lexuat më/).nth(2).waitFor();
  assert.equal(await page.getByRole("link", { name: MEASURE }).isVisible(), false, "what is read folds");
  await settled(page);
  assert.deepEqual(await faults(page, "a seat where all is read"), []);
  for (const room of ["/une", "/tavolina"]) {
    await page.goto(room);
    await settled(page);
    assert.equal(await page.getByText("Keni marrë një vend të ri").count(), 0, room);
  }
  assert.deepEqual(holder.faults, []);
});

test("the secretary sees who has not read, and keeps who was trained", async () => {
  const { page } = secretary;
  await page.goto("/tavolina/keshilli");
  await row(page).getByRole("cell", { name: "asgjë" }).waitFor();
  await row(page).getByRole("cell", { name: "deri më 30.06.2040" }).waitFor();
  await page.getByRole("row", { name: "Zyra arsimore, Elbasan" }).getByRole("cell", { name: "rregullorja" }).waitFor();
  const box = page.getByRole("region", { name: "Trajnimet" });
  await box.getByText("Shënoni një trajnim").click();
  await box.getByLabel("Tema").fill("Si vlerësohet një rrezik");
  await box.getByLabel("Kush e mbajti").fill("IDM");
  await box.getByLabel("Dita").fill(ago(0));
  await page.reload();
  await box.getByText("Shënoni një trajnim").click();
  assert.equal(await box.getByLabel("Tema").inputValue(), "Si vlerësohet një rrezik");
  await box.getByRole("button", { name: "Shënojeni" }).click();
  await box.getByText("Zgjidhni të paktën një vend.").waitFor();
  await box.getByRole("checkbox", { name: SEAT }).check();
  await settled(page);
  assert.deepEqual(await faults(page, "the council's papers"), []);
  await box.getByRole("button", { name: "Shënojeni" }).click();
  await page.getByText("Trajnimi u shënua.").first().waitFor();
  await row(page).getByRole("cell", { name: "po", exact: true }).last().waitFor();
  await holder.page.goto("/tavolina");
  await holder.page.getByRole("link", { name: "Vendi im" }).click();
  await holder.page.getByText("Si vlerësohet një rrezik").waitFor();
  assert.deepEqual(secretary.faults, []);
});

test("a new regulation asks members to read again", async () => {
  await adopt(secretary.page, "57", ago(0), "\n\nNeni 92. Ndryshim\nKëshilli mblidhet në Zavalinë një herë në vit.");
  const { page } = holder;
  await page.goto("/une");
  await page.getByText("Këshilli ka një rregullore të re: lexojeni.").waitFor();
  await page.getByRole("link", { name: /^Rregullore e re/ }).first().click();
  await page.getByText("Ju pret 1 gjë për të lexuar").waitFor();
  await haveRead(page, "Rregullorja e këshillit").click();
  await page.getByText("I keni lexuar të gjitha.").waitFor();
  await page.goto("/tavolina");
  await settled(page);
  assert.equal(await page.getByText("Këshilli ka një rregullore të re").count(), 0);
  assert.deepEqual(holder.faults, []);
});

test("everybody reads how many know it, the regulation in one tap, and the old one, also without a network", async () => {
  const { page, context } = resident;
  await page.goto("/keshilli");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.getByText(/^1 nga 7 anëtarë e ka lexuar rregulloren$/).waitFor();
  await page.getByText(/^\d+ nga \d+ anëtarë (është trajnuar|janë trajnuar)$/).waitFor();
  await page.getByRole("link", { name: /^112/ }).or(page.getByRole("link", { name: /112/ })).first().waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the council"), []);
  await page.getByRole("link", { name: `Rregullorja · Vendim nr. 57, datë ${said(ago(0))}` }).click();
  await page.getByRole("heading", { level: 2, name: "Neni 92 Ndryshim" }).waitFor();
  await page.getByRole("link", { name: `Vendim nr. 41, datë ${said(ago(400))}` }).click();
  await page.getByText("Ky variant nuk është më në fuqi.").waitFor();
  await page.getByRole("heading", { level: 2, name: "Neni 91 Shtojcë" }).waitFor();
  assert.equal(await page.getByRole("heading", { level: 2, name: "Neni 92 Ndryshim" }).count(), 0);
  await settled(page);
  assert.deepEqual(await faults(page, "an old regulation"), []);
  const kept = (path) => waitFor(() => page.evaluate((path) => caches.match(path, { ignoreVary: true }).then(Boolean), `/api/v1/municipalities/elbasan/${path}`), path);
  for (const path of ["council", "regulations"]) await kept(path);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 2, name: "Neni 91 Shtojcë" }).waitFor();
  await page.getByRole("link", { name: "Lexoni atë që është në fuqi" }).click();
  await page.getByRole("heading", { level: 2, name: "Neni 92 Ndryshim" }).waitFor();
  await page.goto("/keshilli");
  await page.getByText(/^1 nga 7 anëtarë e ka lexuar rregulloren$/).waitFor();
  await context.setOffline(false);
  assert.deepEqual(resident.faults, []);
});

test("where a council has no regulation the one offered to all is read, and English speaks of seats too", async () => {
  const { page, context } = await person(browser, town, { viewport: DESK, language: "en", theme: "dark" });
  await settle(page, "en");
  await page.goto("/rregullorja?bashkia=tirane");
  await page.getByText("This council has not adopted a regulation yet.").waitFor();
  await page.getByRole("link", { name: /Qëllimi$/ }).click();
  await page.waitForURL("**/rregullorja?bashkia=tirane#neni-1");
  await settled(page);
  assert.deepEqual(await faults(page, "the template"), []);
  await enter(page, town, "kryetari-i-fshatit@example.al");
  await page.goto("/tavolina");
  await page.getByText("You have taken a new seat: read what is handed over to you.").waitFor();
  await page.getByRole("link", { name: /^Read/ }).click();
  await page.getByRole("button", { name: /^I have read it.*What is handed over to you$/ }).click();
  await page.getByText(/^You read it on/).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "a seat in English"), []);
  await page.getByRole("link", { name: "Short handbook" }).click();
  await page.getByRole("heading", { level: 2, name: "What is said and what is not" }).waitFor();
  await context.close();
});
