// The same search behind the public pages: the composer step by step, dialogs that are open, and the
// rooms of those who signed in, in both themes and languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { slipsOf, walk } from "./pupils.mjs";
import { signIn } from "./staff.mjs";
import { DESK, PHONE, person, startBrowser, startTown } from "./town.mjs";
import { WORDS } from "./words.mjs";

// A red square of 64x64 pixels.
const PHOTO =
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsIty0Y1qBN/CYAWWaV+LgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMBlAfwVANNJmgfyAAAAAElFTkSuQmCC";
const RECEIPT = "BCF9-7G3T-Y9J8-T3NW-65YT-N";

let browser;
let town;
let pictured;
let asked;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  const author = await signIn(town, "fotografi@example.al");
  const { id } = await author.post("/municipalities/elbasan/concerns", {
    topic: "lighting",
    title: "Shtylla e rrëzuar pranë spitalit",
    text: "Shtylla ka rënë mbi trotuar dhe kabllot janë jashtë.",
    identity: "display",
    display_name: "Një banor",
    photos: ["Shtylla mbi trotuar", ""].map((alt) => ({ data: PHOTO, alt })),
  });
  const secretary = await signIn(town, "sekretaria@example.al");
  await secretary.post(`/concerns/${id}/moves`, { to: "published", reason: "E qartë." });
  pictured = id;
  asked = await askClass(await signIn(town, "rinia@example.al"));
});
after(async () => {
  await browser.close();
  town.stop();
});

/** A class that is open, and one that is not, of a poll that the youth council published. */
async function askClass(youth) {
  const { items } = await youth.get("/poll-templates");
  const { kind, paper } = items.find(({ name }) => name === "school_safety");
  const { id } = await youth.post("/municipalities/elbasan/polls", { kind, year: 2026, series: null, paper });
  await youth.post(`/polls/${id}/publication`);
  const add = (name) => youth.post(`/polls/${id}/rooms`, { way: "slips", school: "Gjimnazi i parë", class: name, invited: 20, grace_minutes: 5 });
  await add("10-B");
  const { code } = await add("10-A");
  const slips = slipsOf(await youth.file(`/poll-rooms/${code}/sheet`));
  await youth.post(`/poll-rooms/${code}/opening`, { minutes: 240 });
  return { id, code, slips };
}

for (const [language, theme, viewport] of [
  ["sq", "light", PHONE],
  ["en", "dark", DESK],
]) {
  const words = WORDS[language];
  const at = `in ${language}, ${theme}, ${viewport.width} wide`;

  async function somebody(email) {
    const one = await person(browser, town, { language, theme, viewport });
    await settle(one.page, language);
    if (email) await enter(one.page, town, email);
    const found = [];
    const look = async (where) => found.push(...(await faults(one.page, where)));
    const dialog = async (where, opener) => {
      await opener.click();
      await one.page.locator("dialog[open]").waitFor();
      await look(where);
      await one.page.keyboard.press("Escape");
      await one.page.locator("dialog[open]").waitFor({ state: "detached" });
    };
    return { ...one, found, look, dialog };
  }

  test(`every step of the composer ${at}`, async () => {
    const { page, context, found, look, dialog } = await somebody();
    await page.goto("/paraqit");
    await page.getByRole("button", { name: words.topic }).click();
    await page.getByRole("radio", { name: words.unit }).waitFor();
    await look("where");
    await page.getByRole("button", { name: words.point }).click();
    await page.locator(".leaflet-container").waitFor();
    await look("where, on the map");
    await page.getByRole("radio", { name: words.unit }).check();
    await page.getByRole("button", { name: words.next }).click();
    await page.getByLabel(words.line).waitFor();
    await page.getByRole("button", { name: words.next }).click();
    await look("what, with faults");
    await page.getByLabel(words.line).fill("Rruga e shkollës në Gjinar është pa drita");
    await page.getByLabel(words.text).fill("Burri më rreh sa herë kthehet në shtëpi.");
    await page.getByRole("button", { name: words.next }).click();
    await page.locator("dialog[open]").waitFor();
    await look("what, words of somebody in need");
    await page.keyboard.press("Escape");
    await page.getByLabel(words.text).fill("Prej dy javësh asnjë llambë nuk ndizet.");
    await page.getByRole("button", { name: words.next }).click();
    await page.locator("label", { hasText: words.anonymous }).click();
    await look("how");
    await page.getByRole("button", { name: words.next }).click();
    await page.getByRole("button", { name: words.send }).or(page.getByRole("button", { name: words.none })).waitFor();
    await look("similar, or check");
    if (await page.getByRole("button", { name: words.none }).count()) {
      await page.getByRole("button", { name: words.none }).click();
      await page.getByRole("button", { name: words.send }).waitFor();
      await look("check");
    }
    await context.setOffline(true);
    await page.getByRole("button", { name: words.send }).click();
    await page.locator(".symbols").waitFor();
    await look("receipt");
    await page.getByLabel(words.kept).check();
    await page.getByRole("button", { name: words.done }).click();
    await page.locator('a[href="/pritje"]').first().click();
    await page.waitForURL("**/pritje");
    await page.getByRole("button", { name: words.discard }).first().waitFor();
    await look("waiting");
    await page.getByRole("button", { name: words.discard }).first().click();
    await page.locator("dialog[open]").waitFor();
    await look("waiting, discarding");
    await page.keyboard.press("Escape");
    await page.locator('nav a[href="/paraqit"]:visible').click();
    await page.getByRole("button", { name: words.topic }).click();
    await page.locator('a[href="/"]').first().click();
    await page.locator('a[href="/pritje"]').first().click();
    await page.waitForURL("**/pritje");
    await dialog("waiting, another one begun", page.getByRole("button", { name: words.change }));
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`filters, the map, help and a thread ${at}`, async () => {
    const { page, context, found, look, dialog } = await somebody();
    await page.goto("/shqetesime");
    await settled(page);
    await dialog("filters", page.getByRole("button", { name: words.filter }));
    await page.getByRole("button", { name: words.map }).click();
    await page.locator(".leaflet-container").waitFor();
    await page.waitForLoadState("networkidle");
    await look("map");
    await page.goto(`/shqetesime/${pictured}`);
    await dialog("photos", page.getByRole("button", { name: words.photo_open }));
    await page.goto("/privatesia");
    await dialog("clearing the device", page.getByRole("button", { name: words.clear }));
    await page.goto("/paraqit");
    await page.getByRole("button", { name: words.domestic }).click();
    await page.locator('a[href^="tel:"]').first().waitFor();
    await look("help");
    await page.goto("/kodi");
    await page.getByLabel(words.code, { exact: true }).fill("1234");
    await page.getByRole("button", { name: words.open, exact: true }).click();
    await look("a wrong code");
    await page.getByLabel(words.code, { exact: true }).fill(RECEIPT);
    await page.getByRole("button", { name: words.open, exact: true }).click();
    await page.getByLabel(words.write).waitFor();
    await look("thread");
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`the rooms of a resident ${at}`, async () => {
    const { page, context, found, look, dialog } = await somebody("mira@example.al");
    await settled(page);
    await look("me");
    await dialog("deleting the account", page.getByRole("button", { name: words.erase }));
    await page.locator('a[href^="/une/shqetesimet/"]').first().click();
    await page.waitForURL("**/une/shqetesimet/*");
    await settled(page);
    await look("my concern");
    await page.goto("/njoftime");
    await settled(page);
    await look("notices");
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`the desk ${at}`, async () => {
    const { page, context, found, look, dialog } = await somebody("sekretaria@example.al");
    await page.goto("/tavolina");
    await page.locator("main li h2 a").first().waitFor();
    await look("desk");
    await page.locator("main li input[type=checkbox]").first().check();
    await dialog("moving many", page.getByRole("button", { name: words.move }));
    await page.locator("main li h2 a").first().click();
    await page.waitForURL("**/tavolina/*");
    await settled(page);
    await look("desk, a concern");
    await page.getByLabel(words.to).selectOption("merged");
    await page.getByRole("group", { name: words.into }).waitFor();
    await page.waitForLoadState("networkidle");
    await look("desk, merging");
    await page.goto("/tavolina/konsultime");
    await page.locator("main article h2 a").first().waitFor();
    await page.locator("main details summary").click();
    await look("desk, consultations");
    await page.locator("main article h2 a").first().click();
    await page.getByRole("button", { name: words.leaveOut }).first().waitFor();
    await page.locator("main details summary").first().click();
    await look("desk, a consultation");
    await dialog("leaving a concern out", page.getByRole("button", { name: words.leaveOut }).first());
    await page.goto("/tavolina");
    await page.locator('main a[href^="/tavolina/vendi/"]').first().click();
    await page.waitForURL("**/tavolina/vendi/*");
    await settled(page);
    await look("desk, one's own seat");
    await page.goto("/tavolina/keshilli");
    await page.locator("main table").waitFor();
    await settled(page);
    for (const fold of await page.locator("main details > summary").all()) await fold.click();
    await look("desk, the council's papers");
    await dialog("desk, what a seat is there for", page.locator("main table button").first());
    await page.goto("/tavolina/takime");
    await page.locator("main article h2 a").first().waitFor();
    await settled(page);
    await look("desk, meetings");
    await page.locator("main article h2 a").first().click();
    await page.locator("main details summary").click();
    await settled(page);
    await look("desk, a meeting");
    await page.goto("/tavolina/buletini");
    await page.locator("#preview").waitFor();
    await settled(page);
    await look("desk, the bulletin");
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`every step of a pupil ${at}`, async () => {
    const { page, context, found, look } = await somebody();
    await page.goto(`/klasa/${asked.code}`);
    await page.locator(".symbols").waitFor();
    await look("the slip");
    await page.goto(`/klasa/${asked.code}#${asked.slips.pop()}`);
    await page.locator("footer button").waitFor();
    await look("before the first question");
    await walk(page, look);
    await page.locator("footer button").click();
    await page.locator(".close").waitFor();
    await look("sent");
    await page.goto(`/klasa/${asked.code}/ekrani`);
    await page.locator(".count").waitFor();
    await look("the screen of a class");
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`the polls of the youth council ${at}`, async () => {
    const { page, context, found, look, dialog } = await somebody("rinia@example.al");
    await page.goto("/tavolina/sondazhe");
    await page.locator('main input[value="again"]').waitFor();
    await settled(page);
    await look("polls");
    await page.locator("main article").first().waitFor();
    await page.locator('main input[value="again"]').check();
    await look("polls, an earlier one again");
    await page.locator('main input[value="template"]').check();
    await page.locator('main input[value="school_safety"]').check();
    await page.getByRole("button", { name: words.poll }).click();
    await page.locator("#questions").waitFor();
    for (const at of [0, 2, 4, 5, 6]) await page.locator("main li h3 button").nth(at).click();
    await settled(page);
    await look("a draft");
    await page.getByRole("button", { name: words.pupil }).click();
    await page.locator("dialog[open] .row button").first().click();
    await look("a draft as a pupil sees it");
    await page.keyboard.press("Escape");
    await dialog("publishing", page.getByRole("button", { name: words.publish, exact: true }));
    await page.goto(`/tavolina/sondazhe/${asked.id}`);
    await page.locator("main h4").first().waitFor();
    await page.locator("main details summary").click();
    await settled(page);
    await look("classes");
    await page.goto("/tavolina/sondazhe");
    await page.locator("main article").last().waitFor();
    await settled(page);
    const closed = page.locator("main article h3 a", { hasText: words.closed }).last();
    await closed.click();
    await page.locator("#says").waitFor();
    await settled(page);
    await look("a closed poll");
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`the administrator's room ${at}`, async () => {
    const { page, context, found, look, dialog } = await somebody("administratori@example.al");
    await page.goto("/administrimi");
    await page.getByRole("button", { name: words.leave }).first().waitFor();
    await look("administration");
    await dialog("adding a seat", page.getByRole("button", { name: words.seat, exact: true }));
    await dialog("changing the person", page.getByRole("button", { name: words.replace }).first());
    await dialog("naming a substitute", page.getByRole("button", { name: words.substitute }).first());
    await dialog("vacating a seat", page.getByRole("button", { name: words.leave }).first());
    assert.deepEqual(found, []);
    await context.close();
  });
}
