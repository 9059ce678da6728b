// Hostile rows that only a browser can answer: T-XSS-01..05 and T-OUT-03.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { nameAdministrator, seatMember, signIn } from "./staff.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

const PAYLOADS = [
  '<img src=x onerror="window.hit=1">',
  "<svg/onload=window.hit=1>",
  '"><script>window.hit=1</script>',
  "[këtu](javascript:window.hit=1)",
  "{{constructor.constructor('window.hit=1')()}}",
];

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

test("what people write is shown as text and never runs", async () => {
  const town = await startTown();
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
  town.stop();
});

test("two tabs and the worker send what waits exactly once", async () => {
  const town = await startTown();
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
  town.stop();
});
