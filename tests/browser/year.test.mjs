// What everybody reads of a council's year: numbers beside those of the year before, seats in the shade, who comes to
// sittings, and that it has not met for too long.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
let page;
let record;
before(async () => {
  browser = await startBrowser();
  town = await startTown("demo");
  ({ page } = await person(browser, town));
  await settle(page);
  ({ record } = await read(`/municipalities/elbasan/reports/${new Date().getFullYear()}`));
});
after(async () => {
  await browser.close();
  town.stop();
});

const read = async (path) => (await page.request.get(`/api/v1${path}`)).json();

/** The cells of the tables below a heading, row by row. */
async function rows(heading) {
  const region = page.getByRole("region", { name: heading, exact: true });
  await region.locator("tbody tr").first().waitFor();
  const cells = await region.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  return cells;
}

test("the numbers of the year stand beside those of the year before, with answers, sittings and measures", async () => {
  await page.goto("/raporti");
  const told = await rows("Viti në shifra");
  const row = (name) => told.find(([first]) => first === name)?.slice(1);
  const { totals, before: earlier } = record;
  for (const [name, field] of [
    ["Shqetësime të marra", "received"],
    ["Të pranuara: u morën në punë", "accepted"],
    ["Të refuzuara, me arsye dhe bazë ligjore", "declined"],
    ["Takime të mbajtura", "meetings"],
  ])
    assert.deepEqual(row(name), [String(totals[field]), String(earlier[field])], name);
  assert.ok(totals.accepted > 3, "the sample year took several up");
  for (const [name, field] of [
    ["Brenda afatit", "answered_in_time"],
    ["Pa përgjigje pas afatit", "unanswered"],
    ["U mbajtën", "sittings"],
    ["Duheshin sipas rregullores", "sittings_due"],
    ["Të kryera", "measures_done"],
  ])
    assert.equal(row(name)?.[0], String(totals[field]), name);
});

test("seats in the shade, indicators and topics are told as the rows have them", async () => {
  const seats = await rows("Vendet në këshill");
  assert.equal(seats.length, record.seats.length);
  for (const [index, seat] of record.seats.entries()) {
    const [title, taken, commitments] = seats[index];
    assert.ok(title.startsWith(seat.title), title);
    assert.equal(title.includes("në hije"), seat.silent, title);
    assert.deepEqual([taken, commitments], [`${seat.taken} nga ${seat.sittings}`, String(seat.commitments)]);
  }
  assert.ok(record.seats.some(({ silent }) => silent), "somebody is in the shade");
  const indicators = (await rows("Treguesit")).flat().join(" ");
  for (const { indicators: own } of record.measures) for (const { name } of own) assert.ok(indicators.includes(name), name);
  const topics = await rows("Temat nëpër vit");
  assert.equal(topics.length, record.topics.length);
});

test("everybody reads who comes to sittings, how often, and who sits in the council", async () => {
  const told = await read("/municipalities/elbasan/attendance");
  await page.goto("/keshilli");
  const came = await rows("Kush vjen në mbledhje");
  assert.deepEqual(
    came.map(([, taken]) => taken.split("\n")[0].trim()),
    told.seats.map(({ taken, sittings }) => `${taken} nga ${sittings}`),
  );
  const { never, one_or_two, three_or_four, five_or_more } = told.bands;
  await page.getByText(`asnjëherë: ${never}; një a dy herë: ${one_or_two}; tri a katër herë: ${three_or_four}; pesë herë e më shumë: ${five_or_more}.`).waitFor();
  const council = page.getByRole("region", { name: "Vendet në këshill" });
  await council.getByText("Komisariati i Policisë, Elbasan").waitFor();
  assert.equal(await council.locator("li").count(), told.seats.length);
});

test("the year's programme tells apart what comes, what was not done and what was, and is a calendar", async () => {
  const year = new Date().getFullYear();
  const { items } = await read(`/municipalities/elbasan/programs/${year}`);
  await page.goto("/keshilli");
  await page.getByRole("link", { name: "Programi i punës" }).click();
  await page.getByRole("heading", { level: 1, name: `Programi i punës ${year}` }).waitFor();
  const listed = async (name) => {
    const region = page.getByRole("region", { name });
    await region.locator("li").first().waitFor();
    return region.locator("li").count();
  };
  const missed = items.filter(({ done }) => done === false);
  assert.ok(missed.length > 0, "the sample year left something undone");
  assert.equal(await listed("Ende nuk u bë"), missed.length);
  assert.equal((await listed("Çfarë vjen")) + (await listed("Çfarë u bë")), items.length - missed.length);
  const [met] = items.filter(({ kind, done }) => kind === "meeting" && done);
  await page.getByRole("link", { name: met.title }).click();
  await page.getByRole("heading", { level: 1, name: met.title }).waitFor();
  const paper = await page.getByRole("link", { name: "Njoftimi me rendin e ditës, për shtyp (PDF)" }).getAttribute("href");
  const minutes = await page.getByRole("link", { name: "Procesverbali për shtyp (PDF)" }).getAttribute("href");
  for (const address of [paper, minutes]) {
    const printed = await fetch(town.address + address);
    assert.deepEqual([printed.status, printed.headers.get("content-type")], [200, "application/pdf"], address);
  }
});

test("that the council has not met for too long is told to everybody, and to each member at the desk", async () => {
  const long = new Date(Date.now() - 200 * 86_400_000).toISOString().slice(0, 10);
  const late = async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), last_sitting_on: long } });
  };
  const { page: anybody, context: theirs } = await person(browser, town, { serviceWorkers: "block" });
  const { page: chair, context: member } = await person(browser, town, { serviceWorkers: "block" });
  for (const one of [theirs, member]) await one.route("**/api/v1/municipalities/elbasan/meetings", late);
  const said = /^Këshilli nuk është mbledhur prej 200 ditësh\.\s*Duhet të mblidhet/;
  await settle(anybody);
  await anybody.goto("/takime");
  await anybody.getByText(said).waitFor();
  await settle(chair);
  await enter(chair, town, "policia@example.al");
  await chair.goto("/tavolina");
  await chair.getByText(said).waitFor();
});
