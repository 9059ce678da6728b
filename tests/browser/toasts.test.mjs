// A short word at the edge of the screen is heard, lies over nothing that is pressed next, and goes away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { PHONE, amount, person, startBrowser, startTown, waitFor } from "./town.mjs";

const WINDOWS = [
  ["on a phone", PHONE],
  ["320 wide", { width: 320, height: 568 }],
  ["on a phone at 200 %", { width: 180, height: 370 }],
  ["at a desk at 200 %", { width: 640, height: 400 }],
];

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

const rectangle = (locator) =>
  locator.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  });

/** Whether the toast is on the screen whole, and on nothing of `beneath`; in a low window that is at the page's end. */
async function liesFree(page, words, beneath) {
  const { width, height } = page.viewportSize();
  // A page comes in parts, so its end may move away once more.
  await waitFor(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    return (await rectangle(beneath.last())).bottom <= height;
  }, "the page's end");
  const toast = page.getByRole("status").filter({ hasText: words }).locator(".toast");
  await toast.waitFor();
  const over = await rectangle(toast);
  assert.ok(over.left >= 0 && over.right <= width && over.top >= 0 && over.bottom <= height, JSON.stringify(over));
  for (const one of await beneath.all()) {
    const under = await rectangle(one);
    assert.ok(under.bottom <= height, `on the screen: ${JSON.stringify(under)}`);
    const apart =
      over.right <= under.left || under.right <= over.left || over.bottom <= under.top || under.bottom <= over.top;
    assert.ok(apart, `${JSON.stringify(over)} lies on ${JSON.stringify(under)}`);
  }
  return toast;
}

for (const [where, viewport] of WINDOWS) {
  test(`a toast ${where} lies neither on the rooms nor on the button of concerns`, async () => {
    const { page, context } = await person(browser, town, { viewport });
    await settle(page);
    await enter(page, town, `resident.${viewport.width}@example.al`);
    const pressed = page.locator('nav.rooms a[href="/paraqit"], nav.rooms li:not(.staff) a');
    await amount(pressed, 6);
    await liesFree(page, "Mirë se erdhët.", pressed);
    await context.close();
  });

  test(`a toast ${where} does not lie on the composer's button`, async () => {
    const { page, context } = await person(browser, town, { viewport });
    await settle(page);
    await page.evaluate(
      () =>
        new Promise((done) => {
          const opening = indexedDB.open("trekendesh");
          opening.onsuccess = () => {
            const shared = { title: "", text: "Ndarë nga një aplikacion", photos: [] };
            const kept = opening.result.transaction("kept", "readwrite").objectStore("kept");
            kept.put(shared, "shared").onsuccess = () => (opening.result.close(), done());
          };
        }),
    );
    await page.goto("/paraqit");
    await page.getByRole("status").filter({ hasText: "E morëm atë që ndatë" }).waitFor();
    await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
    const go = page.getByRole("button", { name: "Vazhdoni", exact: true });
    await go.waitFor();
    await liesFree(page, "E morëm atë që ndatë", go);
    await context.close();
  });
}

test("a toast is announced where a reader already listens, and goes by itself or when closed", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await page.goto("/une/hyr");
  const listened = page.locator('.toasts[role="status"][aria-live="polite"]');
  await listened.evaluate((region) => (region.dataset.before = "yes"));
  const code = () => town.newestCode("toast@example.al");
  await page.locator('input[type="email"]').fill("toast@example.al");
  await page.getByRole("button", { name: "Ma dërgoni kodin" }).click();
  await page.getByLabel("Kodi prej tetë shenjash").fill(await waitFor(code, "a code"));
  await page.getByRole("button", { name: "Hyni", exact: true }).click();
  const welcome = listened.getByText("Mirë se erdhët.");
  await welcome.waitFor();
  assert.equal(await listened.getAttribute("data-before"), "yes", "the region was there before its words");
  await welcome.waitFor({ state: "detached" });

  await page.goto("/une");
  await page.getByLabel("Emri im").fill("Mira");
  await page.locator("form", { has: page.getByLabel("Emri im") }).getByRole("button", { name: "Ruani" }).click();
  const saved = listened.getByText("Emri u ruajt.");
  await saved.waitFor();
  const since = Date.now();
  await listened.getByRole("button", { name: "Mbyllni" }).click();
  await saved.waitFor({ state: "detached" });
  assert.ok(Date.now() - since < 3_000, "closed, not timed out");
  await context.close();
});
