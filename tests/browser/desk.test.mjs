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
  const guide = secretary.page.getByRole("region", { name: "Çfarë thuhet dhe çfarë jo" });
  await guide.getByText("Askush nuk përpiqet të gjejë kush ka shkruar pa emër").waitFor();
  await guide.getByRole("button", { name: "I lexova" }).click();
  await guide.waitFor({ state: "detached" });
  await secretary.page.reload();
  await secretary.page.getByLabel("Gjendja e re").waitFor();
  assert.equal(await guide.count(), 0, "it is shown at first use alone");
  await secretary.page.getByLabel("Gjendja e re").selectOption("published");
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

test("what goes to a protected mechanism leaves on a slip before its words are deleted", async () => {
  const { id } = await submit("TRT6-ZDSW-FK5E-4WZ8-AR5Q-Q", "Në pallatin tonë bërtet dikush çdo natë");
  const { page, faults } = await atDesk("municipality.secretary@example.al");
  await page.goto(`/tavolina/${id}`);
  const slip = page.getByRole("button", { name: "Shtypni fletën e referimit (PDF)" });
  await page.getByLabel("Gjendja e re").waitFor();
  assert.equal(await slip.count(), 0, "only where it is handed over");
  await page.getByLabel("Gjendja e re").selectOption("referred");
  const [saved] = await Promise.all([page.waitForEvent("download"), slip.click()]);
  assert.equal(saved.suggestedFilename(), "flete-referimi.pdf");
  await page.getByText("Fleta u ruajt.").waitFor();
  assert.deepEqual(faults, []);
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
  await page.getByLabel("Gjendja e re").selectOption("merged");
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
  await holder.page.getByText("Asgjë nuk pret institucionin tuaj.").waitFor();
  await holder.page.getByRole("button", { name: "Shihni të gjitha institucionet" }).click();
  await holder.page.locator("main li h2").first().waitFor();
  assert.equal(await holder.page.locator("main input[type=checkbox]").count(), 1, "only the filter's own");
  assert.deepEqual([...faults, ...holder.faults], []);
});

test("what cannot be moved with many stays selected and is named", async () => {
  const { id } = await submit("VTPV-XVYA-ZVR0-V2XD-Y06H-A", "Kanali i hapur te sheshi");
  const { page, faults } = await atDesk("municipality.secretary@example.al");
  await page.request.post(`/api/v1/concerns/${id}/moves`, {
    headers: { origin: town.address },
    data: { to: "declined", reason: "Nuk është këtu.", legal_ground: "Ligji 139/2015" },
  });
  await page.goto("/tavolina?status=declined");
  await page.locator("main li h2", { hasText: "Kanali i hapur" }).waitFor();
  await page.keyboard.press("j");
  assert.ok((await page.evaluate(() => document.activeElement.textContent)).includes("Kanali"), "the first row");
  await page.keyboard.press("p");
  const dialog = page.locator("dialog[open]");
  assert.equal(await dialog.getByLabel("Arsyeja, e lexueshme").getAttribute("required"), "");
  await dialog.getByLabel("Arsyeja, e lexueshme").fill("E qartë dhe pa emra.");
  await dialog.getByRole("button", { name: "Bëni hapin" }).click();
  await dialog.getByText("Kanali i hapur te sheshi:").waitFor();
  assert.equal(await dialog.getByLabel("Arsyeja, e lexueshme").inputValue(), "E qartë dhe pa emra.");
  await page.keyboard.press("Escape");
  await page.getByRole("main").locator("b", { hasText: "1 i zgjedhur" }).waitFor();
  assert.deepEqual(faults, []);
});

test("what a member writes outlives the page and a template, until it is sent", async () => {
  const { id } = await submit("04HM-ASW9-NF6Y-ZZPW-QAC7-Y", "Ura e vogël pa mbrojtëse");
  const { page, faults } = await atDesk("municipality.secretary@example.al");
  await page.request.post("/api/v1/municipalities/elbasan/answer-templates", {
    headers: { origin: town.address },
    data: { title: "Falënderim", text: "Faleminderit që na shkruat." },
  });
  await page.goto("/tavolina");
  await page.getByText("Shabllonet e përgjigjeve (1)").click();
  await page.getByRole("button", { name: /^Hiqeni/ }).click();
  await page.getByText("Shabllonet e përgjigjeve (1)").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Kthejeni" }).click();
  await page.getByText("Shabllonet e përgjigjeve (1)").waitFor();
  await page.goto(`/tavolina/${id}`);
  const note = page.getByLabel("Shënim i ri");
  await note.fill("Kush e njeh vendin?");
  const message = page.getByLabel("Shkruani autorit");
  await message.fill("Cila anë e urës?");
  await page.getByRole("region", { name: "Biseda me autorin" }).getByLabel(/Shtoni një shabllon/).selectOption({ index: 1 });
  assert.equal(await message.inputValue(), "Cila anë e urës?\n\nFaleminderit që na shkruat.");
  await page.getByRole("link", { name: "Tavolina e këshillit" }).first().click();
  await page.waitForURL("**/tavolina");
  await page.goBack();
  assert.equal(await note.inputValue(), "Kush e njeh vendin?");
  await page.getByRole("button", { name: "Dërgojani autorit" }).click();
  await page.getByText("U dërgua.").waitFor();
  await page.reload();
  assert.equal(await message.inputValue(), "");
  assert.equal(await note.inputValue(), "Kush e njeh vendin?");

  await page.getByLabel("Gjendja e re").selectOption("referred");
  await page.getByText("Teksti, fotografitë dhe biseda fshihen").waitFor();
  await page.getByLabel("Gjendja e re").selectOption("in_review");
  await page.getByLabel(/Arsyeja, e lexueshme/).fill("Po");
  await page.getByRole("button", { name: "Bëni hapin" }).click();
  const held = () => page.evaluate(() => document.activeElement.tagName);
  await waitFor(async () => (await held()) === "TEXTAREA", "the field at fault has the focus");
  await page.getByLabel(/Arsyeja, e lexueshme/).fill("Po e shqyrtojmë.");
  await page.getByRole("button", { name: "Bëni hapin" }).click();
  await waitFor(async () => (await held()) === "H2", "the heading has the focus");
  assert.deepEqual(faults, []);
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
