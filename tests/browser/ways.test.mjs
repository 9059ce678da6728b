// Ways that must lead somewhere: from a letter to what is not public, from a room that wants a place or a
// session and back, and for those who listen, to what has just been shown.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, enterCode, settle } from "./home.mjs";
import { nameAdministrator, seatMember, signIn } from "./staff.mjs";
import { DESK, person, startBrowser, startTown, waitFor } from "./town.mjs";

const SECRETARY = "municipality.secretary@example.al";
const RECEIPT = "BCF9-7G3T-Y9J8-T3NW-65YT-N";

let browser;
let town;
let own;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  await seatMember(town, await nameAdministrator(town), "municipality", "secretary");
  const author = await signIn(town, "mira@example.al");
  own = await author.post("/municipalities/elbasan/concerns", {
    topic: "lighting",
    unit: "gjinar",
    title: "Rruga e kishës pa drita",
    text: "Prej dy javësh rruga është pa drita.",
    identity: "display",
    display_name: "Mira",
  });
  // Secretaries are told of a new concern at the next full hour.
  town.moveClock(3_660);
});
after(async () => {
  await browser.close();
  town.stop();
});

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const path = (page) => new URL(page.url()).pathname;

async function somebody(options) {
  const one = await person(browser, town, options);
  await settle(one.page);
  return one;
}

test("a letter leads an author to their own concern and the secretary to the desk", async () => {
  const author = await somebody();
  await author.page.goto(`/shqetesime/${own.id}`);
  await author.page.getByRole("heading", { name: "Ky shqetësim nuk është publik" }).waitFor();
  await author.page.getByRole("main").getByRole("link", { name: "Hyni" }).click();
  await enterCode(author.page, town, "mira@example.al");
  await author.page.waitForURL(`**/une/shqetesimet/${own.id}`);
  await author.page.getByRole("heading", { name: "Biseda me këshillin" }).waitFor();

  const secretary = await somebody({ viewport: DESK });
  await enter(secretary.page, town, SECRETARY);
  await secretary.page.goto(`/shqetesime/${own.id}`);
  await secretary.page.waitForURL(`**/tavolina/${own.id}`);
  const beside = secretary.page.getByRole("navigation", { name: "Dhomat kryesore" });
  await beside.getByRole("link", { name: "Tavolina e këshillit" }).click();
  await secretary.page.waitForURL("**/tavolina");

  const stranger = await somebody();
  await enter(stranger.page, town, "tjeter@example.al");
  await stranger.page.goto(`/shqetesime/${own.id}`);
  await stranger.page.getByRole("heading", { name: "Ky shqetësim nuk është publik" }).waitFor();
  assert.equal(path(stranger.page), `/shqetesime/${own.id}`);
  assert.deepEqual([...author.faults, ...secretary.faults, ...stranger.faults], []);
});

test("who is signed out is led through the sign-in and back", async () => {
  const { page } = await somebody();
  for (const room of [`/une/shqetesimet/${own.id}`, `/tavolina/${own.id}`]) {
    await page.goto(room);
    await page.getByRole("heading", { name: "Hyni që ta shihni" }).waitFor();
    await page.getByRole("alert").getByRole("link", { name: "Hyni" }).click();
    await page.waitForURL((url) => url.searchParams.get("pas") === room);
  }
  await page.goto("/une/hyr?pas=//evil.example");
  await enterCode(page, town, "mira@example.al");
  await page.waitForURL("**/une");
});

test("an administrator who opens the desk is shown their own room", async () => {
  const { page } = await somebody({ viewport: DESK });
  await enter(page, town, "admin@example.al");
  await page.goto("/tavolina");
  await page.getByRole("main").getByRole("link", { name: "Administrimi i këshillit" }).click();
  await page.waitForURL("**/administrimi");
});

test("e-mail instead of a push leads back to the concern", async () => {
  const { page } = await somebody();
  await page.goto(`/njoftime?shqetesimi=${own.id}`);
  await page.getByRole("button", { name: "Aktivizoni njoftimet" }).click();
  await page.getByRole("link", { name: "Hyni me e-mail" }).click();
  await page.waitForURL((url) => url.searchParams.get("pas") === `/shqetesime/${own.id}`);
});

test("without a municipality nothing is offered that needs one, and the way leads back", async () => {
  const { page } = await person(browser, town, { viewport: { width: 320, height: 640 } });
  await page.goto("/");
  await page.getByRole("link", { name: "Zgjidhni bashkinë tuaj" }).waitFor();
  assert.equal(await page.locator('a[href="/paraqit"]').count(), 0);
  await page.goto("/njoftime");
  await page.getByText("Zgjidhni më parë bashkinë").waitFor();
  await page.getByRole("link", { name: "Zgjidhni bashkinë tuaj" }).click();
  await page.getByLabel("Kërkoni bashkinë").fill("Elbasan");
  const found = page.getByRole("button", { name: /^Elbasan/ });
  await found.scrollIntoViewIfNeeded();
  const hit = await found.evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  assert.ok(hit, "nothing lies over it");
  await found.click();
  await waitFor(async () => (await focused(page)) === "Bashkia Elbasan", "the focus is on what came");
  await page.getByRole("button", { name: "Gjinar" }).click();
  await page.waitForURL("**/njoftime");
  await page.goto("/");
  await page.locator('a[href="/paraqit"]').first().waitFor();
  await page.getByRole("link", { name: "Ndiqni me kod" }).waitFor();
});

test("the unit where the device is comes first and alone in a frame", async () => {
  const { page, context } = await person(browser, town);
  await context.grantPermissions(["geolocation"], { origin: town.address });
  await context.setGeolocation({ latitude: 41.0333, longitude: 20.2 });
  await page.goto("/vendi");
  await page.getByRole("button", { name: "Gjejeni nga vendndodhja ime" }).click();
  await page.getByRole("heading", { name: "Bashkia Elbasan" }).waitFor();
  const units = page.locator("main li button");
  await waitFor(async () => (await units.first().textContent()).trim() === "Gjinar", "the unit comes first");
  const frames = await units.evaluateAll((all) => all.filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) >= 2).length);
  assert.equal(frames, 1);
  assert.equal(await focused(page), "Bashkia Elbasan");
});

test("where there is no council nothing is promised", async () => {
  const { page } = await person(browser, town);
  const { items } = await (await page.request.get("/api/v1/municipalities")).json();
  const none = items.find(({ council }) => council === "none");
  await page.goto("/");
  await page.evaluate((slug) => localStorage.setItem("home", JSON.stringify({ municipality: slug, unit: null })), none.slug);
  for (const room of ["/", "/shqetesime", "/njoftime"]) {
    await page.goto(room);
    await page.getByText("Këtu nuk merren ende shqetësime.").waitFor();
    assert.equal(await page.locator('a[href="/paraqit"]').count(), 0, room);
    assert.equal(await page.getByText("Bëhuni i pari").count(), 0, room);
    assert.equal(await page.getByRole("button", { name: "Aktivizoni njoftimet" }).count(), 0, room);
  }
});

test("the focus goes to the heading that came or to the field at fault", async () => {
  const { page } = await somebody();
  await page.request.post("/api/v1/municipalities/elbasan/concerns", {
    headers: { origin: town.address },
    data: { topic: "lighting", title: "Rruga pa drita", text: "Prej dy javësh pa drita.", identity: "anonymous", receipt: RECEIPT },
  });
  await page.goto("/une/hyr");
  await page.getByLabel("Adresa juaj e e-mailit").fill("tjeter");
  await page.getByRole("button", { name: "Ma dërgoni kodin" }).click();
  const onInput = () => page.evaluate(() => document.activeElement.tagName === "INPUT");
  await waitFor(onInput, "a bad address has the focus");
  await page.getByLabel("Adresa juaj e e-mailit").fill("fokusi@example.al");
  await page.getByRole("button", { name: "Ma dërgoni kodin" }).click();
  await page.getByRole("heading", { name: "Shkruani kodin" }).waitFor();
  await waitFor(onInput, "the field for the code has it");
  await page.getByLabel("Kodi prej tetë shenjash").fill("0000-0000");
  await page.getByRole("button", { name: "Hyni", exact: true }).click();
  await page.locator("[aria-invalid]").waitFor();
  await waitFor(onInput, "a wrong code has it");

  await page.goto("/kodi");
  await page.getByLabel("Kodi", { exact: true }).fill("1234");
  await page.getByRole("button", { name: "Hapeni" }).click();
  await waitFor(onInput, "a code too short has it");
  await page.getByLabel("Kodi", { exact: true }).fill(RECEIPT);
  await page.getByRole("button", { name: "Hapeni" }).click();
  await waitFor(async () => (await focused(page)) === "Rruga pa drita", "the concern has it");
  const order = await page.locator("main :is(h1, h2)").allTextContents();
  assert.ok(order.indexOf("Biseda me këshillin") < order.indexOf("Çfarë thonë tre institucionet"), String(order));
  await page.getByRole("button", { name: "Mbylleni bisedën" }).click();
  await waitFor(async () => (await focused(page)) === "Ndiqni me kod", "and back");
});
