// The quick exit leaves nothing that was written behind: not the code, not the words that wait, not their traces in
// the browser. hostile row T-ANON-13.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { describeConcern, enter, settle } from "./home.mjs";
import { person, startBrowser, startTown } from "./town.mjs";
import { traces } from "./traces.mjs";

const TITLE = "Sherri te pallati pranë urës";
// As `describeConcern` writes it.
const TEXT = "Prej dy javësh rruga është pa drita.";
const SEED = "WW2Z-SNHN-0A1Q";
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsIty0Y1qBN/CYAWWaV+LgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMBlAfwVANNJmgfyAAAAAElFTkSuQmCC",
  "base64",
);

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

async function somebody() {
  const one = await person(browser, town);
  await one.context.route("https://www.wikipedia.org/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>neutral</title>" }),
  );
  await settle(one.page);
  await one.page.evaluate(() => navigator.serviceWorker.ready);
  return one;
}

const exit = (page) => page.getByRole("button", { name: "Largohuni shpejt" });

async function leave(page) {
  await exit(page).click();
  await page.waitForURL(/wikipedia\.org/);
}

/** As if somebody had voted on this phone. */
function keepVote(page) {
  return page.evaluate(async (seed) => {
    const base = await new Promise((open) => {
      const asked = indexedDB.open("trekendesh");
      asked.onsuccess = () => open(asked.result);
    });
    const stores = ["seeds", "votes", "ballots"];
    const change = base.transaction(stores, "readwrite");
    for (const name of stores) change.objectStore(name).put({ whose: seed, id: seed, token: seed });
    await new Promise((done) => (change.oncomplete = done));
    base.close();
  }, SEED);
}

/** Fails when the browser keeps one of the words. */
async function assertNothing(one, words) {
  const kept = await traces(one);
  assert.deepEqual(words.filter((word) => kept.includes(word)), []);
}

/** Goes on from the last question to the code. */
async function send(page) {
  await page.getByRole("button", { name: "Dërgojeni" }).click();
  await page.locator(".symbols").waitFor();
  return (await page.locator(".symbols").textContent()).replaceAll(/[^0-9A-Z]/g, "");
}

test("the quick exit from the code leaves neither the code nor the words, sent or waiting", async () => {
  for (const waits of [false, true]) {
    const one = await somebody();
    const { context, page } = one;
    if (waits) await context.route("**/elbasan/concerns", (route) => route.abort());
    await page.goto("/paraqit");
    await describeConcern(page, TITLE);
    const code = await send(page);
    await page.getByText(waits ? "Në pritje: dërgohet vetë" : "U dërgua dhe u mor.").waitFor();
    await keepVote(page);
    const before = await traces(one);
    assert.ok(before.includes(SEED), "control: a seed is kept");
    assert.ok(before.includes(code), "control: the code is kept until it is said to be safe");
    assert.equal(before.includes(TEXT), waits, "control: what waits has its words");
    await page.goto("/paraqit");
    await page.locator(".symbols").waitFor();
    await leave(page);
    await assertNothing(one, [code, TITLE, TEXT, SEED]);
    await page.goto("/paraqit");
    await page.getByRole("heading", { name: "Për çfarë bëhet fjalë?" }).waitFor();
    await page.goto("/pritje");
    await page.getByText("Asgjë nuk pret").waitFor();
    await context.close();
  }
});

test("the quick exit while writing leaves no draft, and from what waits no words", async () => {
  const one = await somebody();
  const { context, page } = one;
  await context.route("**/elbasan/concerns", (route) => route.abort());
  await page.goto("/paraqit");
  await describeConcern(page, TITLE);
  await send(page);
  await page.getByLabel("E kam ruajtur kodin").check();
  await page.getByRole("button", { name: "Mbaruam" }).click();
  await page.waitForURL("**/pritje");
  await page.getByRole("heading", { name: TITLE }).waitFor();
  await leave(page);
  await assertNothing(one, [TITLE, TEXT]);

  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Diskriminimi" }).click();
  await page.getByRole("radio", { name: "Gjinar" }).check();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByLabel("Me një fjali").fill(TITLE);
  await page.getByLabel("Tregojeni me fjalët tuaja").fill(TEXT);
  await page.locator('input[type="file"]').setInputFiles({ name: "a.png", mimeType: "image/png", buffer: PHOTO });
  await page.getByLabel("Çfarë shihet në fotografinë 1?").fill("Dera e thyer");
  await leave(page);
  await assertNothing(one, [TITLE, TEXT, "Dera e thyer", '"topic":"discrimination"']);
  await context.close();
});

test("whoever tells something sensitive under a name has the way out on the last screen and with their own concern", async () => {
  const one = await somebody();
  const { context, page } = one;
  await enter(page, town, "resident@example.al");
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Diskriminimi" }).click();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByLabel("Me një fjali").fill(TITLE);
  await page.getByLabel("Tregojeni me fjalët tuaja").fill(TEXT);
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.locator("label", { hasText: "Me një emër të zgjedhur" }).click();
  await page.getByLabel("Emri që do të shfaqet").fill("Një banor");
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByRole("button", { name: "Dërgojeni" }).click();
  await page.getByText("U dërgua dhe u mor.").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Faleminderit" }).waitFor();
  await leave(page);
  await assertNothing(one, [TITLE, TEXT]);
  await page.goto("/une");
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("heading", { name: "Biseda me këshillin" }).waitFor();
  await leave(page);
  await assertNothing(one, [TITLE, TEXT]);
  await context.close();
});
