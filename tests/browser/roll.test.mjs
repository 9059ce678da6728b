// Who may vote, by what stands on the identity card: where a municipality handed in its roll.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { faults as lookFor } from "./look.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

const REGISTER = "number,born,card,unit\nJ50514087P,1995-05-14,032145678,Gjinar\n";
const binary = process.env.TREKENDESH_BINARY ?? fileURLToPath(new URL("../../target/debug/trekendesh", import.meta.url));

let browser;
let town;
let folder;
before(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), "trekendesh-roll-"));
  town = await startTown("demo", { TREKENDESH_DATA_DIR: join(folder, "data") });
});
after(async () => {
  await browser.close();
  town.stop();
  rmSync(folder, { recursive: true, force: true });
});

const YEAR = String(new Date().getFullYear());

async function handIn() {
  const [key, marks] = [join(folder, "key"), join(folder, "marks.csv")];
  execFileSync(binary, ["roll", "key", key], { env: {} });
  writeFileSync(marks, execFileSync(binary, ["roll", "hmac", "--key-file", key, "--year", YEAR], { input: REGISTER, env: {} }));
  copyFileSync(key, join(folder, "data/keys/roll-elbasan"));
  await town.run("import", "roll", "--municipality", "elbasan", "--year", YEAR, marks);
}

test("a resident verifies by card, once there is a roll, and what was typed stays nowhere", async () => {
  const { page, faults } = await person(browser, town);
  await settle(page);
  await enter(page, town, "mira@example.al");
  await page.goto("/une/verifikimi");
  await page.getByLabel("Kodi nga letra").waitFor();
  assert.equal(await page.getByLabel("Numri personal").count(), 0, "no roll, nothing to type");
  await handIn();
  await page.reload();
  await page.getByLabel("Numri personal").fill("J505140");
  await page.getByLabel("Ditëlindja").fill("1995-05-14");
  await page.getByLabel("Numri i kartës së identitetit").fill("032145679");
  const verify = page.getByRole("button", { name: "Verifikohuni me kartë" });
  await verify.click();
  await page.getByText("Numri personal ka një shkronjë, tetë shifra dhe një shkronjë.").waitFor();
  await page.getByLabel("Numri personal").fill("j50514087p");
  await verify.click();
  await page.getByText("Këto të dhëna nuk gjenden në listë").waitFor();
  assert.equal(await page.getByLabel("Numri personal").inputValue(), "j50514087p", "nothing typed is lost");
  assert.deepEqual(await lookFor(page, "the roll"), []);
  await page.getByLabel("Numri i kartës së identitetit").fill("032145678");
  await verify.click();
  await page.getByText(/Jeni banor i verifikuar për vitin \d{4} \(Gjinar\)/).waitFor();
  const kept = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, names]);
  });
  assert.ok(!kept.includes("50514087") && !kept.includes("032145678"), kept);
  assert.deepEqual(faults, []);
});
