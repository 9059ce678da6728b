// The composer's manners: it says what is missing, remembers where somebody was and for which place, and shows
// the way out where what is written may put somebody at risk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { nameAdministrator, publishConcern, seatMember, signIn } from "./staff.mjs";
import { amount, person, startBrowser, startTown, waitFor } from "./town.mjs";

const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsIty0Y1qBN/CYAWWaV+LgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMBlAfwVANNJmgfyAAAAAElFTkSuQmCC",
  "base64",
);

let browser;
let town;
let secretary;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  secretary = await seatMember(town, await nameAdministrator(town), "municipality", "secretary");
});
after(async () => {
  await browser.close();
  town.stop();
});

async function neighbour(options) {
  const one = await person(browser, town, options);
  await one.page.goto("/privatesia");
  await one.page.evaluate(() => localStorage.setItem("home", '{"municipality":"elbasan","unit":null}'));
  return one;
}

/** Puts something into the app's own store, or reads it. */
const store = (page, table, action, ...values) =>
  page.evaluate(
    ([table, action, values]) =>
      new Promise((done, failed) => {
        const opening = indexedDB.open("trekendesh");
        opening.onerror = failed;
        opening.onsuccess = () => {
          const asked = opening.result.transaction(table, "readwrite").objectStore(table)[action](...values);
          asked.onerror = failed;
          asked.onsuccess = () => {
            opening.result.close();
            done(asked.result);
          };
        };
      }),
    [table, action, values],
  );

const next = (page) => page.getByRole("button", { name: "Vazhdoni", exact: true }).click();
const topic = (page, name = "Ndriçimi i rrugëve dhe lagjeve") => page.getByRole("button", { name });

async function upToHow(page) {
  await page.goto("/paraqit");
  await topic(page).click();
  await page.getByRole("radio", { name: "Gjinar" }).check();
  await next(page);
  await page.getByLabel("Me një fjali").fill("Rruga e shkollës pa drita");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Prej dy javësh rruga është pa drita.");
  await next(page);
  await page.getByRole("heading", { name: "Si doni të shfaqeni?" }).waitFor();
  await waitFor(async () => (await store(page, "drafts", "get", "composer"))?.text, "the draft is kept");
}

for (const width of [320, 360]) {
  test(`a code of digits alone fits into ${width} pixels, and is printed dark on light`, async () => {
    const { page, context } = await neighbour({ viewport: { width, height: 640 }, theme: "dark" });
    await store(page, "kept", "put", { item: "x", receipt: "8".repeat(21), title: "Rruga" }, "outcome");
    await page.goto("/paraqit");
    await page.locator(".symbols").waitFor();
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    assert.ok(scrollWidth <= width && clientWidth === width, `${scrollWidth} of ${clientWidth}`);
    assert.ok(await page.getByRole("button", { name: "Largohuni shpejt" }).isVisible());
    const where = page.getByText(`Hapeni te ${town.address}/kodi`);
    assert.ok(await where.isHidden());
    await page.emulateMedia({ media: "print" });
    assert.ok(await where.isVisible());
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(243, 243, 238)");
    await context.close();
  });
}

test("going on without an answer says what is missing and goes there", async () => {
  const { page, context } = await neighbour();
  await page.goto("/paraqit");
  await topic(page).click();
  await page.getByRole("radio", { name: "Gjinar" }).check();
  await next(page);
  await next(page);
  await waitFor(() => page.evaluate(() => document.activeElement?.getAttribute("aria-invalid") === "true"), "the field");
  await page.getByLabel("Me një fjali").fill("Rruga e shkollës pa drita");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Prej dy javësh rruga është pa drita.");
  await next(page);
  for (const name of ["Me një emër të zgjedhur", "Me emrin tim"]) {
    await page.locator("label", { hasText: name }).click();
    await next(page);
    await page.getByText("Hyni me e-mail, ose zgjidhni “Pa emër”.").waitFor();
  }
  await page.goto("/paraqit?hapi=kontroll");
  await page.getByRole("heading", { name: "Si doni të shfaqeni?" }).waitFor();
  await context.close();
});

test("a draft is taken up at its furthest step, and starting again can be undone", async () => {
  const { page, context } = await neighbour();
  await upToHow(page);
  await page.goto("/paraqit");
  await page.getByText("Vazhduam aty ku e latë.").waitFor();
  await page.getByRole("heading", { name: "Si doni të shfaqeni?" }).waitFor();
  await page.getByRole("button", { name: "Filloni nga e para" }).click();
  await page.getByRole("heading", { name: "Për çfarë bëhet fjalë?" }).waitFor();
  await page.getByRole("button", { name: "Ktheni draftin" }).click();
  await page.getByRole("button", { name: "Mbrapa" }).click();
  assert.equal(await page.getByLabel("Me një fjali").inputValue(), "Rruga e shkollës pa drita");
  await context.close();
});

test("a draft stays with its municipality when home is another one", async () => {
  const { page, context } = await neighbour();
  await upToHow(page);
  await page.evaluate(() => localStorage.setItem("home", '{"municipality":"shkoder","unit":null}'));
  await page.goto("/paraqit?hapi=ku");
  await page.getByText("Ky draft është për: Bashkia Elbasan.").waitFor();
  await page.getByRole("radio", { name: "Gjinar", checked: true }).waitFor();
  await page.getByRole("button", { name: "Filloni një të ri" }).click();
  await topic(page).click();
  await page.getByRole("radio", { name: "Bërdicë" }).waitFor();
  assert.equal(await page.getByRole("radio", { name: "Gjinar" }).count(), 0);
  await context.close();
});

test("more photos than fit are counted, and the kept ones are seen before sending", async () => {
  const { page, context } = await neighbour();
  await upToHow(page);
  await page.getByRole("button", { name: "Mbrapa" }).click();
  const files = [1, 2, 3, 4, 5, 6].map((n) => ({ name: `${n}.png`, mimeType: "image/png", buffer: PHOTO }));
  await page.locator('input[type="file"]').setInputFiles(files);
  await page.getByText("Lejohen katër; 2 nuk u shtuan.").waitFor();
  await next(page);
  await page.locator("label", { hasText: "Pa emër" }).click();
  await next(page);
  await page.getByText("Pas leximit nga sekretariati e lexojnë të gjithë.").waitFor();
  await amount(page.locator("dd img"), 4);
  await context.close();
});

test("a topic only the council reads says so and keeps the way out at hand", async () => {
  const { page, context } = await neighbour();
  await page.goto("/paraqit");
  const restricted = page.locator("section", { hasText: "I lexon vetëm këshilli" }).getByRole("button").first();
  await restricted.click();
  await page.getByRole("radio", { name: "Gjinar" }).check();
  await page.getByRole("button", { name: "Largohuni shpejt" }).waitFor();
  await next(page);
  await page.getByLabel("Me një fjali").fill("Diçka që s’guxoj ta them");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Kjo ndodh çdo javë në lagje.");
  await next(page);
  await page.locator("label", { hasText: "Pa emër" }).click();
  await next(page);
  await page.getByText("E lexon vetëm këshilli; nuk publikohet.").waitFor();
  await context.close();
});

test("a field says what is wrong in the language of the screen", async () => {
  for (const [language, said] of [
    ["sq", "Kjo duhet plotësuar."],
    ["en", "Please fill this in."],
  ]) {
    const { page, context } = await neighbour({ language });
    await page.evaluate((language) => localStorage.setItem("language", language), language);
    await page.goto("/kodi");
    await page.locator("main form button").click();
    const field = page.locator("main input");
    assert.equal(await field.evaluate((input) => input.validationMessage), said);
    await field.fill("1234");
    assert.equal(await field.evaluate((input) => input.validationMessage), "");
    await context.close();
  }
});

test("what another app shared is announced, and asks for a municipality first", async () => {
  const { page, context } = await person(browser, town);
  await page.goto("/paraqit");
  await page.getByText("Zgjidhni bashkinë dhe pastaj vazhdoni me shqetësimin.").waitFor();
  await page.evaluate(() => localStorage.setItem("home", '{"municipality":"elbasan","unit":null}'));
  await store(page, "kept", "put", { title: "", text: "Ndarë nga një aplikacion", photos: [] }, "shared");
  await page.goto("/paraqit");
  await page.getByText("E morëm atë që ndatë; zgjidhni temën.").waitFor();
  await context.close();
});

test("who fetches the code from the mail finds the address and the field again", async () => {
  const { page, context } = await person(browser, town);
  await page.goto("/une/hyr");
  await page.locator('input[type="email"]').fill("resident@example.al");
  await page.locator("main form button").click();
  await page.getByText("Ia dërguam adresës resident@example.al").waitFor();
  await page.reload();
  await page.getByText("Ia dërguam adresës resident@example.al").waitFor();
  await waitFor(() => page.evaluate(() => document.activeElement?.classList.contains("code")), "the code's field");
  await page.getByRole("button", { name: "Adresë tjetër" }).click();
  await page.reload();
  await page.locator('input[type="email"]').waitFor();
  await context.close();
});

test("clearing the device asks first, says what is lost, and signs out", async () => {
  const { page, context } = await neighbour();
  await context.route("**/elbasan/concerns", (route) => route.abort());
  await upToHow(page);
  await page.locator("label", { hasText: "Pa emër" }).click();
  await next(page);
  await page.getByRole("button", { name: "Dërgojeni" }).click();
  await page.locator(".symbols").waitFor();
  await page.goto("/privatesia");
  await page.getByRole("button", { name: "Pastroni këtë pajisje" }).click();
  await page.getByText("1 gjë pret ende të dërgohet dhe humbet.").waitFor();
  await page.getByText("Kodi i shqetësimit të fundit nuk është ruajtur ende").waitFor();
  await page.getByRole("button", { name: "Anuloni" }).click();
  assert.equal((await store(page, "outbox", "getAll")).length, 1);
  await page.getByRole("button", { name: "Pastroni këtë pajisje" }).click();
  await page.getByRole("button", { name: "Po, pastrojeni" }).click();
  await page.getByText("Pajisja u pastrua.").waitFor();
  for (const table of ["outbox", "drafts", "kept"]) assert.deepEqual(await store(page, table, "getAll"), []);
  await context.close();
});

test("an open concern like one's own is shown before sending, and sharing it takes the place of a second one", async () => {
  const same = await publishConcern(town, secretary, "Rruga e shkollës pa drita");
  await publishConcern(town, secretary, "Zhurmë nga një lokal", "Muzika dëgjohet deri në mëngjes.");
  const { page, context } = await neighbour();
  await upToHow(page);
  await page.locator("label", { hasText: "Pa emër" }).click();
  await next(page);
  await page.getByRole("heading", { name: "A është një nga këto?" }).waitFor();
  const near = page.getByRole("main").getByRole("listitem").filter({ hasText: "Rruga e shkollës pa drita" });
  assert.equal(await near.count(), 1);
  assert.equal(await page.getByText("Zhurmë nga një lokal").count(), 0, "only what is alike");
  await near.getByRole("button", { name: "Edhe unë për këtë" }).click();
  await page.waitForURL(`**/shqetesime/${same}`);
  const count = async () => (await (await page.request.get(`/api/v1/concerns/${same}`)).json()).support.visitors;
  await waitFor(async () => (await count()) === 1, "the support is counted");
  assert.deepEqual(await store(page, "drafts", "getAll"), []);
  assert.equal((await secretary.get("/municipalities/elbasan/desk/concerns")).items.filter(({ status }) => status === "received").length, 0);
  await context.close();
});

test("photos are leafed through, each with its description", async () => {
  const author = await signIn(town, "author@example.al");
  const { id } = await author.post("/municipalities/elbasan/concerns", {
    topic: "lighting",
    title: "Rruga e shkollës pa drita",
    text: "Prej dy javësh rruga është pa drita.",
    identity: "display",
    display_name: "Një banor",
    photos: ["Llamba e thyer", "Rruga natën"].map((alt) => ({ data: PHOTO.toString("base64"), alt })),
  });
  await secretary.post(`/concerns/${id}/moves`, { to: "published", reason: "E qartë." });
  const { page, context } = await neighbour();
  await page.goto(`/shqetesime/${id}`);
  await page.getByRole("button", { name: "Hapni fotografinë 1" }).click();
  await page.getByText("Llamba e thyer").waitFor();
  assert.ok(await page.getByRole("button", { name: "E mëparshmja" }).isDisabled());
  await page.getByRole("button", { name: "Tjetra" }).click();
  await page.getByText("Rruga natën").waitFor();
  await context.close();
});
