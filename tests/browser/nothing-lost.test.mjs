// Whatever becomes of the device, nothing that somebody did is lost, and nothing is done twice. hostile row T-OUT-03.
import assert from "node:assert/strict";
import { createServer, request as ask } from "node:http";
import { after, before, test } from "node:test";

import { describeConcern, enter, settle } from "./home.mjs";
import { nameAdministrator, publishConcern, seatMember } from "./staff.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

const QUEUE = "/municipalities/elbasan/desk/concerns";
const YEAR = 365 * 86_400_000;

let browser;
let town;
let front;
let secretary;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  front = await startFront(town);
  secretary = await seatMember(town, await nameAdministrator(town), "municipality", "secretary");
});
after(async () => {
  await browser.close();
  front.stop();
  town.stop();
});

/** A proxy before the town, through which a new version of the app can come. */
async function startFront({ address }) {
  let version = 1;
  const server = createServer((request, response) => {
    const headers = { ...request.headers };
    const worker = request.url === "/sw.js";
    if (worker) for (const name of ["accept-encoding", "if-none-match"]) delete headers[name];
    const asked = ask(address + request.url, { method: request.method, headers }, (answer) => {
      const more = worker ? `\n// version ${version}\n` : "";
      if (worker) for (const name of ["content-length", "etag"]) delete answer.headers[name];
      response.writeHead(answer.statusCode, answer.headers);
      answer.on("data", (bytes) => response.write(bytes));
      answer.on("end", () => response.end(more));
    });
    asked.on("error", () => response.destroy());
    request.pipe(asked);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    publish: () => (version += 1),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const supportOf = async (id) => (await (await fetch(`${town.address}/api/v1/concerns/${id}`)).json()).support;
const connect = (page) => page.evaluate(() => window.dispatchEvent(new Event("online")));

async function support(page, id) {
  await page.goto(`/shqetesime/${id}`);
  await page.getByRole("button", { name: "Edhe unë" }).click();
  await page.getByRole("button", { name: "E mbështeta" }).waitFor();
  await page.getByText("1 gjë pret të dërgohet").waitFor();
}

async function leave(page) {
  await page.goto("/une");
  await page.getByRole("button", { name: "Dilni", exact: true }).click();
  await page.getByText("Po shihni si vizitor").waitFor();
}

test("what waits when somebody signs out is lost neither to them nor to whoever signs in next", async () => {
  const id = await publishConcern(town, secretary, "Trotuari i prishur te posta", "Pllakat janë ngritur.");
  const { page, context, faults } = await person(browser, town);
  await settle(page);
  await enter(page, town, "mira@example.al");
  await context.route("**/support", (route) => route.abort());
  await support(page, id);
  await leave(page);
  await context.unroute("**/support");
  await connect(page);
  await page.getByText("1 gjë nuk u pranua").waitFor();

  await enter(page, town, "besa@example.al");
  await page.goto("/pritje");
  await page.getByRole("heading", { name: "Trotuari i prishur te posta" }).waitFor();
  await page.getByRole("button", { name: "Dërgojeni përsëri" }).click();
  await page.getByText("Hyrja juaj mbaroi. Hyni përsëri.").waitFor();
  assert.deepEqual(await supportOf(id), { residents: 0, visitors: 0 });

  await leave(page);
  await enter(page, town, "mira@example.al");
  await page.goto("/pritje");
  await page.getByRole("button", { name: "Dërgojeni përsëri" }).click();
  await page.getByText("Asgjë nuk pret").waitFor();
  assert.deepEqual(await supportOf(id), { residents: 1, visitors: 0 });
  const { mine } = await (await page.request.get(`/api/v1/concerns/${id}`)).json();
  assert.equal(mine.supported, true);
  assert.deepEqual(faults, []);
  await context.close();
});

test("where the device is full it is said, and what was written stays until there is room", async () => {
  const { page, context, faults } = await person(browser, town);
  await settle(page);
  const debug = await context.newCDPSession(page);
  const room = (quotaSize) => debug.send("Storage.overrideQuotaForOrigin", { origin: town.address, quotaSize });
  const full = page.getByRole("status").filter({ hasText: "Kjo pajisje nuk ka më vend" }).locator(".toast");
  await room(1);
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).waitFor();
  await describeConcern(page, "Kanali i bllokuar te shkolla");
  await full.waitFor();
  await full.getByRole("button", { name: "Mbyllni" }).click();
  const before = (await secretary.get(QUEUE)).items.length;
  const go = page.getByRole("button", { name: "Dërgojeni" });
  await go.click();
  await full.waitFor();
  assert.equal(await page.locator(".symbols").count(), 0, "no code for what does not even wait");
  assert.ok(await page.getByText("Kanali i bllokuar te shkolla").isVisible());
  await room(undefined);
  await go.click();
  await page.getByText("U dërgua dhe u mor.").waitFor();
  assert.equal((await secretary.get(QUEUE)).items.length, before + 1);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a new version is offered, and taking it keeps what is being written and what waits", async () => {
  const id = await publishConcern(town, secretary, "Semafori i fikur te stadiumi", "Makinat kalojnë pa u ndalur.");
  const { page, context, faults } = await person(browser, front);
  await settle(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.route("**/support", (route) => route.abort());
  await support(page, id);
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByLabel("Me një fjali").fill("Shtylla e anuar te kopshti");
  front.publish();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const offer = page.getByRole("status").filter({ hasText: "Ka një version të ri. Ajo që keni shkruar ruhet." });
  await offer.waitFor();
  const waits = () => page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration()).waiting);
  assert.equal(await waits(), true, "it comes only when it is let in");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Shtylla mund të bjerë mbi fëmijët.");
  const loaded = page.waitForEvent("load");
  await offer.getByRole("button", { name: "Rifreskoni" }).click();
  await loaded;
  await page.getByLabel("Me një fjali").waitFor();
  assert.equal(await page.getByLabel("Me një fjali").inputValue(), "Shtylla e anuar te kopshti");
  assert.equal(await page.getByLabel("Tregojeni me fjalët tuaja").inputValue(), "Shtylla mund të bjerë mbi fëmijët.");
  assert.equal(await waits(), false);

  assert.deepEqual(await supportOf(id), { residents: 0, visitors: 0 });
  await context.unroute("**/support");
  await page.goto("/pritje");
  await page.getByText("Asgjë nuk pret").waitFor();
  assert.deepEqual(await supportOf(id), { residents: 0, visitors: 1 });
  assert.deepEqual(faults, []);
  await context.close();
});

for (const years of [-3, 3]) {
  test(`a device whose clock is ${years} years wrong sends everything once`, async () => {
    const id = await publishConcern(town, secretary, `Gropa te hyrja e tregut ${years + 3}`, "Autobusi nuk kalon dot.");
    const { page, context, faults } = await person(browser, town);
    await context.clock.setSystemTime(Date.now() + years * YEAR);
    await settle(page);
    await enter(page, town, `clock${years}@example.al`);
    const blocked = /\/(support|elbasan\/concerns)$/;
    await context.route(blocked, (route) => (route.request().method() === "GET" ? route.continue() : route.abort()));
    await support(page, id);
    const before = (await secretary.get(QUEUE)).items.length;
    await page.goto("/paraqit");
    await describeConcern(page, "Qen endacakë pranë kopshtit");
    await page.getByRole("button", { name: "Dërgojeni" }).click();
    const code = await page.locator(".symbols").textContent();
    await page.getByText("Në pritje: dërgohet vetë").waitFor();
    await context.unroute(blocked);
    await page.reload();
    await page.getByText("U dërgua dhe u mor.").waitFor();
    await connect(page);
    assert.deepEqual(await supportOf(id), { residents: 1, visitors: 0 });
    assert.equal((await secretary.get(QUEUE)).items.length, before + 1);
    await page.goto("/kodi");
    await page.getByLabel("Kodi", { exact: true }).fill(code);
    await page.getByRole("button", { name: "Hapeni" }).click();
    await page.getByRole("heading", { name: "Qen endacakë pranë kopshtit" }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
}
