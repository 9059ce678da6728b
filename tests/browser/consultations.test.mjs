// A council asks: the secretary announces from the desk, makes the list, and gives more time; residents
// find it where they look, and read why something is not on the list.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { DESK, person, reads, startBrowser, startTown } from "./town.mjs";

const QUESTION = "Cila rrugë duhet rregulluar e para?";

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

test("a consultation is announced, listed, extended and taken back, and residents read why", async () => {
  const secretary = await person(browser, town, { viewport: DESK });
  const desk = secretary.page;
  await settle(desk);
  await enter(desk, town, "sekretaria@example.al");
  await desk.goto("/tavolina");
  await desk.getByRole("link", { name: "Konsultimet" }).click();
  await desk.getByLabel("Pyetja").fill(QUESTION);
  await desk.getByLabel("Synimi").fill("Plani i rrugëve për vitin që vjen.");
  await desk.getByLabel("Shpjegimi").fill("Kemi fonde për dy rrugë. Na thoni cilat.");
  const collects = desk.getByLabel("Mbledhja deri më");
  const suggested = await collects.inputValue();
  await collects.fill(await desk.getByLabel("Mbledhja nis më").evaluate(tomorrow));
  await desk.getByRole("button", { name: "Shpalleni" }).click();
  await desk.getByText("Banorët duhet të kenë të paktën 20 ditë pune").waitFor();
  assert.equal(await desk.getByLabel("Pyetja").inputValue(), QUESTION, "nothing typed is lost");
  await collects.fill(suggested);
  await desk.getByRole("button", { name: "Shpalleni" }).click();
  await desk.waitForURL("**/tavolina/konsultime/*");
  await desk.getByRole("heading", { name: QUESTION }).waitFor();

  const resident = await person(browser, town);
  await settle(resident.page);
  await resident.page.getByRole("link", { name: QUESTION }).click();
  await resident.page.getByText("Ende nuk ka asnjë shqetësim në listë.").waitFor();

  const offered = desk.getByRole("region", { name: "Për të vendosur" }).getByRole("listitem");
  const [first, second] = [offered.first(), offered.nth(1)];
  const chosen = await first.getByRole("link").innerText();
  const left = await second.getByRole("link").innerText();
  await second.getByRole("button", { name: /Lëreni jashtë/ }).click();
  await desk.locator("dialog[open] textarea").fill("Kjo rrugë është në ndërtim.");
  await desk.locator("dialog[open]").getByRole("button", { name: "Lëreni jashtë" }).click();
  await desk.getByText("Kjo rrugë është në ndërtim.").waitFor();
  await offered.first().getByRole("button", { name: /Shtojeni në listë/ }).click();
  const list = desk.getByRole("region", { name: "Në listë" });
  await list.getByRole("link", { name: chosen }).waitFor();

  // The open page of the resident hears of it by itself.
  await resident.page.getByRole("heading", { name: chosen }).waitFor();
  await list.locator("summary").click();
  await list.getByLabel("Sa e rëndë është").selectOption("shumë e rëndë");
  await list.getByLabel("Sa shpesh ndodh").selectOption("rrallë");
  await list.getByRole("button", { name: /^Ruani/ }).click();
  const ballot = resident.page.getByRole("region", { name: "Lista për votim" });
  await ballot.getByText("shumë e rëndë (100)").waitFor();
  await ballot.getByText("rrallë (25)").waitFor();
  await ballot.getByText("mjaft veta (50)").waitFor();
  await resident.page.getByRole("link", { name: left }).waitFor();
  await resident.page.getByText("Kjo rrugë është në ndërtim.").waitFor();

  await desk.locator("summary", { hasText: "Zgjatni afatin" }).click();
  const form = desk.locator("details", { hasText: "Zgjatni afatin" });
  await form.getByLabel("Raporti më").evaluate(later);
  await form.getByLabel("Arsyeja").fill("Fondet vijnë më vonë.");
  await form.getByRole("button", { name: "Zgjatni afatin" }).click();
  await resident.page.getByText("Fondet vijnë më vonë.").waitFor();

  await desk.locator("summary", { hasText: "Tërhiqeni konsultimin" }).click();
  const back = desk.locator("details", { hasText: "Tërhiqeni konsultimin" });
  await back.getByLabel("Arsyeja").fill("Pyetja bëhet bashkë me planin vjetor.");
  await back.getByRole("button", { name: "Tërhiqeni konsultimin" }).click();
  await resident.page.getByText("Pyetja bëhet bashkë me planin vjetor.").first().waitFor();
  await resident.page.goto("/vendos");
  await resident.page.getByRole("heading", { name: "Konsultimet e mëparshme" }).waitFor();
  await resident.page.getByRole("link", { name: QUESTION }).waitFor();
  assert.deepEqual([...secretary.faults, ...resident.faults], []);
});

test("a question with choices has no list, at the desk or for residents", async () => {
  const { page, faults, context } = await person(browser, town, { viewport: DESK });
  await settle(page);
  await enter(page, town, "sekretaria@example.al");
  await page.goto("/tavolina/konsultime");
  await page.getByLabel("Pyetja").fill("A ta mbyllim sheshin për makina?");
  await page.getByLabel("Synimi").fill("Vendimi i këshillit bashkiak.");
  await page.getByLabel("Shpjegimi").fill("Sheshi mund të mbyllet përgjithmonë ose vetëm të dielave.");
  await page.getByRole("radio", { name: "Një pyetje me përgjigje për të zgjedhur" }).check();
  await page.getByLabel("Përgjigjja 1").fill("Po");
  await page.getByLabel("Përgjigjja 2").fill("Jo");
  await page.getByRole("button", { name: "Shtoni një përgjigje" }).click();
  await page.getByLabel("Përgjigjja 3").fill("po");
  await page.getByRole("button", { name: "Shpalleni" }).click();
  await page.getByText("Kjo është shkruar një herë.").waitFor();
  await page.getByLabel("Përgjigjja 3").fill("Vetëm të dielave");
  await page.getByRole("button", { name: "Shpalleni" }).click();
  await page.waitForURL("**/tavolina/konsultime/*");
  const answers = page.getByRole("region", { name: "Përgjigjet për të zgjedhur" });
  await answers.getByText("Vetëm të dielave").waitFor();
  assert.equal(await page.getByRole("region", { name: "Për të vendosur" }).count(), 0);
  await page.getByRole("link", { name: "Shiheni si banor" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/konsultime/"));
  await reads(answers.getByRole("listitem"), ["Po", "Jo", "Vetëm të dielave"]);
  assert.equal(await page.getByRole("region", { name: "Lista për votim" }).count(), 0);
  assert.equal(await page.getByRole("region", { name: "Sa peshon çfarë" }).count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the administrator sets what weighs how much, and residents read it", async () => {
  const { page, faults, context } = await person(browser, town, { viewport: DESK });
  await settle(page);
  await enter(page, town, "administratori@example.al");
  await page.goto("/administrimi");
  await page.getByLabel("Votat e banorëve").fill("75");
  await page.getByLabel("Sa e rëndë është").fill("5");
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/settings") && answer.request().method() === "PATCH");
  await page.getByRole("button", { name: "Ruani" }).click();
  assert.equal((await saved).status(), 200);
  const list = await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`);
  const { id } = (await list.json()).items.find(({ method, phase }) => method === "prioritising" && phase === "collect");
  await page.goto(`/konsultime/${id}`);
  const weights = page.getByRole("region", { name: "Sa peshon çfarë" });
  assert.match(await weights.innerText(), /Votat e banorëve\s+75\s+Sa e rëndë është\s+5\s+Sa shpesh ndodh\s+10/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a resident without a network reads what the council asks", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await page.goto("/vendos");
  await page.getByRole("link", { name: "Çfarë duhet të vijë e para për sigurinë në Elbasan?" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/konsultime/"));
  await page.getByRole("heading", { name: "Lista për votim" }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.getByRole("heading", { name: "Lista për votim" }).waitFor();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { name: "Lista për votim" }).waitFor();
  await page.getByRole("heading", { name: "Jashtë listës" }).waitFor();
  await context.close();
});

test("whoever has not said where they live is asked that first", async () => {
  const { page, context } = await person(browser, town);
  await page.goto("/vendos");
  await page.getByRole("main").getByRole("link", { name: "Zgjidhni bashkinë" }).click();
  await page.waitForURL("**/vendi");
  await context.close();
});

test("a member who does not run it reads it at the desk and finds nothing to press", async () => {
  const { page, faults, context } = await person(browser, town, { viewport: DESK });
  await settle(page);
  await enter(page, town, "policia@example.al");
  const list = await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`);
  const { id } = (await list.json()).items.find(({ method, phase }) => method === "prioritising" && phase === "collect");
  await page.goto(`/tavolina/konsultime/${id}`);
  await page.getByText("Konsultimet i drejton sekretariati i këshillit.").waitFor();
  assert.equal(await page.getByRole("main").getByRole("button").count(), 0);
  await page.goto("/tavolina/konsultime/0000000000000000");
  await page.getByRole("heading", { level: 1, name: "Ky konsultim nuk u gjet" }).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

/** The day after the one in a field. */
function tomorrow(field) {
  return new Date(field.valueAsNumber + 86_400_000).toISOString().slice(0, 10);
}

/** Moves a field of a day on by a week. */
function later(field) {
  field.valueAsNumber += 7 * 86_400_000;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
