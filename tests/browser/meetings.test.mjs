// The secretary builds an agenda out of what residents wait for and announces an open meeting; residents find it,
// take it into their calendar, and hear of what becomes of it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { noon } from "./noon.mjs";
import { follow, notified, tap } from "./notified.mjs";
import { startPushSink } from "./push-sink.mjs";
import { amount, DESK, person, reads, startBrowser, startTown, waitFor } from "./town.mjs";

const TITLE = "Takim i hapur për rrugën e lumit";
const later = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let browser;
let town;
let secretary;
let resident;
let sink;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo", { TREKENDESH_ALLOW_LOOPBACK_PUSH: "true" });
  sink = await startPushSink();
  secretary = await person(browser, town, { viewport: DESK });
  await settle(secretary.page);
  await enter(secretary.page, town, "sekretaria@example.al");
  resident = await person(browser, town);
  await settle(resident.page);
  await follow(resident.page, sink, "sq", { kind: "municipality", municipality: "elbasan" });
});
after(async () => {
  await browser.close();
  town.stop();
  sink.stop();
});

test("a meeting is announced with what waits, and nothing typed is lost before", async () => {
  const { page } = secretary;
  await page.goto("/tavolina");
  await page.getByRole("main").getByRole("link", { name: "Takime", exact: true }).click();
  await page.getByText("Kthehet nga një takim i mëparshëm.").waitFor();
  await page.getByRole("button", { name: "Hiqeni pikën 1" }).click();
  await page.getByLabel("Titulli").fill(TITLE);
  await page.getByLabel("Synimi").fill("Banorët dëgjojnë çfarë bëhet dhe dalin me afate.");
  await page.getByLabel("Dita", { exact: true }).fill(later(12));
  await page.getByLabel("Nga ora").fill("18:00");
  await page.getByLabel("Deri në orën").fill("17:00");
  await page.getByLabel("Pika 1").fill("Pyetjet e banorëve");
  await page.getByRole("button", { name: /^Shtojeni në rend: Ditën e Verës/ }).click();
  await amount(page.getByLabel(/^Pika \d$/), 2);
  await page.getByRole("button", { name: "Ngrijeni pikën 2" }).click();
  await page.reload();
  assert.equal(await page.getByLabel("Pika 1").inputValue(), "Ditën e Verës nuk kalon dot as ambulanca");
  assert.equal(await page.getByLabel("Pika 2").inputValue(), "Pyetjet e banorëve");
  await page.getByRole("button", { name: "Shpalleni" }).click();
  await page.getByText("Kjo duhet plotësuar.").waitFor();
  await page.getByLabel("Vendi", { exact: true }).fill("Shkolla e fshatit");
  await page.getByLabel("Sa vende ka për banorët").fill("40");
  await page.getByRole("button", { name: "Shpalleni" }).click();
  await page.getByText("Takimi duhet të mbarojë pasi të nisë.").waitFor();
  assert.deepEqual(await faults(page, "announcing"), []);
  await page.getByLabel("Deri në orën").fill("19:30");
  await page.getByRole("button", { name: "Shpalleni" }).click();
  await page.getByText("Takimi u shpall.").first().waitFor();
  await page.waitForURL("**/tavolina/takime/*");
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "the meeting at the desk"), []);
  assert.deepEqual(secretary.faults, []);
});

test("whoever follows the municipality gets a push of it, and its tap opens the meeting", async () => {
  const message = await waitFor(() => sink.read.at(-1), "the push message");
  const { kind, meeting } = JSON.parse(message);
  assert.equal(kind, "meeting_announced");
  const shown = await notified(resident, town, message);
  assert.equal(shown.body, "U shpall një takim që mund t’ju interesojë.");
  await tap(resident);
  await resident.page.waitForURL(`**/takime/${meeting}#vij`);
  await resident.page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
});

test("residents find it, with its agenda, and their calendar takes it", async () => {
  const { page, context } = resident;
  await page.goto("/takime");
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
  await page.getByText(/ora 18:00–19:30/).waitFor();
  await page.getByText("Mund të vijë kushdo, pa ftesë.").waitFor();
  await page.getByText("0 vende nga 40 janë zënë").waitFor();
  const agenda = page.getByRole("region", { name: "Rendi i ditës" });
  await reads(agenda.locator("h3"), ["Ditën e Verës nuk kalon dot as ambulanca", "Pyetjet e banorëve"]);
  const event = await page.getByRole("link", { name: "Shtojeni në kalendar" }).getAttribute("href");
  const calendar = await (await context.request.get(event)).text();
  assert.match(calendar, /^BEGIN:VCALENDAR\r\n/);
  assert.ok(calendar.includes(`SUMMARY:${TITLE}`));
  await settled(page);
  assert.deepEqual(await faults(page, "the meeting"), []);
  await page.goto("/");
  await page.getByText("Takim i hapur: rrugët dhe dritat e Gjinarit para dimrit").waitFor();
});

test("what was read of it is there without a network", async () => {
  const { page, context } = resident;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto("/takime");
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
  await context.setOffline(false);
});

test("who has it open hears at once that it changed, and that it was cancelled", async () => {
  const { page } = resident;
  await page.reload();
  await page.getByText(/ora 18:00–19:30/).waitFor();
  const desk = secretary.page;
  await desk.getByLabel("Nga ora").fill("17:00");
  await desk.getByLabel("Arsyeja").first().fill("Autobusi i fundit niset në shtatë.");
  await desk.getByRole("button", { name: "Ndryshojeni" }).click();
  await desk.getByText("Takimi u ndryshua.").first().waitFor();
  await page.getByText(/ora 17:00–19:30/).waitFor();
  await page.getByText("Autobusi i fundit niset në shtatë.").waitFor();
  await desk.locator("summary", { hasText: "Anulojeni" }).click();
  await desk.getByLabel("Arsyeja").last().fill("Rruga është e bllokuar nga bora.");
  await desk.getByRole("button", { name: "Anulojeni" }).click();
  await desk.getByText("Takimi u anulua.").first().waitFor();
  await page.getByText("Ky takim u anulua.").waitFor();
  await page.getByText("Rruga është e bllokuar nga bora.").first().waitFor();
  await page.getByRole("link", { name: "Shtojeni në kalendar" }).waitFor({ state: "detached" });
  assert.deepEqual([...secretary.faults, ...resident.faults], []);
});

test("a member says before a meeting whether they come", async () => {
  const list = await (await fetch(`${town.address}/api/v1/municipalities/elbasan/meetings`)).json();
  const { id } = list.items.find((one) => one.kind === "hearing" && !one.cancelled_on && Date.parse(one.time.starts_at) > Date.now());
  const { page, context, faults: broken } = await person(browser, town);
  await settle(page);
  await enter(page, town, "policia@example.al");
  await page.goto(`/takime/${id}`);
  await page.getByRole("radio", { name: "nga larg" }).check();
  await page.getByText("U shënua.").waitFor();
  await page.reload();
  await page.getByRole("radio", { name: "nga larg", checked: true }).waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "a member's meeting"), []);
  assert.deepEqual(broken, []);
  await context.close();
});

test("a meeting that was held ends in outcomes, and its minutes are locked", async () => {
  const list = await (await fetch(`${town.address}/api/v1/municipalities/elbasan/meetings`)).json();
  const { id, time, title } = list.items.find((one) => one.kind === "hearing" && one.title !== TITLE && Date.parse(one.time.starts_at) > Date.now());
  const after = Date.parse(time.ends_at) + 60_000;
  town.moveClock(Math.round((after - Date.now()) / 1000) - noon);
  const later = async (options) => {
    const one = await person(browser, town, options);
    await one.context.clock.install({ time: after });
    await settle(one.page);
    return one;
  };
  const { page, context, faults: broken } = await later({ viewport: DESK });
  await enter(page, town, "sekretaria@example.al");
  await page.goto(`/tavolina/takime/${id}`);
  await page.getByRole("heading", { name: "Mbylleni takimin" }).waitFor();
  const police = page.getByLabel(/Komisariati|Policia/).first();
  assert.equal(await police.inputValue(), "remote", "as was said before");
  await police.selectOption({ label: "i pranishëm" });
  const [first, second, third] = await page.getByLabel("Përfundimi").all();
  await first.selectOption({ label: "Angazhim" });
  await second.selectOption({ label: "Kthehet në takimin tjetër" });
  await third.selectOption({ label: "Për njohuri" });
  for (const [place, text] of ["Mbrojtësja vihet para borës.", "Pritet pronari i tokës.", "Dymbëdhjetë pyetje, të gjitha u dëgjuan."].entries()) {
    await page.getByLabel("Çfarë u vendos").nth(place).fill(text);
  }
  await page.getByLabel("Kush e drejton").selectOption({ label: "Bashkia" });
  await page.getByLabel("Çfarë u tha").fill("Erdhën dyzet banorë. Tri institucionet u përgjigjën me radhë.");
  await page.reload();
  assert.equal(await page.getByLabel("Çfarë u vendos").first().inputValue(), "Mbrojtësja vihet para borës.", "nothing typed is lost");
  await page.getByLabel("Afati").fill(new Date(after + 30 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole("button", { name: "Ruajeni procesverbalin" }).click();
  await page.getByText("Procesverbali u ruajt.").first().waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "minutes at the desk"), []);

  const reader = await later();
  await reader.page.goto(`/takime/${id}`);
  await reader.page.getByText("Procesverbali ende nuk është publikuar.").waitFor();
  await page.getByRole("button", { name: "Miratoni procesverbalin" }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.getByText("Procesverbali publikohet dhe kyçet.").waitFor();
  assert.deepEqual(await faults(page, "approving"), []);
  await dialog.getByRole("button", { name: "Miratojeni" }).click();
  await page.getByText("Procesverbali u miratua dhe u publikua.").first().waitFor();
  await page.getByLabel("Çfarë është e saktë").fill("Erdhën dyzet e dy banorë.");
  await page.getByRole("button", { name: "Shtoni një ndreqje" }).click();
  await page.getByText("Ndreqja u shtua.").first().waitFor();

  const minutes = reader.page.getByRole("region", { name: "Procesverbali" });
  await minutes.getByText("1 vend nga 7 ishte i zënë. Nuk kishte kuorum.").waitFor();
  await minutes.getByText("Dita e takimit tjetër nuk u caktua.").waitFor();
  await minutes.getByText("Erdhën dyzet e dy banorë.").waitFor();
  await reader.page.getByText("Mbrojtësja vihet para borës.").waitFor();
  await minutes.locator("summary").click();
  const told = await minutes.locator("code").innerText();
  const kept = await (await fetch(`${town.address}/api/v1/meetings/${id}/minutes.json`)).text();
  assert.equal(told, createHash("sha256").update(kept).digest("hex"));
  await settled(reader.page);
  assert.deepEqual(await faults(reader.page, "minutes"), []);

  await page.goto("/tavolina/takime");
  await page.getByText("Kthehet nga një takim i mëparshëm.").first().waitFor();
  const agenda = page.getByLabel(/^Pika \d$/);
  const values = await agenda.evaluateAll((fields) => fields.map(({ value }) => value));
  assert.ok(values.includes("Parkimi te pishat"), `${title}: ${values}`);
  assert.deepEqual([...broken, ...reader.faults], []);
  await Promise.all([context.close(), reader.context.close()]);
});

test("a meeting that is none says so", async () => {
  const { page } = resident;
  await page.goto("/takime/0000000000000000");
  await page.getByRole("heading", { level: 1, name: "Ky takim nuk u gjet" }).waitFor();
});
