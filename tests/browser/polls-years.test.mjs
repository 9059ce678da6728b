// The same questions every year: how the means moved is drawn, with what is sure of them, and stands in a table.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { settled } from "./look.mjs";
import { nameAdministrator, seatMember } from "./staff.mjs";
import { DESK, person, startBrowser, startTown } from "./town.mjs";

const MANY = 26;

let browser;
let town;
let secretary;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  const administrator = await nameAdministrator(town);
  secretary = await seatMember(town, administrator, "municipality", "secretary");
});
after(async () => {
  await browser.close();
  town.stop();
});

/** What somebody in a hall says on how far they trust the council. */
async function answer(code, number, value) {
  const siguria = Object.fromEntries(["naten", "rruget", "keshilli", "policia", "bashkia"].map((row) => [row, value]));
  const answered = await fetch(`${town.address}/api/v1/poll-rooms/${code}/answers`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-device": String(number).padStart(26, "0") },
    body: JSON.stringify({ slip: null, answers: { siguria, raportimi: "po_pa" } }),
  });
  assert.equal(answered.status, 201);
}

/** A poll of a year, answered in a hall by a show of hands, and closed. */
async function askIn(year, series, valueOf) {
  const { items } = await secretary.get("/poll-templates");
  const { kind, paper } = items.find(({ name }) => name === "trust");
  const { id } = await secretary.post("/municipalities/elbasan/polls", { kind, year, series, paper });
  await secretary.post(`/polls/${id}/publication`);
  const hall = { way: "hands", school: "Salla e bashkisë", class: "Takimi", invited: MANY, grace_minutes: 0 };
  const { code } = await secretary.post(`/polls/${id}/rooms`, hall);
  await secretary.post(`/poll-rooms/${code}/opening`, { minutes: 30 });
  for (let number = 0; number < MANY; number += 1) await answer(code, number, valueOf(number));
  await secretary.post(`/poll-rooms/${code}/closing`);
  await secretary.post(`/polls/${id}/closing`);
  return id;
}

test("means of two years stand beside each other with their interval, how many answered and how many did not", async () => {
  const first = await askIn(2025, null, (number) => (number % 2 ? 2 : 3));
  const again = await askIn(2026, first, (number) => (number % 2 ? 4 : 5));
  const { page } = await person(browser, town, { viewport: DESK });
  await settle(page);
  await page.goto(`/sondazhe/${again}`);
  const trend = page.getByRole("region", { name: "Si ndryshoi ndër vite" });
  await trend.getByRole("heading", { name: "Si ndryshoi ndër vite" }).waitFor();
  await settled(page);
  assert.equal(await trend.locator("figure").count(), 5, "a figure for each statement");
  const figure = trend.locator("figure").first();
  assert.equal(await figure.locator("svg circle").count(), 2);
  assert.equal(await figure.locator("svg .whisker").count(), 2);
  await figure.locator("summary").click();
  const rows = await figure.locator("tbody tr").allInnerTexts();
  // 13 twos and 13 threes: 2.5, with 1.96 * sqrt(6.5 / 25) / sqrt(26) = 0.2 on both sides.
  assert.deepEqual(
    rows.map((row) => row.split(/\s*\t\s*/)),
    [
      ["2025", "2,5", "2,3 – 2,7", "26", "0"],
      ["2026", "4,5", "4,3 – 4,7", "26", "0"],
    ],
  );
  await page.getByText("26 përgjigje janë me ngritje dore").waitFor();
});
