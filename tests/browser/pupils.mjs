// Pupils with a phone each, all behind the one address of their school.
import { execFileSync } from "node:child_process";

import { person } from "./town.mjs";

/** The slips of a printed sheet: each is two lines of four symbols. */
export function slipsOf(pdf) {
  const lines = execFileSync("pdftotext", ["-raw", pdf, "-"], { encoding: "utf8" }).split("\n").map((line) => line.trim());
  const isHalf = (line) => /^[0-9A-HJKMNP-TV-Z]{4}$/.test(line ?? "");
  const slips = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (isHalf(lines[at]) && isHalf(lines[at + 1])) slips.push(lines[at] + lines[(at += 1)]);
  }
  return slips;
}

/** What somebody answers to the template on safety at school; `place` is where they feel least safe. */
const ORDER = ["psikolog në shkollë çdo ditë", "rregulla kundër bullizmit", "ndriçim rrugës për në shkollë"];

/** The heading of the next screen, once it is another than this one. */
async function next(page, press) {
  const before = await page.locator("#asked").textContent();
  await press.click();
  await page.waitForFunction((was) => document.querySelector("#asked")?.textContent !== was, before);
}

const onward = (page) => page.locator("footer button");
const choose = (page, name) => page.locator("fieldset label", { hasText: name }).first().click();

/** Goes through the whole paper up to the check. */
export async function answerAll(page, { mood = "Mirë", agree = "Dakord", place = "në oborr", words } = {}) {
  await next(page, page.getByRole("button", { name: "Filloni" }));
  await choose(page, "vajzë");
  await next(page, onward(page));
  await page.getByRole("radio", { name: mood, exact: true }).check({ force: true });
  await next(page, onward(page));
  for (let row = 0; row < 5; row += 1) {
    await page.getByRole("radio", { name: agree, exact: true }).check({ force: true });
    await next(page, onward(page));
  }
  await choose(page, place);
  await next(page, onward(page));
  await choose(page, "tallje ose bullizëm");
  await next(page, onward(page));
  for (const wish of ORDER) await page.locator("button", { hasText: wish }).click();
  await next(page, onward(page));
  await page.getByLabel("Përgjigjja juaj").fill("2");
  await next(page, onward(page));
  if (words) await page.getByLabel("Përgjigjja juaj").fill(words);
  await next(page, onward(page));
}

/** Answers whatever comes with the first that is offered, up to the check, and looks at each screen. */
export async function walk(page, look) {
  await next(page, onward(page));
  for (let at = 0; !(await page.locator("main dl").count()); at += 1) {
    await look(`question ${at + 1}`);
    const choice = page.locator("main fieldset input").first();
    const places = page.locator("main [role=group] button");
    if (await choice.count()) await choice.check({ force: true });
    for (let place = 0; place < Math.min(3, await places.count()); place += 1) await places.nth(place).click();
    const field = page.locator("main input[inputmode=numeric], main textarea").first();
    if (await field.count()) await field.fill("2");
    await look(`question ${at + 1}, answered`);
    await next(page, onward(page));
  }
  await look("the check");
}

export const counted = (page) => page.getByRole("heading", { level: 1, name: "U numëruan. Faleminderit!" }).waitFor();

/** A phone that opens the class by its slip. */
export async function phone(browser, town, code, slip) {
  // Thirty of them share one processor, which has no time for what only moves.
  const one = await person(browser, town, { reducedMotion: "reduce" });
  await one.page.goto(`/klasa/${code}${slip ? `#${slip}` : ""}`);
  return one;
}

/** The same answers from a program. */
export const ANSWERS = {
  gjinia: "m",
  ndjesia: { value: 2, text: null },
  siguria: { klasa: 4, oborri: 2, rruga: 3, interneti: 5, ndihma: 4 },
  vendi: "askund",
  perpara: ["drita", "kamera", "sport"],
  here: 0,
};

/** Sends answers with a slip as a phone does, and says with which status they were met. */
export async function sendAnswers(town, code, slip, answers = ANSWERS) {
  const answer = await fetch(`${town.address}/api/v1/poll-rooms/${code}/answers`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({ slip, answers }),
  });
  await answer.arrayBuffer();
  return answer.status;
}
