// A formal vote: issuers of Elbasan in processes of their own, and residents who may vote.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { enter, settle } from "./home.mjs";
import { noon } from "./noon.mjs";
import { DESK, launch, person, startTown, waitFor } from "./town.mjs";

const TRIANGLE = ["municipality", "police", "prosecution"];

/** The sample's town with the issuers of its triangle; `stop` ends them too. */
export async function startElection(settings = {}) {
  const town = await startTown("demo", { TREKENDESH_CAST_DELAY_SECONDS: "1", ...settings });
  const issuers = await Promise.all(
    TRIANGLE.map((institution) => {
      const folder = join(town.folder, `issuer-${institution}`);
      const environment = { TREKENDESH_DATA_DIR: folder, TREKENDESH_CLOCK_SHIFT_FILE: town.clock };
      return launch("issuer", { ...environment, TREKENDESH_LISTEN: "127.0.0.1:0" }, () => undefined);
    }),
  );
  const entries = issuers.map(({ address }, place) => {
    const password = readFileSync(join(town.folder, `issuer-${TRIANGLE[place]}`, "password"), "utf8");
    return `elbasan/${TRIANGLE[place]}=${address.replace("//", `//:${password}@`)}`;
  });
  town.set({ TREKENDESH_ISSUERS: entries.join(",") });
  await town.kill();
  await town.startAgain();
  const list = await fetch(`${town.address}/api/v1/municipalities/elbasan/consultations`);
  const { id } = (await list.json()).items[0];
  const read = async () => (await fetch(`${town.address}/api/v1/consultations/${id}/vote`)).json();
  const reach = (stage) => waitFor(async () => (await read()).stage === stage, `the vote is ${stage}`, 60_000);
  await reach("issuing");
  return {
    ...town,
    id,
    year: (await read()).year,
    read,
    /** Moves the clock so many days past a day that the vote names, and waits for a stage. */
    moveTo: async (day, later, stage) => {
      const today = new Date(Date.now() + noon * 1000).toISOString().slice(0, 10);
      const days = (Date.parse((await read())[day]) - Date.parse(today)) / 86_400_000;
      town.moveClock((days + later) * 86_400);
      await reach(stage);
    },
    stop: () => {
      for (const { server } of issuers) {
        server.removeAllListeners("exit");
        server.kill();
      }
      town.stop();
    },
  };
}

/** Lets the secretary verify residents for the vote at the desk. */
export async function verify(browser, town, ...emails) {
  const { page, context } = await person(browser, town, { viewport: DESK });
  await settle(page);
  await enter(page, town, "sekretaria@example.al");
  await page.goto("/tavolina/konsultime");
  for (const email of emails) {
    await page.getByLabel("E-maili i banorit").fill(email);
    await page.getByLabel("Viti", { exact: true }).selectOption(String(town.year));
    await page.getByRole("button", { name: "Verifikojeni" }).click();
    await page.getByText("Banori u verifikua.").waitFor();
    await page.reload();
  }
  await context.close();
}

/** Goes through the cards, doing this with each; how many there were. */
export async function goThrough(page, each) {
  for (let card = 1; ; card++) {
    const of = await page.getByText(/^Shqetësimi \d+ nga \d+$/).innerText();
    await each(card);
    await page.getByRole("button", { name: /^(Vazhdoni|Kaloni)$/ }).click();
    const all = of.match(/nga (\d+)/)[1];
    if (String(card) === all) return card;
    await page.getByText(`Shqetësimi ${card + 1} nga ${all}`, { exact: true }).waitFor();
  }
}
