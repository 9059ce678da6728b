// "Was it fixed?": those who share a concern say that it was not, and with the last one needed it is open again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { nameAdministrator, publishConcern, seatMember, signIn } from "./staff.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
let id;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  const secretary = await seatMember(town, await nameAdministrator(town), "municipality", "secretary");
  id = await publishConcern(town, secretary);
  const move = (to, more) => secretary.post(`/concerns/${id}/moves`, { to, reason: "U pa në vend.", ...more });
  await move("in_progress", { lead: "municipality" });
  await secretary.post(`/concerns/${id}/answers`, { verdict: "done", text: "U ndërruan llambat." });
  await move("done");
  const neighbours = [];
  for (const name of ["besa", "dritan", "genti"]) neighbours.push(await signIn(town, `${name}@example.al`));
  for (const neighbour of neighbours) await neighbour.put(`/concerns/${id}/support`);
  for (const neighbour of neighbours.slice(1)) await neighbour.put(`/concerns/${id}/contest`);
});
after(async () => {
  await browser.close();
  town.stop();
});

test("whoever shares a concern says that it was not fixed, and the council must answer anew", async () => {
  const { page } = await person(browser, town);
  await settle(page);
  await page.goto(`/shqetesime/${id}`);
  const box = page.getByRole("region", { name: "A u rregullua?" });
  await box.getByText("2 nga 3 që duhen thonë se nuk u rregullua.").waitFor();
  await box.getByRole("link", { name: "Hyni" }).waitFor();

  await enter(page, town, "arta@example.al");
  await page.goto(`/shqetesime/${id}`);
  await box.getByRole("button", { name: "Nuk u rregullua" }).click();
  await box.getByRole("alert").getByText("Së pari thoni “edhe unë”").waitFor();

  await page.getByRole("button", { name: "Edhe unë" }).click();
  await page.getByRole("button", { name: "E mbështeta" }).waitFor();
  await box.getByRole("button", { name: "Nuk u rregullua" }).click();
  await page.getByText("Shqetësimi u hap sërish").waitFor();
  await page.getByRole("article").getByText("I rihapur").first().waitFor();
  assert.equal(await box.count(), 0, "there is nothing to contest any more");
});
