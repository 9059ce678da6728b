// What a cheap phone has to fetch before it sees anything (DESIGN §8), as it comes over the wire.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { person, startBrowser, startTown, waitFor } from "./town.mjs";

const KILO = 1000;

let browser;
let town;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
});
after(async () => {
  await browser.close();
  town.stop();
});

/** Bytes by kind, compressed, of what a page fetches until it is quiet. */
async function fetched(page, path) {
  const bytes = { script: 0, stylesheet: 0 };
  page.on("response", (answer) => {
    const kind = answer.request().resourceType();
    if (kind in bytes) bytes[kind] += Number(answer.headers()["content-length"]);
  });
  await page.goto(path, { waitUntil: "networkidle" });
  return bytes;
}

for (const language of ["sq", "en"]) {
  test(`the first view is light enough for a cheap phone (${language})`, async () => {
    const { page, context } = await person(browser, town, { serviceWorkers: "block" });
    if (language === "en") {
      await page.goto("/");
      await page.getByText("English", { exact: true }).first().click();
      // As a phone that has nothing yet, but knows its language.
      const debug = await context.newCDPSession(page);
      await debug.send("Network.clearBrowserCache");
      await debug.detach();
    }
    const bytes = await fetched(page, "/");
    assert.ok(bytes.script > 10 * KILO && bytes.stylesheet > KILO, `control: ${JSON.stringify(bytes)}`);
    assert.ok(bytes.script <= 45 * KILO, `${bytes.script} bytes of JavaScript`);
    assert.ok(bytes.stylesheet <= 10 * KILO, `${bytes.stylesheet} bytes of CSS`);
    await context.close();
  });
}

test("the service worker is light, and no map or desk comes before it is asked for", async () => {
  const worker = await fetch(`${town.address}/sw.js`, { headers: { "accept-encoding": "br" } });
  assert.equal(worker.headers.get("content-encoding"), "br");
  const length = Number(worker.headers.get("content-length"));
  assert.ok(length > KILO && length <= 15 * KILO, `${length} bytes of worker`);
  const { page, context } = await person(browser, town, { serviceWorkers: "block" });
  const names = [];
  page.on("request", (request) => names.push(new URL(request.url()).pathname));
  await page.goto("/", { waitUntil: "networkidle" });
  await waitFor(() => names.length > 3, "the first view");
  assert.deepEqual(names.filter((name) => /leaflet|map|desk/i.test(name)), []);
  await context.close();
});
