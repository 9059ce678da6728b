// What a bad network may not do: turn a resident into a visitor, lose what was written, send it twice, or leave
// somebody in front of an empty page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { describeConcern, enter, settle } from "./home.mjs";
import { nameAdministrator, publishConcern, seatMember } from "./staff.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

const QUEUE = "/municipalities/elbasan/desk/concerns";

let browser;
let town;
let secretary;
let concern;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  const administrator = await nameAdministrator(town);
  secretary = await seatMember(town, administrator, "municipality", "secretary");
  concern = await publishConcern(town, secretary, "Rruga e shkollës pa drita");
});
after(async () => {
  await browser.close();
  town.stop();
});

/** Somebody whose home is Elbasan already, so that one page can be their only visit. */
async function neighbour() {
  const one = await person(browser, town);
  await one.context.addInitScript(() => localStorage.setItem("home", '{"municipality":"elbasan","unit":null}'));
  return one;
}

const kept = (page, path) =>
  waitFor(() => page.evaluate((path) => caches.match(path, { ignoreVary: true }).then(Boolean), `/api/v1${path}`), path);

async function write(page, title) {
  await page.goto("/paraqit");
  await describeConcern(page, title);
  await send(page);
}

async function send(page) {
  const go = page.getByRole("button", { name: "Dërgojeni" });
  const none = page.getByRole("button", { name: "Asnjë nga këto" });
  await go.or(none).waitFor();
  if (await none.isVisible()) await none.click();
  await go.click();
  await page.locator(".symbols").waitFor();
}

test("who is signed in stays a resident without a network, and counts once", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await enter(page, town, "resident@example.al");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`/shqetesime/${concern}`);
  await kept(page, `/concerns/${concern}`);
  await context.setOffline(true);
  await page.goto("/une");
  await page.getByText("Keni hyrë si resident@example.al").waitFor();
  await page.goto(`/shqetesime/${concern}`);
  await page.getByRole("button", { name: "Edhe unë" }).click();
  await page.getByRole("button", { name: "E mbështeta" }).waitFor();
  await page.getByRole("button", { name: "Ndiqni", exact: true }).click();
  await page.getByRole("button", { name: "Mos e ndiqni më" }).waitFor();
  await page.getByText("2 gjëra presin të dërgohen").waitFor();
  const arrived = [];
  // Whoever sends it, the page or the worker.
  context.on("response", (answer) => answer.ok() && arrived.push(`${answer.request().method()} ${new URL(answer.url()).pathname}`));
  await context.setOffline(false);
  const support = await waitFor(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    const { support } = await (await fetch(`${town.address}/api/v1/concerns/${concern}`)).json();
    return support.residents + support.visitors > 0 && support;
  }, "the support is counted");
  assert.deepEqual(support, { residents: 1, visitors: 0 });
  await page.getByText("të dërgohe").waitFor({ state: "detached" });
  const follow = `PUT /api/v1/concerns/${concern}/follow`;
  assert.equal(arrived.filter((deed) => deed === follow).length, 1);
  const { mine } = await (await page.request.get(`/api/v1/concerns/${concern}`)).json();
  assert.equal(mine.follows, true);
  await page.goto("/une");
  await page.getByRole("button", { name: "Dilni", exact: true }).click();
  await page.getByText("Po shihni si vizitor").waitFor();
  await context.setOffline(true);
  await page.reload();
  await page.getByText("Po shihni si vizitor").waitFor();
  await context.close();
});

test("after a single visit the composer and its map open without a network", async () => {
  const { page, context } = await neighbour();
  await page.goto("/");
  for (const path of ["", "/concerns?sort=newest", "/outlines"]) await kept(page, `/municipalities/elbasan${path}`);
  await kept(page, "/municipalities");
  await context.setOffline(true);
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("button", { name: "Zgjidhni në hartë" }).click();
  await page.locator(".leaflet-container").waitFor();
  await context.close();
});

test("a composer whose municipality cannot be had says so, offers a way out, and goes on by itself", async () => {
  const { page, context } = await neighbour();
  await context.route("**/api/v1/municipalities/elbasan", (route) => route.abort());
  await page.goto("/paraqit");
  await page.getByRole("alert").getByText("Nuk ka lidhje").waitFor();
  await page.getByRole("link", { name: "Dilni; drafti ruhet" }).waitFor();
  await context.unroute("**/api/v1/municipalities/elbasan");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).waitFor();
  await context.close();
});

test("a part of the app that was never fetched says so instead of showing nothing", async () => {
  const { page, context } = await neighbour();
  await context.route(/assets\/(Desk|.*Map)/, (route) => route.abort());
  for (const [route, opener] of [
    ["/tavolina"],
    ["/shqetesime", "Harta"],
  ]) {
    await page.goto(route);
    if (opener) await page.getByRole("button", { name: opener }).click();
    await page.getByText("Kjo pjesë nuk është ruajtur ende në këtë pajisje.").waitFor();
    await page.getByRole("button", { name: "Rifreskoni" }).waitFor();
  }
  await context.close();
});

test("what waits is sent once by the worker when every page is closed", async () => {
  const { page, context } = await neighbour();
  const debug = await context.newCDPSession(await context.newPage());
  let registration;
  debug.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    registration = registrations.find(({ isDeleted, scopeURL }) => !isDeleted && scopeURL.startsWith(town.address))?.registrationId ?? registration;
  });
  await debug.send("ServiceWorker.enable");
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await waitFor(() => registration, "the worker is registered");
  const before = (await secretary.get(QUEUE)).items.length;
  await context.route("**/elbasan/concerns", (route) => route.abort());
  await write(page, "Pusetë e hapur te tregu");
  await page.getByText("Në pritje: dërgohet vetë").waitFor();
  await page.close();
  await context.unroute("**/elbasan/concerns");
  assert.equal((await secretary.get(QUEUE)).items.length, before);
  const wake = () =>
    debug.send("ServiceWorker.dispatchSyncEvent", { origin: town.address, registrationId: registration, tag: "outbox", lastChance: false });
  await Promise.all([wake(), wake()]);
  await waitFor(async () => (await secretary.get(QUEUE)).items.length > before, "it arrives");
  const again = await context.newPage();
  await again.goto(`${town.address}/pritje`);
  await again.getByText("Asgjë nuk pret").waitFor();
  assert.equal((await secretary.get(QUEUE)).items.length, before + 1);
  await context.close();
});

test("a closed concern asks for no support, and what was refused does not wait for ever", async () => {
  const closed = await publishConcern(town, secretary, "Zhurmë nga një lokal që u mbyll");
  await secretary.post(`/concerns/${closed}/moves`, { to: "not_ours", reason: "Është e inspektoratit.", whose: "Inspektorati" });
  const { page, context } = await neighbour();
  await page.goto(`/shqetesime/${concern}`);
  await context.route("**/support", (route) =>
    route.fulfill({ status: 409, contentType: "application/problem+json", body: '{"code":"support_closed"}' }),
  );
  await page.getByRole("button", { name: "Edhe unë" }).click();
  await page.getByText("1 gjë nuk u pranua").waitFor();
  await page.getByRole("button", { name: "Edhe unë" }).waitFor();
  assert.equal(await page.getByText("pret të dërgohet").count(), 0);
  await page.goto(`/shqetesime/${closed}`);
  await page.getByText("Ky shqetësim është mbyllur; nuk merr më mbështetje.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Edhe unë" }).count(), 0);
  await context.close();
});

test("while the server is down nothing is said to be on its way", async () => {
  const { page, context } = await neighbour();
  await context.route("**/elbasan/concerns", (route) => route.fulfill({ status: 502, body: "bad gateway" }));
  await write(page, "Gropa te ura e vjetër");
  await page.getByText("Në pritje: dërgohet vetë").waitFor();
  // Nor for the moment in which a page that is opened again has not looked yet.
  await page.addInitScript(() => {
    const untrue = /U dërgua dhe u mor|Asgjë nuk pret/;
    window.said = [];
    new MutationObserver(() => window.said.push(document.body?.textContent.match(untrue)?.[0])).observe(document, { childList: true, subtree: true });
  });
  for (const [room, words] of [
    ["/paraqit", "Në pritje: dërgohet vetë"],
    ["/pritje", "Pret lidhjen"],
  ]) {
    await page.goto(room);
    await page.getByText(words).waitFor();
    assert.deepEqual(await page.evaluate(() => window.said.filter(Boolean)), []);
  }
  await page.getByRole("button", { name: "Dërgojini tani" }).click();
  await page.getByText("Ende nuk u lidhëm.").waitFor();
  await context.close();
});

test("a concern taken back keeps its code, and does not become two when it had arrived", async () => {
  const { page, context } = await neighbour();
  const before = (await secretary.get(QUEUE)).items.length;
  // It arrives, and its answer gets lost.
  await context.route("**/elbasan/concerns", async (route) => {
    if (route.request().method() === "POST") await route.fetch();
    await route.abort();
  });
  await write(page, "Qen endacakë te shkolla");
  await page.getByText("Në pritje: dërgohet vetë").waitFor();
  const code = await page.locator(".symbols").textContent();
  await page.getByLabel("E kam ruajtur kodin").check();
  await page.getByRole("button", { name: "Mbaruam" }).click();
  await page.waitForURL("**/pritje");
  await page.getByRole("button", { name: "Ndryshojeni" }).click();
  await page.getByLabel("Me një fjali").fill("Qen endacakë te shkolla e mesme");
  await context.unroute("**/elbasan/concerns");
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await send(page);
  await page.getByText("Kishte mbërritur që herën e parë").waitFor();
  assert.equal(await page.locator(".symbols").textContent(), code);
  assert.equal((await secretary.get(QUEUE)).items.length, before + 1);
  await context.close();
});

test("taking a concern back asks before it erases another unfinished one", async () => {
  const { page, context } = await neighbour();
  await context.route("**/elbasan/concerns", (route) => route.abort());
  await write(page, "Shtylla e rrëzuar te parku");
  await page.getByLabel("E kam ruajtur kodin").check();
  await page.getByRole("button", { name: "Mbaruam" }).click();
  await page.waitForURL("**/pritje");
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("link", { name: "Dilni; drafti ruhet" }).click();
  await page.locator("a", { hasText: "1 gjë pret të dërgohet" }).click();
  await page.getByRole("button", { name: "Ndryshojeni" }).click();
  await page.getByText("Keni një shqetësim tjetër të pambaruar.").waitFor();
  await page.getByRole("button", { name: "Vazhdoni; fshijeni tjetrin" }).click();
  assert.equal(await page.getByLabel("Me një fjali").inputValue(), "Shtylla e rrëzuar te parku");
  await context.close();
});

test("a message that waits can be taken back into its thread, whole", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await enter(page, town, "writer@example.al");
  const body = { topic: "lighting", title: "Rruga pa drita", text: "Prej dy javësh rruga është pa drita.", identity: "display", display_name: "Një banor" };
  const id = await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    const answer = await fetch("/api/v1/municipalities/elbasan/concerns", { method: "POST", headers, body: JSON.stringify(body) });
    return (await answer.json()).id;
  }, body);
  const words = `${"Një fjali e gjatë për këshillin. ".repeat(6)}Fundi.`;
  await context.route("**/messages", (route) => route.abort());
  await page.goto(`/une/shqetesimet/${id}`);
  await page.getByLabel("Shkruani këshillit").fill(words);
  await page.getByRole("button", { name: "Dërgoni", exact: true }).click();
  await page.locator("a", { hasText: "1 gjë pret të dërgohet" }).click();
  await page.getByRole("button", { name: "Ndryshojeni" }).click();
  await waitFor(async () => (await page.getByLabel("Shkruani këshillit").inputValue()) === words, "the whole message");
  await page.getByText("pret të dërgohet").waitFor({ state: "detached" });
  await context.close();
});

test("a new version that another tab let in does not reload what somebody writes", async () => {
  const { page, context } = await neighbour();
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await waitFor(() => page.evaluate(() => !!navigator.serviceWorker.controller), "a worker");
  await page.evaluate(() => {
    window.writing = true;
    navigator.serviceWorker.dispatchEvent(new Event("controllerchange"));
  });
  await page.waitForLoadState("networkidle");
  assert.equal(await page.evaluate(() => window.writing), true);
  await context.close();
});

test("a big photo shows how much of it has left, and still arrives once", async () => {
  const { page, context } = await person(browser, town);
  await settle(page);
  await enter(page, town, "photographer@example.al");
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByLabel("Me një fjali").fill("Llamba e thyer te shkolla");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Prej dy javësh rruga është pa drita.");
  // Noise, which no format makes small.
  const noise = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(700, 500);
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(700, 500);
    for (let at = 0; at < image.data.length; at += 1) image.data[at] = at % 4 === 3 ? 255 : (at * 7919 * (at % 251)) % 256;
    pen.putImageData(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer());
    return Array.from(bytes);
  });
  await page.locator('input[type="file"]').setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from(noise) });
  await page.getByLabel("Çfarë shihet në fotografinë 1?").waitFor();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.locator("label", { hasText: "Me një emër të zgjedhur" }).click();
  await page.getByLabel("Emri që do të shfaqet").fill("Një fotograf");
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  const before = (await secretary.get(QUEUE)).items.length;
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 500_000 });
  const go = page.getByRole("button", { name: "Dërgojeni" });
  const none = page.getByRole("button", { name: "Asnjë nga këto" });
  await go.or(none).waitFor();
  if (await none.isVisible()) await none.click();
  await go.click();
  await page.getByText(/^[0-9,]+ nga [0-9,]+ MB$/).waitFor();
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await page.getByText("U dërgua dhe u mor.").waitFor();
  assert.equal((await secretary.get(QUEUE)).items.length, before + 1);
  await context.close();
});
