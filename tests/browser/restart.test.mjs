// T-OUT-01: a phone full of what waits, and a server that dies while it is sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { describeConcern, settle } from "./home.mjs";
import { nameAdministrator, publishConcern, seatMember } from "./staff.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

const TITLES = ["Rruga e shkollës pa drita", "Llamba e thyer te ura", "Shtylla e rrëzuar te parku", "Sheshi në errësirë"];
const QUEUE = "/municipalities/elbasan/desk/concerns";

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

async function write(page, title) {
  await describeConcern(page, title);
  await page.getByRole("button", { name: "Dërgojeni" }).click();
  await page.getByLabel("E kam ruajtur kodin").check();
  await page.getByRole("button", { name: "Mbaruam" }).click();
  await page.waitForURL("**/pritje");
}

const waiting = (page) =>
  page.evaluate(
    () =>
      new Promise((found, failed) => {
        const opening = indexedDB.open("trekendesh");
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction("outbox").objectStore("outbox").getAll();
          all.onsuccess = () => {
            opening.result.close();
            found(all.result.map((item) => item.state));
          };
        };
      }),
  );

test("a full queue is sent once, although the server is killed while it comes", async () => {
  const administrator = await nameAdministrator(town);
  const secretary = await seatMember(town, administrator, "municipality", "secretary");
  const supported = await publishConcern(town, secretary, "Zhurmë nga një lokal");
  const { page, context } = await person(browser, town);
  await settle(page);
  await waitFor(() => page.evaluate(() => !!navigator.serviceWorker.controller), "a worker");
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).waitFor();
  await page.goto(`/shqetesime/${supported}`);
  await page.getByRole("button", { name: "Edhe unë" }).waitFor();
  const home = "/municipalities/elbasan";
  for (const path of ["/municipalities", home, `${home}/concerns?sort=newest`, `${home}/outlines`, `/concerns/${supported}`])
    await waitFor(() => page.evaluate((path) => caches.match(path, { ignoreVary: true }).then(Boolean), `/api/v1${path}`), path);
  // A new page of some browsers forgets that it has no network.
  const nothing = (route) => route.abort("internetdisconnected");
  await context.route("**/api/v1/**", nothing);
  await context.setOffline(true);
  for (const title of TITLES) {
    await page.goto("/paraqit");
    await write(page, title);
  }
  await page.goto(`/shqetesime/${supported}`);
  await page.getByRole("button", { name: "Edhe unë" }).click();
  await waitFor(async () => (await waiting(page)).length === TITLES.length + 1, "all of it waits");
  await context.unroute("**/api/v1/**", nothing);

  // Three times what was sent reaches the server, which dies before its answer reaches the phone.
  let deaths = 0;
  let dead = false;
  await context.route("**/api/v1/**", async (route) => {
    if (dead) return route.abort();
    if (route.request().method() === "GET" || deaths === 3) return route.continue();
    dead = true;
    deaths += 1;
    await route.fetch();
    await town.kill();
    await route.abort();
    await town.startAgain();
    dead = false;
  });
  await context.setOffline(false);
  await waitFor(
    async () => {
      await page.evaluate(() => window.dispatchEvent(new Event("online")));
      await page.waitForTimeout(200);
      return (await waiting(page)).length === 0;
    },
    "nothing waits any more",
    60_000,
  );
  assert.equal(deaths, 3, "control");
  const { items } = await secretary.get(QUEUE);
  const arrived = items.map((item) => item.title).filter((title) => TITLES.includes(title));
  assert.deepEqual(arrived.sort(), [...TITLES].sort());
  const { support } = await secretary.get(`/concerns/${supported}`);
  assert.deepEqual(support, { residents: 0, visitors: 1 });
  await town.run("check");
  await context.close();
});
