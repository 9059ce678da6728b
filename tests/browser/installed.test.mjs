// What a browser needs to install the app, and what the app says when a browser cannot take pushes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

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

test("the app can be installed, with its shortcuts and as a place to share to", async () => {
  const { page, context } = await person(browser, town);
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  const debug = await context.newCDPSession(page);
  const { data, errors } = await debug.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await debug.send("Page.getInstallabilityErrors");
  // A window without a profile on disk can never install; nothing else may be missing.
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  const manifest = JSON.parse(data);
  assert.deepEqual(manifest.shortcuts.map(({ url }) => url), ["/paraqit", "/kodi"]);
  assert.equal(manifest.share_target.action, "/paraqit");
  for (const { src } of manifest.icons) assert.ok((await page.request.get(src)).ok(), src);
  await context.close();
});

test("words and a photo that another app shares are in the composer", async () => {
  const { page, context, faults } = await person(browser, town);
  await settle(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  const { share_target } = await (await page.request.get("/manifest.webmanifest")).json();
  // As the system does it: a form of the manifest's names, sent as a navigation.
  await page.evaluate(
    async ({ action, method, enctype, params }) => {
      const form = Object.assign(document.createElement("form"), { action, method, enctype });
      const field = (name, more) => form.append(Object.assign(document.createElement("input"), { name, ...more }));
      field(params.title, { value: "Ura e vjetër" });
      field(params.text, { value: "Parmakët janë thyer." });
      field(params.url, { value: "https://example.al/ura" });
      const picture = new OffscreenCanvas(32, 32);
      picture.getContext("2d").fillRect(0, 0, 32, 32);
      const files = new DataTransfer();
      files.items.add(new File([await picture.convertToBlob()], "ura.png", { type: "image/png" }));
      field(params.files[0].name, { type: "file", files: files.files });
      document.body.append(form);
      form.submit();
    },
    share_target,
  );
  await page.getByText("E morëm atë që ndatë; zgjidhni temën.").waitFor();
  assert.equal(new URL(page.url()).pathname, "/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  assert.equal(await page.getByLabel("Me një fjali").inputValue(), "Ura e vjetër");
  assert.equal(await page.getByLabel("Tregojeni me fjalët tuaja").inputValue(), "Parmakët janë thyer.\nhttps://example.al/ura");
  await page.getByLabel("Çfarë shihet në fotografinë 1?").waitFor();
  assert.ok(await page.locator('main img[src^="blob:"]').evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
  assert.deepEqual(faults, []);
  await context.close();
});

test("a browser that never answers is given up within ten seconds, and e-mail is offered", async () => {
  const { page, context, faults } = await person(browser, town);
  await context.grantPermissions(["notifications"], { origin: town.address });
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = () => new Promise(() => {});
  });
  await settle(page);
  await page.goto("/njoftime");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole("button", { name: "Aktivizoni njoftimet" }).click();
  const began = Date.now();
  await page.getByText("Shfletuesi nuk u përgjigj brenda 10 sekondash").waitFor({ timeout: 12_000 });
  assert.ok(Date.now() - began > 5_000, "control: it was waited for");
  await page.getByRole("link", { name: "Hyni me e-mail" }).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});
