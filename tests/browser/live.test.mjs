// Whoever looks at a concern sees what becomes of it without asking again, and what they shared without an account.
import { after, before, test } from "node:test";

import { settle } from "./home.mjs";
import { nameAdministrator, publishConcern, seatMember, signIn } from "./staff.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
let id;
let secretary;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
  secretary = await seatMember(town, await nameAdministrator(town), "municipality", "secretary");
  id = await publishConcern(town, secretary);
});
after(async () => {
  await browser.close();
  town.stop();
});

test("a page that is open shows the support of another and the council's answer", async () => {
  const { page } = await person(browser, town);
  await settle(page);
  await page.goto(`/shqetesime/${id}`);
  await page.getByText("Askush nuk ka thënë ende “edhe unë”.").waitFor();
  let loads = 0;
  page.on("framenavigated", () => (loads += 1));
  const neighbour = await signIn(town, "besa@example.al");
  await neighbour.put(`/concerns/${id}/support`);
  await page.getByText(/^1 banor/).first().waitFor();
  await secretary.post(`/concerns/${id}/answers`, { verdict: "not_possible", text: "Këtë vit nuk ka fonde." });
  await page.getByText("Këtë vit nuk ka fonde.").first().waitFor();
  if (loads > 0) throw new Error("it was loaded anew");
});

test("what a visitor shared is still shared after the page is loaded anew, until it is taken back", async () => {
  const { page } = await person(browser, town);
  await settle(page);
  await page.goto(`/shqetesime/${id}`);
  await page.getByRole("button", { name: "Edhe unë" }).click();
  await page.getByRole("button", { name: "E mbështeta" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "E mbështeta" }).click();
  await page.getByRole("button", { name: "Edhe unë" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Edhe unë" }).waitFor();
});
