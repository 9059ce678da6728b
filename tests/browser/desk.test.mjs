// The council at its desk, on a wide screen: signing in, reading the queue by keyboard, publishing,
// answering, and writing to an anonymous author.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { nameAdministrator, seatMember } from "./staff.mjs";
import { DESK, person, startBrowser, startTown, waitFor } from "./town.mjs";

let browser;
let town;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
});
after(async () => {
  await browser.close();
  town.stop();
});

test("the secretary signs in, publishes, and the police answers", async () => {
  const administrator = await nameAdministrator(town);
  await seatMember(town, administrator, "municipality", "secretary");
  await seatMember(town, administrator, "police", "member");
  const { id } = await submit("BCF9-7G3T-Y9J8-T3NW-65YT-N");
  town.moveClock(120);

  const secretary = await atDesk("municipality.secretary@example.al");
  await secretary.page.getByText("Rruga e shkollës pa drita").first().waitFor();
  await secretary.page.keyboard.press("j");
  await secretary.page.keyboard.press("Enter");
  await secretary.page.waitForURL(`**/tavolina/${id}`);
  await secretary.page.getByLabel("Kaloni në").selectOption("published");
  await secretary.page.getByLabel(/Arsyeja, e lexueshme/).fill("E qartë dhe pa emra.");
  await secretary.page.getByRole("button", { name: "Bëni hapin" }).click();
  await waitFor(async () => (await desk(secretary, id)).status === "published", "it is published");

  const police = await atDesk("police.member@example.al");
  await police.page.goto(`/tavolina/${id}`);
  await police.page.getByLabel("Përgjigjja", { exact: true }).selectOption("not_possible");
  await police.page.getByLabel(/Me fjalë të thjeshta/).fill("Ndriçimi është punë e bashkisë; ne patrullojmë.");
  await police.page.getByRole("button", { name: "Publikoni përgjigjen" }).click();
  await waitFor(async () => (await desk(police, id)).verdict === "not_possible", "it is answered");
  assert.equal(await police.page.getByRole("button", { name: "Bëni hapin" }).count(), 0);
  assert.deepEqual([...secretary.faults, ...police.faults], []);
});

test("the secretary finds what is the same, merges it, and looks through the queue", async () => {
  const first = await submit("KWY1-MYZ0-BN1C-G4BF-MB9S-P", "Rruga e fshatit është pa drita");
  const second = await submit("0410-6105-0R3G-G28A-1C60-V", "Dritat e rrugës së fshatit nuk ndizen");
  const { page, faults } = await atDesk("municipality.secretary@example.al");
  for (const { id } of [first, second]) {
    await page.request.post(`/api/v1/concerns/${id}/moves`, {
      headers: { origin: town.address },
      data: { to: "published", reason: "E qartë dhe pa emra." },
    });
  }
  town.moveClock(26 * 3600);
  await waitFor(async () => {
    const shown = await fetch(`${town.address}/api/v1/concerns/${first.id}`);
    return shown.ok;
  }, "the morning's batch");
  town.moveClock(120);
  await page.goto(`/tavolina/${second.id}`);
  await page.getByLabel("Kaloni në").selectOption("merged");
  await page.getByLabel(/Arsyeja, e lexueshme/).fill("Është i njëjti vend.");
  await page.getByLabel("Rruga e fshatit është pa drita").check();
  await page.getByRole("button", { name: "Bëni hapin" }).click();
  await waitFor(async () => (await desk({ page }, second.id)).merged_into === first.id, "it is merged");

  await page.goto("/tavolina");
  await page.getByRole("searchbox", { name: "Kërkoni te radha" }).fill("fshatit");
  await waitFor(async () => (await page.locator("main li h2").count()) === 1, "the queue is searched");
  await page.getByLabel("Tema").selectOption("road");
  await page.getByText("Radha është bosh").waitFor();
  assert.deepEqual(faults, []);
});

test("the administrator gives a seat, and its holder opens the desk", async () => {
  const { page, faults } = await atDesk("admin@example.al", "/administrimi");
  await page.getByRole("button", { name: "Shtoni një vend" }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.getByLabel("Institucioni", { exact: true }).selectOption("prosecution");
  await dialog.getByLabel("Emërtimi i vendit").fill("Prokurore e rrethit");
  await dialog.getByLabel("Adresa e e-mailit").fill("prokurorja@example.al");
  await dialog.getByRole("button", { name: "Shtoni një vend" }).click();
  await page.getByText("prokurorja@example.al").waitFor();
  await page.getByLabel("Ditë pune deri te përgjigjja").fill("12");
  await page.getByRole("button", { name: "Ruani", exact: true }).click();
  await waitFor(async () => {
    const settings = await page.request.get("/api/v1/municipalities/elbasan/settings");
    return (await settings.json()).answer_days === 12;
  }, "the deadline is kept");
  await page.getByRole("button", { name: "Punojmë atë ditë" }).first().click();
  await page.getByText("punojmë, afatet ecin").waitFor();
  await page.getByRole("button", { name: "Pushojmë atë ditë" }).click();
  await page.getByText("punojmë, afatet ecin").waitFor({ state: "detached" });
  const holder = await atDesk("prokurorja@example.al");
  await holder.page.getByText("Prokurore e rrethit").waitFor();
  await holder.page.locator("main li h2").first().waitFor();
  assert.deepEqual([...faults, ...holder.faults], []);
});

async function submit(receipt, title = "Rruga e shkollës pa drita") {
  const answer = await fetch(`${town.address}/api/v1/municipalities/elbasan/concerns`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      topic: "lighting",
      unit: "gjinar",
      title,
      text: "Prej dy javësh rruga është pa drita.",
      identity: "anonymous",
      receipt,
    }),
  });
  return answer.json();
}

async function desk({ page }, id) {
  return (await page.request.get(`/api/v1/desk/concerns/${id}`)).json();
}

/** Signs in through the app's own pages and opens the desk. */
async function atDesk(email, room = "/tavolina") {
  const one = await person(browser, town, { viewport: DESK });
  const { page } = one;
  await settle(page);
  await enter(page, town, email);
  await page.goto(room);
  return one;
}
