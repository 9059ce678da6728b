// Printed letters with activation codes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { enter, settle } from "./home.mjs";
import { DESK, person } from "./town.mjs";

/** Lets the administrator make letters for Gjinar, where there is a vote for its year; their codes, as they are printed. */
export async function letters(browser, town, amount, then = async () => undefined) {
  const { page, context } = await person(browser, town, { viewport: DESK });
  await settle(page);
  await enter(page, town, "administratori@example.al");
  await page.goto("/administrimi");
  await page.getByLabel("Njësia administrative").selectOption({ label: "Gjinar" });
  if (town.year) await page.getByLabel("Viti", { exact: true }).selectOption(String(town.year));
  await page.getByLabel("Sa letra").fill(String(amount));
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Bëni letrat" }).click();
  const file = await (await download).path();
  const words = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
  await then(page);
  await context.close();
  const codes = words.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/g);
  assert.equal(codes.length, amount);
  return codes;
}
