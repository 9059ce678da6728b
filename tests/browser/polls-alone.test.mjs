// What a poll owes a single pupil: it asks nobody who they are, shows whom to call and tells nobody, survives a phone
// that reloads, and leaves nothing behind on one that is left in a hurry.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { answerAll, counted, phone, slipsOf } from "./pupils.mjs";
import { nameAdministrator, seatMember } from "./staff.mjs";
import { DESK, person, startBrowser, startTown, waitFor } from "./town.mjs";
import { traces } from "./traces.mjs";

const CRY = "dua të vdes";
const SHOWN = "Oborri i shkollës, me portën e pasme majtas";
// A red square of 64x64 pixels.
const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsIty0Y1qBN/CYAWWaV+LgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMBlAfwVANNJmgfyAAAAAElFTkSuQmCC";

let browser;
let town;
let youth;
let code;
let slips;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  const administrator = await nameAdministrator(town);
  youth = await seatMember(town, administrator, "youth_council", "member");
  const { items } = await youth.get("/poll-templates");
  const { kind, paper } = items.find(({ name }) => name === "school_safety");
  const { id } = await youth.post("/municipalities/elbasan/polls", { kind, year: 2026, series: null, paper });
  const picture = await youth.post(`/polls/${id}/pictures`, { photo: { data: PICTURE, alt: "" } });
  paper.questions[0].picture = { id: picture.id, alt: { sq: SHOWN, en: null } };
  await youth.put(`/polls/${id}`, { kind, year: 2026, paper });
  await youth.post(`/polls/${id}/publication`);
  const room = await youth.post(`/polls/${id}/rooms`, { way: "slips", school: "Gjimnazi i parë", class: "10-A", invited: 12, grace_minutes: 5 });
  code = room.code;
  slips = slipsOf(await youth.file(`/poll-rooms/${code}/sheet`));
  await youth.post(`/poll-rooms/${code}/opening`, { minutes: 30 });
});
after(async () => {
  await browser.close();
  town.stop();
});

test("a poll that asks who somebody is is refused in words that say where", async () => {
  const one = await person(browser, town, { viewport: DESK });
  const { page } = one;
  await settle(page);
  await enter(page, town, "youth_council.member@example.al");
  await page.goto("/tavolina/sondazhe");
  await page.getByText("Nga fillimi", { exact: true }).click();
  await page.getByRole("button", { name: "Nisni sondazhin" }).click();
  await page.getByRole("textbox", { name: "Titulli" }).fill("Siguria në shkollë");
  await page.getByLabel("Pyetja", { exact: true }).fill("Sa të sigurt ndiheni?");
  await page.getByLabel("Përgjigjja 1").fill("Shumë");
  await page.getByLabel("Përgjigjja 2").fill("Pak");
  await page.getByRole("button", { name: "Shtoni një pyetje" }).click();
  await page.getByLabel("Pyetja", { exact: true }).last().fill("Si e keni emrin dhe mbiemrin?");
  await page.getByLabel("Si përgjigjen").last().selectOption({ label: "Tekst i shkurtër" });
  await page.getByRole("button", { name: "Ruani draftin" }).click();
  await page.getByText("Drafti u ruajt.").first().waitFor();
  await page.getByRole("button", { name: "Publikojeni" }).click();
  await page.getByRole("button", { name: "Po, publikojeni" }).click();
  const refusal = page.locator("#personal");
  await refusal.getByText("Nuk u publikua: kërkon të dhëna personale").waitFor();
  await refusal.getByText("Pyetja 2: “Si e keni emrin dhe mbiemrin?”").waitFor();
  await settled(page);
  assert.deepEqual(await faults(page, "a refused publication"), []);
  await refusal.getByRole("button", { name: "Ndryshojeni" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.value), "Si e keni emrin dhe mbiemrin?");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Çfarë duhet ndryshuar në shkollë?");
  await page.getByRole("button", { name: "Publikojeni" }).click();
  await page.getByRole("button", { name: "Po, publikojeni" }).click();
  await page.getByText("Sondazhi u publikua. Tani shtoni klasat.").first().waitFor();
  assert.deepEqual(one.faults, []);
  await one.context.close();
});

test("a question's picture is shown, and said to whoever does not see it", async () => {
  const one = await phone(browser, town, code, slips[3]);
  const { page } = one;
  await page.getByRole("button", { name: "Filloni" }).click();
  const picture = page.getByRole("img", { name: SHOWN });
  await picture.waitFor();
  await waitFor(() => picture.evaluate((image) => image.complete && image.naturalWidth > 0), "it came");
  await page.locator("footer button").click();
  await page.getByRole("heading", { level: 1, name: "Si ndiheni zakonisht në shkollë?" }).waitFor();
  assert.equal(await page.getByRole("img").count(), 0, "with its own question alone");
  assert.deepEqual(one.faults, []);
  await one.context.close();
});

test("a cry for help is met with the lines to call, on this phone alone", async () => {
  const one = await phone(browser, town, code, slips[0]);
  const { page, context } = one;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await answerAll(page);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Çfarë do t’i thoshit këshillit të sigurisë?" }).waitFor();
  await page.waitForLoadState("networkidle");
  const asked = [];
  context.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname} ${request.postData() ?? ""}`));
  await page.getByLabel("Përgjigjja juaj").fill(CRY);
  await page.getByRole("heading", { level: 2, name: "Nuk jeni vetëm" }).waitFor();
  await page.locator('a[href="tel:116111"]').first().waitFor();
  await page.getByText("E di vetëm kjo pajisje: askush nuk u njoftua.").waitFor();
  assert.deepEqual(await faults(page, "whom to call"), []);
  await page.locator("footer button").click();
  await page.getByRole("heading", { level: 1, name: "Përgjigjet tuaja" }).waitFor();
  await page.locator('a[href="tel:116111"]').first().waitFor();
  await page.waitForTimeout(1000);
  assert.deepEqual(asked, [], "nothing was sent to anybody");
  await page.getByRole("button", { name: "Dërgojini" }).click();
  await counted(page);
  const told = asked.filter((one) => one.includes(CRY));
  assert.equal(told.length, 1, "with the other answers, and nowhere else");
  assert.match(told[0], new RegExp(`^POST /api/v1/poll-rooms/${code}/answers `));
  assert.deepEqual(one.faults, []);
  await context.close();
});

test("a phone that reloads in the middle goes on where it was", async () => {
  const one = await phone(browser, town, code, slips[1]);
  const { page } = one;
  await answerAll(page, { words: "Më shumë drita" });
  await page.goBack();
  await page.getByLabel("Përgjigjja juaj").waitFor();
  await page.reload();
  assert.equal(await page.getByLabel("Përgjigjja juaj").inputValue(), "Më shumë drita");
  await page.locator("footer button").click();
  await page.getByText("në oborr", { exact: true }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Dërgojini" }).click();
  await counted(page);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Kodi i fletës suaj" }).waitFor();
  assert.deepEqual(one.faults, []);
  await one.context.close();
});

test("who leaves in a hurry leaves neither words nor slip behind", async () => {
  const one = await phone(browser, town, code, slips[2]);
  const { page, context } = one;
  await context.route("https://www.wikipedia.org/**", (route) => route.fulfill({ contentType: "text/html", body: "<title>neutral</title>" }));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await answerAll(page);
  await page.goBack();
  await page.getByLabel("Përgjigjja juaj").fill(CRY);
  const exit = page.getByRole("button", { name: "Largohuni shpejt" });
  await exit.waitFor();
  await waitFor(() => page.evaluate((cry) => JSON.stringify(sessionStorage).includes(cry), CRY), "control: the draft holds the words");
  await exit.click();
  await page.waitForURL(/wikipedia\.org/);
  const kept = await traces(one);
  assert.deepEqual([CRY, slips[2], code].filter((word) => kept.includes(word)), []);
  await context.close();
});
