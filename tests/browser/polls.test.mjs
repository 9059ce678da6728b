// The youth council asks a class: from the template to the slips, thirty phones behind one address while the screen of
// the class counts, what is told of many and not of few, and how the council hears of it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { ANSWERS, answerAll, counted, phone, sendAnswers, slipsOf } from "./pupils.mjs";
import { nameAdministrator, seatMember } from "./staff.mjs";
import { DESK, person, reads, startBrowser, startTown } from "./town.mjs";

const TITLE = "Sa të sigurt ndihemi në shkollë";
const FIRST = "Gjimnazi i parë";
const SECOND = "Gjimnazi i dytë";
const THIRD = "Shkolla e mesme Gjinar";
const WISHES = ["drita te porta", "një vend për sport", "më pak qen te ura", "një psikolog çdo ditë", "autobus më vonë", "kalim për këmbësorë", "kamera në oborr"];
/** What leads to somebody, and what fewer than ten wrote: nobody else may read either. */
const NAMED = ["Agim Canari më ndjek", "vëllai i Mirës sjell duhan", "mësuesi i fizikës bërtet"];
const FEW = "më shajnë në autobus";
const later = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let browser;
let town;
let youth;
let secretary;
let poll;
const ended = [];
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  const administrator = await nameAdministrator(town);
  await seatMember(town, administrator, "youth_council", "member");
  await seatMember(town, administrator, "municipality", "secretary");
  const seated = async (email) => {
    const one = await person(browser, town, { viewport: DESK, acceptDownloads: true });
    await settle(one.page);
    await enter(one.page, town, email);
    return one;
  };
  youth = await seated("youth_council.member@example.al");
  secretary = await seated("municipality.secretary@example.al");
});
after(async () => {
  for (const end of ended) end();
  await browser.close();
  town.stop();
});

/** Adds a class in the app, prints its slips and opens it; its code and its slips. */
async function openClass(school, name, invited) {
  const { page } = youth;
  const form = page.locator("details", { hasText: "Shtoni një klasë ose një lidhje" });
  if (!(await form.evaluate((element) => element.open))) await form.locator("summary").click();
  await page.getByLabel("Shkolla", { exact: true }).fill(school);
  await page.getByLabel("Klasa", { exact: true }).fill(name);
  await page.getByLabel("Sa nxënës").fill(String(invited));
  await page.getByLabel("Sa priten përgjigjet e vonuara").selectOption({ label: "5 minuta" });
  await page.getByRole("button", { name: "Shtoni klasën" }).click();
  const room = page.locator("li", { has: page.getByRole("heading", { level: 4, name: `Klasa ${name}` }) });
  await room.waitFor();
  const code = (await room.locator(".code").textContent()).replace("-", "");
  const [sheet] = await Promise.all([page.waitForEvent("download"), room.getByRole("button", { name: "Printoni fletët (PDF)" }).click()]);
  const pdf = join(town.folder, `${code}.pdf`);
  await sheet.saveAs(pdf);
  await room.getByRole("button", { name: "Hapeni" }).click();
  await room.getByText("E hapur").waitFor();
  return { code, slips: slipsOf(pdf), room };
}

async function closeClass(room) {
  await room.getByRole("button", { name: "Mbylleni tani" }).click();
  await youth.page.getByRole("button", { name: "Po, mbylleni" }).click();
}

test("the youth council makes a poll from the template, and publishes it", async () => {
  const { page } = youth;
  await page.goto("/tavolina/sondazhe");
  await page.getByRole("radio", { name: new RegExp(`^${TITLE}`) }).check();
  await settled(page);
  assert.deepEqual(await faults(page, "the polls at the desk"), []);
  await page.getByRole("button", { name: "Nisni sondazhin" }).click();
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
  poll = page.url().split("/").at(-1);
  assert.equal((await fetch(`${town.address}/api/v1/polls/${poll}`)).status, 404, "a draft is nobody else's");
  await page.getByRole("button", { name: "Publikojeni" }).click();
  await page.getByRole("button", { name: "Po, publikojeni" }).click();
  await page.getByText("Sondazhi u publikua. Tani shtoni klasat.").first().waitFor();
  assert.deepEqual(youth.faults, []);
});

test("thirty phones behind one address answer in the app within two minutes, each with its own slip, while the class sees how many and nothing else", async () => {
  const { code, slips, room } = await openClass(FIRST, "10-A", 30);
  assert.equal(new Set(slips).size, 30, "thirty slips, none twice");
  const wall = await person(browser, town, { viewport: DESK });
  await wall.page.goto(`/klasa/${code}/ekrani`);
  const far = wall.page.locator(".count b");
  await reads(far, ["0"]);
  const seen = new Set();
  const charts = new Set();
  const look = setInterval(async () => {
    const now = await wall.page.evaluate(() => [document.querySelector(".count b")?.textContent, document.querySelectorAll("table, .bar, .chart").length]).catch(() => undefined);
    if (!now) return;
    seen.add(Number(now[0]));
    charts.add(now[1]);
  }, 300);
  ended.push(() => clearInterval(look));

  const begun = Date.now();
  const answer = async (slip, index) => {
    const one = await phone(browser, town, code, slip);
    await answerAll(one.page, { place: index % 3 ? "në oborr" : "në korridore", mood: index % 4 ? "Mirë" : "Keq" });
    assert.ok(!one.page.url().includes(slip), "the slip left the address");
    const offline = index === 29;
    if (offline) await one.context.setOffline(true);
    await one.page.getByRole("button", { name: "Dërgojini" }).click();
    if (offline) {
      await one.page.getByRole("heading", { level: 1, name: "Përgjigjet presin lidhjen" }).waitFor();
      await one.context.setOffline(false);
    }
    await counted(one.page);
    assert.deepEqual(one.faults, []);
    await one.context.close();
  };
  const waiting = [...slips.entries()];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await answer(next[1], next[0]);
    }),
  );
  const took = (Date.now() - begun) / 1000;
  await reads(far, ["30"]);
  clearInterval(look);
  seen.add(30);
  console.log(`# 30 phones in ${took.toFixed(1)} s`);
  assert.ok(took < 120, `${took} s`);
  const steps = [...seen];
  assert.ok(steps.length > 5 && steps.every((step, at) => !at || step > steps[at - 1]), `it grew: ${steps}`);
  assert.deepEqual([...charts], [0], "no bars while the class answers");

  const late = await phone(browser, town, code, slips[7]);
  await late.page.getByText("Me këtë fletë dikush është përgjigjur. Çdo fletë numërohet vetëm një herë.").waitFor();
  await settled(late.page);
  assert.deepEqual(await faults(late.page, "a used slip"), []);
  await late.context.close();

  await closeClass(room);
  await wall.page.getByText("U mbyll.").waitFor();
  await wall.page.getByRole("heading", { level: 2, name: "Ku ndiheni më pak të sigurt?" }).waitFor();
  assert.ok((await wall.page.locator("table").count()) > 3, "bars after closing");
  await settled(wall.page);
  assert.deepEqual(await faults(wall.page, "the bars of a class"), []);
  assert.deepEqual(wall.faults, []);
  await wall.context.close();
});

test("of nine answers nothing is shown, of ten their bars", async () => {
  for (const [school, name, many, wordsOf] of [
    [THIRD, "12-A", 9, () => ({ ndjesia: { value: 1, text: FEW } })],
    [SECOND, "11-A", 10, (index) => ({ fjale: [...NAMED, ...WISHES][index] })],
  ]) {
    const { code, slips, room } = await openClass(school, name, many);
    const wall = await person(browser, town, { viewport: DESK });
    await wall.page.goto(`/klasa/${code}/ekrani`);
    for (const [index, slip] of slips.entries()) assert.equal(await sendAnswers(town, code, slip, { ...ANSWERS, ...wordsOf(index) }), 201);
    await reads(wall.page.locator(".count b"), [String(many)]);
    await closeClass(room);
    await wall.page.getByText("U mbyll.").waitFor();
    if (many < 10) await wall.page.getByText("U përgjigjën më pak se 10 veta: nuk shfaqet asgjë, që askush të mos njihet.").waitFor();
    else await wall.page.getByRole("heading", { level: 2, name: "Ku ndiheni më pak të sigurt?" }).waitFor();
    assert.equal((await wall.page.locator("table").count()) > 0, many >= 10);
    await wall.context.close();
  }
});

test("the poll is closed, and everybody reads its results and compares schools", async () => {
  const { page } = youth;
  await page.reload();
  await page.getByRole("button", { name: "Mbyllni sondazhin…" }).click();
  await page.getByRole("button", { name: "Po, mbylleni" }).click();
  await page.getByText("Sondazhi u mbyll. Rezultatet janë publike.").first().waitFor();

  const resident = await person(browser, town);
  await settle(resident.page);
  await resident.page.goto("/sondazhe");
  await resident.page.getByRole("link", { name: TITLE }).click();
  await resident.page.getByText("U përgjigjën 49 nga 49").first().waitFor();
  const choice = resident.page.getByLabel("Përgjigjet e kujt");
  await choice.selectOption({ label: "Shkollat njëra pranë tjetrës" });
  const where = resident.page.getByRole("region", { name: "Ku ndiheni më pak të sigurt?" });
  await where.getByText(FIRST).first().waitFor();
  await where.getByText(SECOND).first().waitFor();
  await settled(resident.page);
  assert.deepEqual(await faults(resident.page, "schools beside each other"), []);
  await choice.selectOption({ label: `${FIRST}, 10-A` });
  await where.getByText("në oborr").waitFor();
  assert.equal(await resident.page.getByText(THIRD).count(), 0, "nothing names the school of nine");
  // Whatever view is subtracted from whatever: the nine are in none.
  const views = (await choice.locator("option").allInnerTexts()).filter((label) => label.trim() !== "Shkollat njëra pranë tjetrës");
  const told = [];
  for (const label of views) {
    await choice.selectOption({ label });
    const said = await where.getByText(/\d+ përgjigje/).first().innerText();
    told.push(Number(said.match(/(\d+) përgjigje/)[1]));
  }
  assert.ok(told.length >= 3 && Math.max(...told) === 40, JSON.stringify([views, told]));
  for (const one of told) for (const other of told) assert.ok(one === other || Math.abs(one - other) >= 10, JSON.stringify([views, told]));
  assert.deepEqual(resident.faults, []);
  await resident.context.close();
});

test("what ten wrote is read at the desk one by one, and what was let through is public, and nothing else", async () => {
  const desk = youth.page;
  const resident = await person(browser, town);
  const { page } = resident;
  const asked = page.getByRole("region", { name: "Çfarë do t’i thoshit këshillit të sigurisë?" });
  await page.goto(`/sondazhe/${poll}`);
  await asked.getByText("Asnjë përgjigje me fjalë nuk është publikuar.").waitFor();
  const box = desk.getByRole("region", { name: "Përgjigjet me fjalë" });
  for (let at = 1; at <= 10; at += 1) {
    await box.getByText(`Përgjigjja ${at} nga 10`, { exact: true }).waitFor();
    const named = NAMED.includes(await box.locator("blockquote").innerText());
    await box.getByRole("button", { name: named ? "Mos e publikoni" : "Publikojeni", exact: true }).click();
  }
  await box.getByText("I keni lexuar të gjitha.").waitFor();
  await page.reload();
  await asked.locator("q").first().waitFor();
  assert.deepEqual((await asked.locator("q").allInnerTexts()).sort(), [...WISHES].sort());
  const told = await page.locator("main").innerText();
  assert.deepEqual([...NAMED, FEW].filter((words) => told.includes(words)), []);
  assert.deepEqual(resident.faults, []);
  await resident.context.close();
});

test("it is sent to the council, and the secretary puts it on an agenda", async () => {
  await youth.page.getByRole("button", { name: "Dërgoni në rendin e ditës" }).click();
  await youth.page.getByRole("button", { name: "Po, dërgojeni" }).click();
  await youth.page.getByText("U dërgua në rendin e ditës.").first().waitFor();
  const { page } = secretary;
  await page.goto("/tavolina/takime");
  await page.getByRole("button", { name: `Shtojeni në rend: ${TITLE}` }).click();
  await page.getByLabel("Titulli").fill("Takim me të rinjtë");
  await page.getByLabel("Synimi").fill("Çfarë bëhet me atë që thanë nxënësit.");
  await page.getByLabel("Dita", { exact: true }).fill(later(9));
  await page.getByLabel("Vendi", { exact: true }).fill("Shkolla e fshatit");
  await page.getByRole("button", { name: "Shpalleni" }).click();
  await page.waitForURL("**/tavolina/takime/*");
  const meeting = page.url().split("/").at(-1);
  await page.goto(`/takime/${meeting}`);
  await page.getByRole("link", { name: "Rezultatet e sondazhit" }).click();
  await page.getByRole("link", { name: "Takim me të rinjtë, pika 1 e rendit të ditës" }).waitFor();
  assert.deepEqual([...youth.faults, ...secretary.faults], []);
});
