// Hostile rows that only a browser can answer: T-XSS-01..05 and, of T-OUT-03, two tabs and a worker.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { nameAdministrator, seatMember, signIn } from "./staff.mjs";
import { DESK, person, startBrowser, startTown, waitFor } from "./town.mjs";

const PAYLOADS = [
  '<img src=x onerror="window.hit=1">',
  "<svg/onload=window.hit=1>",
  '"><script>window.hit=1</script>',
  "[këtu](javascript:window.hit=1)",
  "{{constructor.constructor('window.hit=1')()}}",
];

// Words after the mark would be shown from right to left.
const REVERSED = "fotografia \u202Egpj.exe e rrugës";
// A red square of 64x64 pixels.
const PHOTO =
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsIty0Y1qBN/CYAWWaV+LgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMBlAfwVANNJmgfyAAAAAElFTkSuQmCC";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

test("what people write is shown as text and never runs", async (t) => {
  const town = await startTown();
  t.after(() => town.stop());
  const administrator = await nameAdministrator(town);
  const secretary = await seatMember(town, administrator, "municipality", "secretary");
  const author = await signIn(town, "author@example.al");
  for (const [place, payload] of PAYLOADS.entries()) {
    const { id } = await author.post("/municipalities/elbasan/concerns", {
      topic: "lighting",
      title: `${payload} rruga ${place}`,
      text: `${payload} prej dy javësh rruga është pa drita.`,
      identity: "display",
      display_name: "Banori <b>x</b>",
    });
    await secretary.post(`/concerns/${id}/moves`, { to: "published", reason: `${payload} e qartë` });
    const { page, context, faults } = await person(browser, town);
    for (const route of ["/shqetesime", `/shqetesime/${id}`]) {
      await page.goto(route);
      await page.waitForLoadState("networkidle");
      assert.equal(await page.evaluate(() => window.hit), undefined, payload);
      assert.ok(!(await page.content()).includes("<b>x</b>"));
    }
    await page.getByRole("heading", { name: payload }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  }
});

/** Somebody signed in whose browser notes each breach of the policy. */
async function watched(town, email, options) {
  const one = await person(browser, town, options);
  await one.page.addInitScript(() => {
    window.breaches = [];
    addEventListener("securitypolicyviolation", (event) => window.breaches.push(event.violatedDirective));
  });
  await settle(one.page);
  await enter(one.page, town, email);
  const harmless = async () => {
    await one.page.waitForLoadState("networkidle");
    assert.deepEqual(await one.page.evaluate(() => [window.breaches, window.hit]), [[], undefined]);
    assert.ok(!(await one.page.content()).includes("\u202E"), "nothing turns the words around");
  };
  return { ...one, harmless };
}

test("at the desk, in threads and beside photos it is shown as text too", async (t) => {
  const town = await startTown();
  t.after(() => town.stop());
  const secretary = await seatMember(town, await nameAdministrator(town), "municipality", "secretary");
  const author = await signIn(town, "author@example.al");
  const written = [...PAYLOADS, REVERSED];
  const shown = written.map((text) => text.replace("\u202E", ""));
  const all = written.join(" ");
  const concern = { topic: "lighting", text: `${all} prej dy javësh.`, identity: "display", display_name: "Banori <b>x</b>" };
  for (const title of written.slice(1)) await author.post("/municipalities/elbasan/concerns", { ...concern, title });
  const halves = [written.slice(0, 3).join(" "), written.slice(3).join(" ")];
  const { id } = await author.post("/municipalities/elbasan/concerns", {
    ...concern,
    title: written[0],
    photos: halves.map((alt) => ({ data: PHOTO, alt })),
  });
  await author.post(`/me/concerns/${id}/messages`, { text: `${all} nga banori` });
  await secretary.post(`/concerns/${id}/messages`, { text: `${all} nga këshilli` });
  await secretary.post(`/concerns/${id}/notes`, { text: `${all} shënim`, visibility: "members" });

  const desk = await watched(town, "municipality.secretary@example.al", { viewport: DESK });
  await desk.page.goto("/tavolina");
  const titles = desk.page.locator("main li h2 a");
  await waitFor(async () => (await titles.count()) === shown.length, "the queue");
  assert.deepEqual((await titles.allTextContents()).toSorted(), shown.toSorted());
  await desk.harmless();
  const resident = await watched(town, "author@example.al");
  for (const [{ page, harmless }, room, ends] of [
    [desk, `/tavolina/${id}`, ["prej dy javësh.", "nga banori", "nga këshilli", "shënim"]],
    [resident, `/une/shqetesimet/${id}`, ["prej dy javësh.", "nga banori", "nga këshilli"]],
  ]) {
    await page.goto(room);
    await page.getByRole("heading", { name: shown[0], level: 1 }).waitFor();
    for (const end of ends) await page.getByText(`${shown.join(" ")} ${end}`, { exact: true }).waitFor();
    await page.getByRole("button", { name: "Hapni fotografinë 1" }).click();
    const picture = page.locator("dialog[open] img");
    assert.equal(await picture.getAttribute("alt"), shown.slice(0, 3).join(" "));
    await page.getByRole("button", { name: "Tjetra" }).click();
    assert.equal(await picture.getAttribute("alt"), shown.slice(3).join(" "));
    assert.ok(!(await page.content()).includes("<b>x</b>"));
    await harmless();
  }
  assert.deepEqual([...desk.faults, ...resident.faults], []);
  await desk.page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hit=1" })));
  await waitFor(() => desk.page.evaluate(() => window.breaches.length > 0 && window.hit === undefined), "control: a breach is noted");
  for (const { context } of [desk, resident]) await context.close();
});

test("two tabs and the worker send what waits exactly once", async (t) => {
  const town = await startTown();
  t.after(() => town.stop());
  const administrator = await nameAdministrator(town);
  const secretary = await seatMember(town, administrator, "municipality", "secretary");
  const { page, context } = await person(browser, town);
  await settle(page);
  await page.goto("/paraqit");
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  const other = await context.newPage();
  await other.goto("/pritje");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("radio", { name: "Gjinar" }).check();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByLabel("Me një fjali").fill("Rruga e shkollës pa drita");
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Prej dy javësh rruga është pa drita.");
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.locator("label", { hasText: "Pa emër" }).click();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByRole("button", { name: "Dërgojeni" }).click();
  await page.locator(".symbols").waitFor();
  // A portal that answers everything with a page of its own takes nothing off the queue.
  await context.route("**/api/v1/**", (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Hyni në rrjet</h1>" }),
  );
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.waitForTimeout(500);
  const queue = "/municipalities/elbasan/desk/concerns";
  assert.equal((await secretary.get(queue)).items.length, 0);
  await context.unroute("**/api/v1/**");
  await waitFor(async () => {
    await Promise.all(
      [page, other].map((tab) => tab.evaluate(() => window.dispatchEvent(new Event("online")))),
    );
    return (await secretary.get(queue)).items.length > 0;
  }, "it arrives");
  await page.waitForTimeout(1_000);
  assert.equal((await secretary.get(queue)).items.length, 1);
  await context.close();
});
