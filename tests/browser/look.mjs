// What a machine can find wrong with a page: axe's rules, and words wider than the screen.
import { AxeBuilder } from "@axe-core/playwright";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What everybody may open. */
export const ROUTES = [
  "/",
  "/shqetesime",
  "/paraqit",
  "/vendos",
  "/takime",
  "/vendi",
  "/keshilli",
  "/te-dhenat",
  "/une",
  "/une/hyr",
  "/une/verifikimi",
  "/kodi",
  "/pritje",
  "/njoftime",
  "/privatesia",
  "/votimi/si-mbrohet",
  "/tavolina",
  "/asgje-ketu",
];

/** What needs a concern, a session, a vote or a meeting: opened by axe.test.mjs, axe-rooms.test.mjs, vote.test.mjs and result.test.mjs. */
export const OTHERS = [
  "/shqetesime/:id",
  "/konsultime/:id",
  "/konsultime/:id/rezultati",
  "/voto/:id",
  "/takime/:id",
  "/konsultime/:id/permbledhja",
  "/une/shqetesimet/:id",
  "/tavolina/:id",
  "/tavolina/konsultime",
  "/tavolina/konsultime/:id",
  "/tavolina/takime",
  "/tavolina/takime/:id",
  "/administrimi",
];

/** Waits until the page has its title and asks for nothing more. */
export async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForLoadState("networkidle");
}

/** The faults of what is open now, a line each. */
export async function faults(page, where) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  return [...found, ...(await sideways(page, where))];
}

/** Whether the page scrolls sideways, and by how much. */
export async function sideways(page, where) {
  const beyond = await page.evaluate(() => {
    const root = document.documentElement;
    return Math.max(0, root.scrollWidth - root.clientWidth);
  });
  return beyond ? [`${where}: ${beyond}px wider than the screen`] : [];
}
