// Makes the pictures of the README: the main screens on a phone, light, in Albanian.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { settle } from "./home.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
mkdirSync(folder, { recursive: true });
const town = await startTown("demo");
const browser = await startBrowser();
const { page } = await person(browser, town, { deviceScaleFactor: 2 });
await settle(page);

const list = await page.request.get("/api/v1/municipalities/elbasan/concerns?sort=most_supported");
const answered = (await list.json()).items.find((item) => item.answered_by.length > 1);
const met = await page.request.get("/api/v1/municipalities/elbasan/meetings");
const hearing = (await met.json()).items.find(({ kind }) => kind === "hearing");
const polls = await page.request.get("/api/v1/municipalities/elbasan/polls");
const poll = (await polls.json()).items.find(({ kind, state, source }) => kind === "school" && state === "closed" && !source);
const asked = await page.request.get("/api/v1/municipalities/elbasan/consultations");
const voted = (await asked.json()).items.at(-1);
const counted = () => page.request.get(`/api/v1/consultations/${voted.id}/vote`).then((vote) => vote.json());
while ((await counted()).stage !== "counted") await new Promise((done) => setTimeout(done, 500));
for (const [name, path] of [
  ["sot", "/"],
  ["paraqit", "/paraqit"],
  ["shqetesime", "/shqetesime"],
  ["shqetesim", `/shqetesime/${answered.id}`],
  ["rezultati", `/konsultime/${voted.id}/rezultati`],
  ["takim", `/takime/${hearing.id}`],
  ["masat", "/masat"],
  ["raporti", "/raporti"],
  ["sondazh", `/sondazhe/${poll.id}`],
]) {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${folder}${name}.png` });
}
await page.goto("/kodi");
await page.getByLabel("Kodi", { exact: true }).fill("BCF9-7G3T-Y9J8-T3NW-65YT-N");
await page.getByRole("button", { name: "Hapeni", exact: true }).click();
await page.getByText("Biseda me këshillin").first().scrollIntoViewIfNeeded();
await page.screenshot({ path: `${folder}kodi.png` });
await browser.close();
town.stop();
