// What the map, today's page and a concern's own page tell, and whether a thumb can reach it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { low } from "./look.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

// One grey pixel.
const TILE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

let browser;
let town;
let tiles;
const asked = [];
before(async () => {
  browser = await startBrowser();
  tiles = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { "content-type": "image/png", "cross-origin-resource-policy": "cross-origin" }).end(TILE);
  });
  await new Promise((ready) => tiles.listen(0, "127.0.0.1", ready));
  const { port } = tiles.address();
  town = await startTown("demo", { TREKENDESH_TILE_URL: `http://127.0.0.1:${port}/{z}/{x}/{y}.png` });
});
after(async () => {
  await browser.close();
  town.stop();
  tiles.closeAllConnections();
  tiles.close();
});

test("the map shows every concern at once, over the operator's pictures", async () => {
  const { page, faults } = await person(browser, town);
  await settle(page);
  await page.goto("/shqetesime?pamja=harta");
  const list = await page.request.get("/api/v1/municipalities/elbasan/concerns");
  const { total } = await list.json();
  const pins = page.locator(".pin");
  await pins.first().waitFor();
  const shownAll = async () => (await pins.allTextContents()).reduce((sum, text) => sum + Number(text.trim() || 1), 0) === total;
  await waitFor(shownAll, `${total} concerns on the map`);
  await waitFor(() => page.locator(".leaflet-tile-loaded").count(), "pictures of the ground");
  assert.ok(asked.length > 0);
  await page.getByText("© OpenStreetMap").last().waitFor();
  await page.locator(".pin.many").first().click();
  const shown = page.getByRole("region", { name: /shqetësime këtu/ });
  const title = await shown.getByRole("link").first().textContent();
  await shown.getByRole("link").first().click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  assert.deepEqual(faults, []);
});

test("a dot of the map is opened by keyboard, and those who listen have everything as a list", async () => {
  const { page } = await person(browser, town);
  await settle(page);
  await page.goto("/shqetesime?pamja=harta");
  await page.locator(".pin").first().waitFor();
  await page.getByRole("button", { name: "Zmadhoni hartën" }).focus();
  // The dots come before the buttons of the map.
  await page.keyboard.press("Shift+Tab");
  const label = await page.evaluate(() => document.activeElement.matches(".pin") && document.activeElement.getAttribute("aria-label"));
  assert.match(label, /shqetësim/);
  await page.keyboard.press("Enter");
  const shown = page.getByRole("region", { name: label });
  await waitFor(() => page.evaluate(() => document.activeElement.id === "cell"), "the focus is on what was opened");
  await page.keyboard.press("Tab");
  const title = await shown.getByRole("link").first().textContent();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), title);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();

  await page.goto("/shqetesime?pamja=harta");
  const { total } = await (await page.request.get("/api/v1/municipalities/elbasan/concerns")).json();
  const rows = page.getByRole("main").getByRole("article");
  const more = page.getByRole("button", { name: "Shfaqni më shumë" });
  await waitFor(async () => {
    if (await more.isVisible()) await more.click();
    return (await rows.count()) === total;
  }, "all rows");
  assert.ok((await rows.allTextContents()).some((text) => text.includes(title)));
});

test("the way of an answered concern shows whose step each was by the institution's mark", async () => {
  const { page } = await person(browser, town);
  await settle(page);
  const list = await page.request.get("/api/v1/municipalities/elbasan/concerns?sort=most_supported");
  const { id } = (await list.json()).items.find((item) => item.answered_by.includes("police"));
  const { timeline } = await (await page.request.get(`/api/v1/concerns/${id}`)).json();
  await page.goto(`/shqetesime/${id}`);
  const steps = page.getByRole("region", { name: "Rruga e shqetësimit" }).getByRole("listitem");
  await steps.first().waitFor();
  const corners = ["municipality", "police", "prosecution"];
  const filled = await steps.evaluateAll((all, names) => {
    const painted = (step, name) => {
      const path = step.querySelector(`svg path.${name}`);
      return !!path && !["none", "rgba(0, 0, 0, 0)"].includes(getComputedStyle(path).fill);
    };
    return all.map((step) => names.filter((name) => painted(step, name)));
  }, corners);
  const expected = timeline.map(({ institution }) => corners.filter((name) => name === institution));
  assert.deepEqual(filled, expected);
  assert.ok(expected.flat().includes("police"), "control: the police answered");
});

test("an answer is told in its own words today, and once in full on its page", async () => {
  const { page } = await person(browser, town);
  await settle(page);
  const answers = page.getByRole("region", { name: "Përgjigjet e fundit" });
  await answers.locator("article").first().waitFor();
  const list = await (await page.request.get("/api/v1/municipalities/elbasan/concerns")).json();
  const newest = list.items.filter((item) => item.last_answer).sort((a, b) => b.last_answer.on.localeCompare(a.last_answer.on));
  const begin = newest[0].last_answer.excerpt.slice(0, 30);
  await waitFor(async () => (await answers.textContent()).includes(begin), "the newest answer's words");

  const supported = await page.request.get("/api/v1/municipalities/elbasan/concerns?sort=most_supported");
  const { id } = (await supported.json()).items.find((item) => item.answered_by.includes("municipality"));
  const { timeline } = await (await page.request.get(`/api/v1/concerns/${id}`)).json();
  const { text } = timeline.findLast((entry) => entry.kind === "answer" && entry.institution === "municipality");
  await page.goto(`/shqetesime/${id}`);
  await page.getByText(text).first().waitFor();
  assert.equal(await page.getByText(text).count(), 1);
});

test("without a network it is said once", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.getByRole("heading", { name: "Bashkia Elbasan" }).waitFor();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.reload();
  await page.locator("article").first().waitFor();
  // Some browsers that are only told to be without a network say so of a new page once they are told anew.
  await context.setOffline(false);
  await context.setOffline(true);
  await page.getByText("Jeni pa internet").waitFor();
  await page.locator("article").first().waitFor();
  assert.equal(await page.getByText("Kjo është kopja e ruajtur").count(), 0);
});

test("a thumb reaches what is small, and the longest word stays in its tile", async () => {
  const { page } = await person(browser, town);
  await settle(page);
  await page.goto("/paraqit");
  const tile = page.getByRole("button", { name: "Mosmarrëveshjet" });
  await tile.waitFor();
  const room = await tile.evaluate((button) => {
    const words = document.createRange();
    words.selectNodeContents(button.querySelector("span"));
    const line = [...words.getClientRects()];
    const widest = Math.max(...line.map(({ right }) => right));
    return { spare: button.getBoundingClientRect().right - widest, text: button.innerText };
  });
  assert.ok(room.spare >= 8, JSON.stringify(room));
  await enter(page, town, "mira@example.al");
  await page.locator("main section li a").first().waitFor();
  assert.deepEqual(await low(page.locator("main :is(section, nav) li a")), []);
  const { items } = await (await page.request.get("/api/v1/municipalities/elbasan/polls")).json();
  await page.goto(`/sondazhe/${items.find(({ state }) => state === "closed").id}`);
  await page.locator("summary").first().waitFor();
  assert.deepEqual(await low(page.locator("summary")), []);
  const desk = (await person(browser, town)).page;
  await settle(desk);
  await enter(desk, town, "sekretaria@example.al");
  await desk.goto("/tavolina");
  await desk.locator("main li h2 a").first().waitFor();
  assert.deepEqual(await low(desk.locator("main li h2 a")), []);
  const wide = await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0);
});
