// Where somebody is stays on their device: it is asked for when they press, compared with the outlines here,
// and leaves only as the point of a concern they send.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { person, startBrowser, startTown, waitFor } from "./town.mjs";

const GJINAR = { latitude: 41.03341, longitude: 20.20127 };
/** In the rectangle around Elbasan, but not in Elbasan. */
const BESIDE = { latitude: 41.22, longitude: 20.33 };
const TIRANA = { latitude: 41.32754, longitude: 19.81893 };
const ROME = { latitude: 41.89, longitude: 12.49 };

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

/** Somebody at a place, or with a device that does not tell; every question to it and every request is noted. */
async function somebody(at) {
  const { page, context } = await person(browser, town);
  if (at) {
    await context.grantPermissions(["geolocation"], { origin: town.address });
    await context.setGeolocation(at);
  }
  await context.addInitScript(() => {
    window.asked = 0;
    for (const way of ["getCurrentPosition", "watchPosition"]) {
      const device = navigator.geolocation[way].bind(navigator.geolocation);
      navigator.geolocation[way] = (...how) => {
        window.asked += 1;
        return device(...how);
      };
    }
  });
  const sent = [];
  context.on("request", (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
  await page.goto("/privatesia");
  await page.evaluate(() => localStorage.setItem("home", '{"municipality":"elbasan","unit":null}'));
  const asked = () => page.evaluate(() => window.asked);
  const told = () => sent.filter((line) => at && (line.includes(`${at.latitude}`) || line.includes(`${at.longitude}`)));
  return { page, context, asked, told };
}

async function openMap(page) {
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("radio", { name: "Papër" }).check();
  await page.getByRole("button", { name: "Zgjidhni në hartë" }).click();
  await page.locator(".leaflet-container .outline").first().waitFor();
}

const here = (page) => page.getByRole("button", { name: "Vendoseni te vendndodhja ime" });
const next = (page) => page.getByRole("button", { name: "Vazhdoni", exact: true }).click();

test("the point and its unit are found on the device, and leave it only with the concern", async () => {
  const { page, context, asked, told } = await somebody(GJINAR);
  await openMap(page);
  assert.equal(await asked(), 0, "nothing is asked before it is pressed");
  await here(page).click();
  await page.getByText("Pika u vendos: Gjinar.").waitFor();
  assert.equal(await asked(), 1);
  await page.getByRole("radio", { name: "Gjinar", checked: true }).waitFor();
  await page.locator(".pin").waitFor();

  await next(page);
  await page.getByLabel("Me një fjali").fill("Rruga e shkollës pa drita");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Prej dy javësh rruga është pa drita.");
  await next(page);
  await page.locator("label", { hasText: "Pa emër" }).click();
  await next(page);
  await page.getByText("Gjinar, me pikë në hartë").waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(told(), []);
  await page.getByRole("button", { name: "Dërgojeni" }).click();
  const [line] = await waitFor(() => told().length && told(), "the concern is sent");
  assert.match(line, /^POST \S+\/municipalities\/elbasan\/concerns .*"unit":"gjinar"/);
  assert.equal(await asked(), 1);
  await context.close();
});

test("a place outside the outlines sets nothing, and what to do is said", async () => {
  for (const at of [BESIDE, TIRANA]) {
    const { page, context, told } = await somebody(at);
    await openMap(page);
    await here(page).click();
    await page.getByText("Ky vend është jashtë bashkisë. Prekni hartën brenda kufijve.").waitFor();
    assert.equal(await page.locator(".pin").count(), 0);
    assert.ok(await page.getByRole("radio", { name: "Papër" }).isChecked());
    assert.deepEqual(told(), []);
    await context.close();
  }
});

test("a device that does not tell leaves the map and the unit", async () => {
  const { page, context } = await somebody();
  await openMap(page);
  await here(page).click();
  await page.getByText("Pajisja nuk e dha vendndodhjen. Prekni hartën, ose mjafton njësia.").waitFor();
  await page.getByRole("button", { name: "Vendosni pikën në mes" }).click();
  await page.getByText("Pika u vendos: Papër.").waitFor();
  await context.close();
});

test("the choice of home asks when pressed, tells nobody, and says what to do instead", async () => {
  for (const [at, said] of [
    [GJINAR, "Duket se jeni te Bashkia Elbasan."],
    [ROME, "Kjo pikë nuk bie brenda asnjë bashkie. Zgjidheni nga lista."],
    [undefined, "Pajisja nuk e dha vendndodhjen. Zgjidheni bashkinë nga lista."],
  ]) {
    const { page, context, asked, told } = await somebody(at);
    await page.goto("/vendi");
    await page.getByRole("button", { name: /^Elbasan/ }).waitFor();
    assert.equal(await asked(), 0);
    await page.getByRole("button", { name: "Gjejeni nga vendndodhja ime" }).click();
    await page.getByText(said).waitFor();
    assert.equal(await asked(), 1);
    assert.deepEqual(told(), []);
    await context.close();
  }
});
