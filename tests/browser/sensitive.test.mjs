// Whoever is in need is shown who helps before a word is typed, and nothing leaves the device.
// hostile rows T-ANON-13 and T-ANON-14.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

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

async function composer() {
  const one = await person(browser, town);
  const { page } = one;
  await settle(page);
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).waitFor();
  const sent = [];
  one.context.on("request", (request) => {
    if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
  });
  return { ...one, sent };
}

async function stored(page) {
  return page.evaluate(async () => {
    const kept = [];
    for (const { name } of await indexedDB.databases()) {
      const base = await new Promise((open) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => open(asked.result);
      });
      for (const store of base.objectStoreNames) {
        const rows = await new Promise((read) => {
          const asked = base.transaction(store).objectStore(store).getAll();
          asked.onsuccess = () => read(asked.result);
        });
        kept.push(...rows.map((row) => JSON.stringify(row)));
      }
      base.close();
    }
    return kept.join("\n");
  });
}

test("a referred topic shows help lines and no field, and the quick exit leaves nothing", async () => {
  const { context, page, sent } = await composer();
  await context.route("https://www.wikipedia.org/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>neutral</title>" }),
  );
  await page.getByRole("button", { name: "Dhuna në familje" }).click();
  await page.getByRole("heading", { name: "Nuk jeni vetëm" }).waitFor();
  assert.equal(await page.locator("main :is(input, textarea)").count(), 0);
  assert.ok((await page.locator('a[href^="tel:"]').count()) > 0);
  assert.equal(await page.title(), "Trekëndësh");
  assert.ok(!page.url().includes("dhun") && !page.url().includes("domestic"));
  await page.getByRole("button", { name: /Largohuni shpejt/ }).click();
  await page.waitForURL(/wikipedia\.org/);
  await page.goto(`${town.address}/privatesia`);
  assert.ok(!(await stored(page)).includes("domestic"));
  assert.deepEqual(sent, []);
  await context.close();
});

test("words of somebody in need bring up help before anything is sent", async () => {
  const { context, page, sent } = await composer();
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("radio", { name: "Gjinar" }).check();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByLabel("Me një fjali").fill("Në shtëpi nuk jam e sigurt");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Burri më rreh sa herë kthehet i pirë në shtëpi.");
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByText("A ka dikush nevojë për ndihmë tani?").waitFor();
  const close = await page.locator("dialog[open] .close").boundingBox();
  assert.ok(close.width >= 44, "a long title leaves its room to the way out");
  await page.locator("dialog[open]").getByRole("button", { name: "Largohuni shpejt" }).waitFor();
  await page.getByRole("button", { name: "Tregomëni kush ndihmon" }).click();
  await page.getByRole("heading", { name: "Nuk jeni vetëm" }).waitFor();
  await page.getByText("Asgjë nuk është dërguar.").waitFor();
  await waitFor(async () => (await stored(page)).includes("rreh"), "what was written is in the draft");
  await page.getByRole("button", { name: "Fshijeni atë që shkruajta" }).click();
  await page.getByRole("heading", { name: "Për çfarë bëhet fjalë?" }).waitFor();
  assert.ok(!(await stored(page)).includes("rreh"));
  assert.deepEqual(sent, []);
  await context.close();
});

test("the help page gives the topic's own advice, and the phone's back key leads to the topics", async () => {
  const { context, page } = await composer();
  const address = page.url();
  await page.getByRole("button", { name: "Shantazh" }).click();
  await page.getByText("Mos paguani dhe mos i fshini mesazhet").waitFor();
  assert.equal(page.url(), address);
  await page.goBack();
  await page.getByRole("heading", { name: "Për çfarë bëhet fjalë?" }).waitFor();
  await context.close();
});
