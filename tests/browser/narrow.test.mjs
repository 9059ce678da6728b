// Nothing has to be scrolled sideways: on the narrowest phone, and where everything is twice as large.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { pollRoutes, ROUTES, settled, sideways } from "./look.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
let concern;
let consultation;
let meeting;
let measure;
let polls;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  const list = await fetch(`${town.address}/api/v1/municipalities/elbasan/concerns?sort=most_supported`);
  concern = (await list.json()).items.find(({ answered_by }) => answered_by.length > 1).id;
  const asked = await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`);
  consultation = (await asked.json()).items[0].id;
  const met = await fetch(`${town.address}/api/v1/municipalities/elbasan/meetings`);
  meeting = (await met.json()).items[0].id;
  const plan = await fetch(`${town.address}/api/v1/municipalities/elbasan/measures`);
  measure = (await plan.json()).objectives[0].measures[0].id;
  polls = await pollRoutes(town);
});
after(async () => {
  await browser.close();
  town.stop();
});

for (const [where, viewport] of [
  ["320 wide", { width: 320, height: 640 }],
  ["at a desk at 200 %", { width: 640, height: 400 }],
  ["on a phone at 200 %", { width: 180, height: 370 }],
]) {
  for (const language of ["sq", "en"]) {
    const somebody = async (email) => {
      const one = await person(browser, town, { language, viewport });
      await settle(one.page, language);
      if (email) await enter(one.page, town, email);
      const found = [];
      const look = async (room) => {
        await one.page.goto(room);
        await settled(one.page);
        found.push(...(await sideways(one.page, room)));
      };
      return { ...one, found, look };
    };

    test(`the public rooms ${where}, in ${language}`, async () => {
      const { context, found, look } = await somebody();
      for (const room of [...ROUTES, `/shqetesime/${concern}`, `/konsultime/${consultation}`, `/konsultime/${consultation}/permbledhja`, `/takime/${meeting}`, `/masat/${measure}`, ...polls]) await look(room);
      assert.deepEqual(found, []);
      await context.close();
    });

    test(`the rooms behind the sign-in ${where}, in ${language}`, async () => {
      const all = [];
      for (const [email, ...rooms] of [
        ["mira@example.al", ["/une", 'a[href^="/une/shqetesimet/"]']],
        ["sekretaria@example.al", ["/tavolina", "main li h2 a"], ["/tavolina/konsultime", "main article h2 a"], ["/tavolina/takime", "main article h2 a"], ["/tavolina", 'main a[href^="/tavolina/vendi/"]'], ["/tavolina/keshilli"], ["/tavolina/plani", 'main a[href^="/tavolina/masat/"]'], ["/tavolina/buletini"]],
        ["rinia@example.al", ["/tavolina/sondazhe", "main article h3 a"], ["/tavolina/sondazhe/i-ri"]],
        ["administratori@example.al", ["/administrimi"]],
      ]) {
        const { page, context, found, look } = await somebody(email);
        for (const [room, link] of rooms) {
          await look(room);
          if (!link) continue;
          const target = page.locator(link).first();
          await target.waitFor();
          await look(await target.getAttribute("href"));
        }
        all.push(...found);
        await context.close();
      }
      assert.deepEqual(all, []);
    });
  }
}

test("a planted line too long is found", async () => {
  const { page, context } = await person(browser, town, { viewport: { width: 320, height: 640 } });
  await page.goto("/");
  await settled(page);
  await page.locator("h1").evaluate((heading) => (heading.style.width = "30rem"));
  assert.equal((await sideways(page, "/")).length, 1);
  await context.close();
});
