// A measure that helped in one town begins a draft in another: the words come along, the numbers and days do not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled, sideways } from "./look.mjs";
import { nameAdministrator, seatMember } from "./staff.mjs";
import { DESK, person, startBrowser, startTown } from "./town.mjs";

const TAKE = "Merreni si draft në planin tuaj";
const EMAIL = "municipality.secretary@example.al";

let browser;
let town;
let secretary;
let measure;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  await seatMember(town, await nameAdministrator(town, "korce"), "municipality", "secretary", "korce");
  secretary = await person(browser, town, { viewport: DESK });
  await settle(secretary.page);
  await enter(secretary.page, town, EMAIL);
  const { objectives } = await (await secretary.page.request.get("/api/v1/municipalities/elbasan/measures")).json();
  const { id } = objectives.flatMap((one) => one.measures).find(({ state }) => state === "done");
  measure = await (await secretary.page.request.get(`/api/v1/measures/${id}`)).json();
});
after(async () => {
  await browser.close();
  town.stop();
});

const title = (page) => page.getByLabel("Masa", { exact: true });
const provenance = () => `Sipas masës «${measure.title}», Bashkia Elbasan: ${town.address}/masat/${measure.id}`;

async function takeOver(page) {
  await page.goto(`/masat/${measure.id}`);
  await page.getByRole("link", { name: TAKE }).click();
  await page.waitForURL((url) => url.pathname === "/tavolina/plani");
}

test("a secretary elsewhere takes the measure; it is a draft of theirs once they filled in and saved what is their own", async () => {
  const { page } = secretary;
  await takeOver(page);
  await page.getByText("Së pari shtoni një objektiv").waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "a plan without objectives"), []);
  await page.getByLabel("Objektivi", { exact: true }).fill("Kodra pa zjarre");
  await page.getByRole("button", { name: "Shtojeni" }).click();
  await page.getByText(`U morën titulli, përshkrimi dhe treguesit e masës «${measure.title}», Bashkia Elbasan.`).waitFor();
  assert.equal(new URL(page.url()).search, "");
  assert.equal(await title(page).inputValue(), measure.title);
  assert.equal(await page.getByLabel("Çfarë bëhet").inputValue(), measure.text);
  assert.equal(await page.getByLabel("Raport çdo sa ditë").inputValue(), String(measure.report_days));
  assert.equal(await page.getByLabel("Si shkon me planet e tjera").inputValue(), provenance());
  const [indicator] = measure.indicators;
  assert.equal(await page.getByLabel("Treguesi 1").inputValue(), indicator.name);
  assert.equal(await page.getByLabel("Njësia", { exact: true }).first().inputValue(), indicator.unit);
  for (const own of ["Afati", "Drejton", "Sot", "Synimi"]) assert.equal(await page.getByLabel(own, { exact: true }).first().inputValue(), "", own);
  assert.equal(await page.getByLabel("Buxheti, lekë").inputValue(), "");
  const plan = () => page.evaluate(() => fetch("/api/v1/municipalities/korce/desk/plan").then((answer) => answer.json()));
  assert.deepEqual((await plan()).objectives.flatMap((one) => one.measures), [], "nothing is sent before it is saved");
  await settled(page);
  assert.deepEqual(await faults(page, "a draft from a template"), []);
  await page.setViewportSize({ width: 320, height: 640 });
  assert.deepEqual(await sideways(page, "a draft from a template, 320 wide"), []);
  await page.setViewportSize(DESK);

  await page.reload();
  assert.equal(await title(page).inputValue(), measure.title, "it is kept like everything that is being written");
  await page.getByLabel("Objektivi", { exact: true }).last().selectOption({ label: "Kodra pa zjarre" });
  await page.getByLabel("Drejton", { exact: true }).selectOption("municipality");
  await page.getByLabel("Afati", { exact: true }).fill(new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10));
  for (const [index] of measure.indicators.entries()) {
    await page.getByLabel("Sot", { exact: true }).nth(index).fill("7");
    await page.getByLabel("Synimi", { exact: true }).nth(index).fill("2");
  }
  await page.getByRole("button", { name: "Ruajeni draftin" }).click();
  await page.getByRole("heading", { level: 1, name: measure.title }).waitFor();
  const [draft] = (await plan()).objectives.flatMap((one) => one.measures);
  assert.deepEqual([draft.title, draft.state], [measure.title, "draft"]);
  assert.deepEqual(secretary.faults, []);
});

test("what somebody is writing stays unless they say otherwise", async () => {
  const { page } = secretary;
  await page.goto("/tavolina/plani");
  await title(page).fill("Llamba te stacioni");
  await takeOver(page);
  await page.getByText("ajo që keni shkruar humbet").waitFor();
  assert.equal(await title(page).inputValue(), "Llamba te stacioni");
  await settled(page);
  assert.deepEqual(await faults(page, "asked before a draft is replaced"), []);
  await page.getByRole("button", { name: "Mbani atë që keni shkruar" }).click();
  await page.getByText("ajo që keni shkruar humbet").waitFor({ state: "detached" });
  assert.equal(await title(page).inputValue(), "Llamba te stacioni");
  assert.equal(new URL(page.url()).search, "");

  await takeOver(page);
  await page.getByRole("button", { name: "Zëvendësojeni" }).click();
  await page.getByText("Ende nuk është ruajtur asgjë.").waitFor();
  assert.equal(await title(page).inputValue(), measure.title);
  assert.deepEqual(secretary.faults, []);
});

test("nobody else is offered a measure: neither its own secretary nor a resident", async () => {
  for (const email of ["sekretaria@example.al", "mira@example.al"]) {
    const one = await person(browser, town);
    await settle(one.page);
    await enter(one.page, town, email);
    await one.page.goto(`/masat/${measure.id}`);
    await one.page.getByRole("heading", { level: 1, name: measure.title }).waitFor();
    await settled(one.page);
    assert.equal(await one.page.getByRole("link", { name: TAKE }).count(), 0, email);
    await one.context.close();
  }
});
