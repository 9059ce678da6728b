// Whoever looks at a concern sees what becomes of it without asking again, and what they shared without an account.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { enter, settle } from "./home.mjs";
import { nameAdministrator, publishConcern, seatMember, signIn } from "./staff.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";

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

test("news is listed in the app, opens its concern, and has no mark any more once it was read", async () => {
  const title = "Ura e këmbësorëve pa parmakë";
  const followed = await publishConcern(town, secretary, title);
  const { page } = await person(browser, town);
  await settle(page);
  await enter(page, town, "lexuesi@example.al");
  const follows = await page.request.put(`/api/v1/concerns/${followed}/follow`, { headers: { origin: town.address } });
  assert.equal(follows.status(), 200);
  await secretary.post(`/concerns/${followed}/answers`, { verdict: "not_possible", text: "Këtë vit nuk ka fonde." });
  const unread = async () => (await (await page.request.get("/api/v1/me/inbox")).json()).unread;
  await waitFor(async () => (await unread()) > 0, "the news");
  await page.goto("/une");
  const news = page.getByRole("region", { name: /^Lajmet/ });
  await news.getByText("1 i ri").waitFor();
  const item = news.getByRole("listitem").filter({ hasText: title });
  await item.getByText("Një përgjigje").waitFor();
  await waitFor(async () => (await unread()) === 0, "it is read");
  await page.reload();
  await item.waitFor();
  assert.equal(await news.getByText(/i ri$|të reja$/).count(), 0);
  await item.getByRole("link", { name: title }).click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  await page.goto("/une");
  await page.getByRole("heading", { name: "Lajmet", exact: true }).waitFor();
});
