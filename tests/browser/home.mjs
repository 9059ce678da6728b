// What a person does first: choosing where home is, and signing in.
import { waitFor } from "./town.mjs";

/** Chooses a language and Elbasan, and there Gjinar. */
export async function settle(page, language = "sq") {
  await page.goto("/");
  if (language === "en") await page.getByText("English", { exact: true }).first().click();
  await page.goto("/vendi");
  await page.getByRole("button", { name: /^Elbasan/ }).click();
  await page.getByRole("button", { name: "Gjinar" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

/** Signs in through the app's own pages. */
export async function enter(page, town, email) {
  await page.goto("/une/hyr");
  await enterCode(page, town, email);
  await page.waitForURL("**/une");
}

/** Asks for a code on the page of signing in, and enters with it. */
export async function enterCode(page, town, email) {
  const before = town.newestCode(email);
  await page.locator('input[type="email"]').fill(email);
  await page.locator("main form button").first().click();
  const code = await waitFor(() => {
    const newest = town.newestCode(email);
    return newest !== before && newest;
  }, "another code");
  await page.locator('main input:not([type="email"])').first().fill(code);
  await page.locator("main form button").first().click();
}

/** Answers what the composer asks about a concern without a name, up to its last page. */
export async function describeConcern(page, title) {
  await page.getByRole("button", { name: "Ndriçimi i rrugëve dhe lagjeve" }).click();
  await page.getByRole("radio", { name: "Gjinar" }).check();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.getByLabel("Me një fjali").fill(title);
  await page.getByLabel("Tregojeni me fjalët tuaja").fill("Prej dy javësh rruga është pa drita.");
  await page.getByRole("button", { name: "Vazhdoni" }).click();
  await page.locator("label", { hasText: "Pa emër" }).click();
  await page.getByRole("button", { name: "Vazhdoni" }).click();
}
