// The council at its desk, on a wide screen: signing in, reading the queue by keyboard, publishing,
// answering, and writing to an anonymous author.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

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

async function submit(receipt) {
  const answer = await fetch(`${town.address}/api/v1/municipalities/elbasan/concerns`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      topic: "lighting",
      unit: "gjinar",
      title: "Rruga e shkollës pa drita",
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
async function atDesk(email) {
  const one = await person(browser, town, { viewport: DESK });
  const { page } = one;
  await page.goto("/vendi");
  await page.getByRole("button", { name: /^Elbasan/ }).click();
  await page.getByRole("button", { name: "E gjithë bashkia" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto("/une/hyr");
  const before = await town.code(email);
  await page.locator('input[type="email"]').fill(email);
  await page.locator("main form button").first().click();
  const code = await waitFor(async () => {
    const newest = await town.code(email);
    return newest !== before && newest;
  }, "another code");
  await page.locator('main input:not([type="email"])').first().fill(code);
  await page.locator("main form button").first().click();
  await page.waitForURL("**/une");
  await page.goto("/tavolina");
  return one;
}
