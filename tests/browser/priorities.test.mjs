// A vote was counted: residents find its ranking as the priorities of the year, and the secretary takes the first
// of it up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults, settled } from "./look.mjs";
import { DESK, person, reads, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
});
after(async () => {
  await browser.close();
  town.stop();
});

const read = async (path) => (await fetch(`${town.address}/api/v1${path}`)).json();

test("the ranking is the list of the year, and what is first is taken up", async () => {
  const consultations = await read("/municipalities/elbasan/consultations");
  const { id } = consultations.items.at(-1);
  for (let tries = 0; (await read(`/consultations/${id}/vote`)).stage !== "counted"; tries += 1) {
    assert.ok(tries < 300, "the sample's vote is counted");
    await new Promise((done) => setTimeout(done, 200));
  }
  const { priorities } = await read("/municipalities/elbasan/priorities");
  const resident = await person(browser, town);
  await settle(resident.page);
  await resident.page.goto("/vendos");
  const list = resident.page.getByRole("region", { name: `Përparësitë e vitit ${priorities.year}` });
  await reads(list.locator("li a"), priorities.items.map(({ concern }) => concern.title));
  await settled(resident.page);
  assert.deepEqual(await faults(resident.page, "/vendos"), []);

  const secretary = await person(browser, town, { viewport: DESK });
  const desk = secretary.page;
  await settle(desk);
  await enter(desk, town, "sekretaria@example.al");
  await desk.goto(`/tavolina/konsultime/${id}`);
  const form = desk.getByRole("region", { name: "Bëjini përparësi" });
  await form.getByLabel("Sa prej tyre, nga i pari").fill("7");
  await form.getByRole("button", { name: "Kaloni te përparësitë" }).click();
  const said = await form.getByRole("status").innerText();
  assert.match(said, /shqetësim(e)? (kaloi|kaluan)/);
  assert.match(said, /nuk mund të kalojn?ë? më/);
  await settled(desk);
  assert.deepEqual(await faults(desk, "desk, consultation"), []);
  const after = await read("/municipalities/elbasan/priorities");
  assert.deepEqual(
    after.priorities.items.map(({ rank }) => rank),
    priorities.items.map(({ rank }) => rank),
  );
});
