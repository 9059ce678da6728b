// A cheap phone is never busy for long, and nothing moves under a finger. No clock is read here: what costs time is
// counted instead, so that a busy machine changes nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { settled } from "./look.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

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

/** Counts what makes the browser read its book of languages, which blocks a cheap phone for a tenth of a second. */
function countIntl() {
  globalThis.intl = [];
  for (const name of ["DateTimeFormat", "NumberFormat", "Collator", "RelativeTimeFormat", "PluralRules"]) {
    Intl[name] = new Proxy(Intl[name], {
      construct: (made, given) => (globalThis.intl.push(name), Reflect.construct(made, given)),
      apply: (made, self, given) => (globalThis.intl.push(name), Reflect.apply(made, self, given)),
    });
  }
  for (const [kind, name] of [
    [Number, "toLocaleString"],
    [Date, "toLocaleString"],
    [Date, "toLocaleDateString"],
    [Date, "toLocaleTimeString"],
    [String, "localeCompare"],
  ]) {
    const real = kind.prototype[name];
    kind.prototype[name] = function (...given) {
      globalThis.intl.push(name);
      return real.apply(this, given);
    };
  }
}

for (const language of ["sq", "en"]) {
  test(`no first view reads the browser's book of languages (${language})`, async () => {
    const { page, context } = await person(browser, town, { serviceWorkers: "block" });
    await page.addInitScript(countIntl);
    await settle(page, language);
    for (const path of ["/", "/shqetesime", "/paraqit", "/vendi"]) {
      await page.goto(path);
      await settled(page);
      assert.deepEqual(await page.evaluate(() => globalThis.intl), [], path);
    }
    await page.evaluate(() => (1).toLocaleString());
    assert.deepEqual(await page.evaluate(() => globalThis.intl), ["toLocaleString"], "control");
    await context.close();
  });
}

test("an older browser, without Temporal, tells the same days", async () => {
  const told = [];
  for (const older of [false, true]) {
    const { page, context } = await person(browser, town, { serviceWorkers: "block" });
    if (older) await page.addInitScript(() => delete globalThis.Temporal);
    await settle(page);
    await page.goto("/shqetesime");
    await page.locator("main article").nth(19).waitFor();
    told.push(await page.locator("main article .meta").allTextContents());
    assert.equal(await page.evaluate(() => "Temporal" in globalThis), !older, "control");
    await context.close();
  }
  assert.equal(told[0].length, 20);
  assert.deepEqual(told[1], told[0]);
});

/** Notes how many there are of something whenever there are more, once a task. */
function countRows(selector) {
  globalThis.rows = [0];
  new MutationObserver(() => {
    const now = document.querySelectorAll(selector).length;
    if (now > globalThis.rows.at(-1)) globalThis.rows.push(now);
  }).observe(document, { childList: true, subtree: true });
}

for (const [path, selector, all, most] of [
  ["/vendi", "main li button", 61, 12],
  ["/shqetesime", "main li article", 20, 5],
]) {
  test(`${path} comes lot by lot, and whole`, async () => {
    const { page, context } = await person(browser, town, { serviceWorkers: "block" });
    await settle(page);
    await page.addInitScript(countRows, selector);
    await page.goto(path);
    await page.locator(selector).nth(all - 1).waitFor();
    const rows = await page.evaluate(() => globalThis.rows);
    assert.equal(rows.at(-1), all);
    const lots = rows.slice(1).map((now, before) => now - rows[before]);
    assert.ok(Math.max(...lots) <= most, `lots of ${lots}`);
    await context.close();
  });
}

/** Adds up how much of the screen was moved, as the browser judges it. */
function countShifts() {
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

for (const [late, path] of [
  ["the municipality", "**/api/v1/municipalities/elbasan"],
  ["the list", "**/api/v1/municipalities/elbasan/concerns*"],
]) {
  test(`nothing on the first page is pushed down when ${late} comes late`, async () => {
    const { page, context } = await person(browser, town, { serviceWorkers: "block" });
    await settle(page);
    await page.addInitScript(countShifts);
    await page.route(path, async (route) => {
      await new Promise((next) => setTimeout(next, 600));
      await route.continue();
    });
    await page.goto("/");
    await page.locator("#fresh").waitFor();
    await settled(page);
    const shifted = await page.evaluate(() => globalThis.shifted);
    assert.ok(shifted < 0.05, `${shifted} of the screen`);
    await page.evaluate(() => document.querySelector("main h1").before(Object.assign(document.createElement("p"), { style: "height: 9rem" })));
    await page.waitForFunction((before) => globalThis.shifted > before + 0.05, shifted);
    await context.close();
  });
}
