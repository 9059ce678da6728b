// Who may vote: the administrator prints letters, a resident scans one before signing in, and a clerk
// verifies somebody who came without a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, enterCode, settle } from "./home.mjs";
import { letters } from "./letters.mjs";
import { DESK, person, startBrowser, startTown } from "./town.mjs";

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

test("a letter that is scanned verifies whoever signs in then, once", async () => {
  const [code] = await letters(browser, town, 1);
  const { page, faults } = await person(browser, town);
  await settle(page);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`/une/verifikimi#${code}`);
  await page.getByRole("main").getByRole("button", { name: "Hyni" }).click();
  await enterCode(page, town, "mira@example.al");
  await page.waitForURL("**/une/verifikimi");
  assert.equal(await page.getByLabel("Kodi nga letra").inputValue(), code);
  await page.getByRole("button", { name: "Verifikohuni" }).click();
  await page.getByText(/Jeni banor i verifikuar për vitin \d{4} \(Gjinar\)/).waitFor();
  assert.ok(!asked.some((url) => url.includes(code)), "the code is in no address that was asked for");
  await page.getByLabel("Kodi nga letra").fill(code);
  await page.getByRole("button", { name: "Verifikohuni" }).click();
  await page.getByText("Ky kod nuk njihet").waitFor();
  assert.deepEqual(faults, []);
});

test("letters that were revoked verify nobody", async () => {
  const [code] = await letters(browser, town, 2, async (page) => {
    const mine = page.getByRole("listitem").filter({ hasText: "0 nga 2 të përdorura" });
    await mine.getByRole("button", { name: /^Anuloni letrat/ }).click();
    await page.locator("dialog[open]").getByRole("button", { name: "Anuloni letrat" }).click();
    await mine.getByText("Të anuluara").waitFor();
  });
  const { page } = await person(browser, town);
  await settle(page);
  await enter(page, town, "sotir@example.al");
  await page.goto("/une/verifikimi");
  await page.getByLabel("Kodi nga letra").fill(code);
  await page.getByRole("button", { name: "Verifikohuni" }).click();
  await page.getByText("Ky kod nuk njihet").waitFor();
});

test("a clerk verifies who came to the desk", async () => {
  const { page, faults } = await person(browser, town, { viewport: DESK });
  await settle(page);
  await enter(page, town, "sekretaria@example.al");
  await page.goto("/tavolina/konsultime");
  await page.getByLabel("E-maili i banorit").fill("teuta@example.al");
  await page.getByRole("button", { name: "Verifikojeni" }).click();
  await page.getByText("Banori u verifikua.").waitFor();
  await page.getByLabel("E-maili i banorit").fill("teuta@example.al");
  await page.getByRole("button", { name: "Verifikojeni" }).click();
  await page.getByText("Kjo llogari është verifikuar").waitFor();
  assert.deepEqual(faults, []);
});
