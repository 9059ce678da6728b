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
  "/rregullorja",
  "/te-dhenat",
  "/programi",
  "/masat",
  "/raporti",
  "/raporti/ekrani",
  "/buletini",
  "/une",
  "/une/hyr",
  "/une/verifikimi",
  "/kodi",
  "/klasa",
  "/sondazhe",
  "/pritje",
  "/njoftime",
  "/privatesia",
  "/votimi/si-mbrohet",
  "/tavolina",
  "/tavolina/udhezues",
  "/asgje-ketu",
];

/** What needs a concern, a session, a vote or a meeting: opened by axe.test.mjs, axe-rooms.test.mjs, bulletin.test.mjs, polls.test.mjs, vote.test.mjs and result.test.mjs. */
export const OTHERS = [
  "/shqetesime/:id",
  "/konsultime/:id",
  "/konsultime/:id/rezultati",
  "/voto/:id",
  "/takime/:id",
  "/konsultime/:id/permbledhja",
  "/une/shqetesimet/:id",
  "/tavolina/:id",
  "/tavolina/vendi/:id",
  "/tavolina/keshilli",
  "/tavolina/konsultime",
  "/tavolina/konsultime/:id",
  "/masat/:id",
  "/tavolina/plani",
  "/buletini/:viti/:tremujori",
  "/tavolina/buletini",
  "/tavolina/masat/:id",
  "/tavolina/takime",
  "/tavolina/takime/:id",
  "/administrimi",
  "/klasa/:kodi",
  "/klasa/:kodi/ekrani",
  "/sondazhe/:id",
  "/tavolina/sondazhe",
  "/tavolina/sondazhe/:id",
];

/** What the polls of the demo are read and answered in. */
export async function pollRoutes(town) {
  const { items } = await (await fetch(`${town.address}/api/v1/municipalities/elbasan/polls`)).json();
  const open = items.map(({ open_link }) => open_link).find(Boolean);
  return [...items.map(({ id }) => `/sondazhe/${id}`), `/klasa/${open}`, `/klasa/${open}/ekrani`];
}

/** Waits until the page has its title and asks for nothing more. */
export async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForLoadState("networkidle");
}

/** Ends what only moves for a moment: colours between two states are nobody's. */
const still = (page) =>
  page.evaluate(() => {
    for (const motion of document.getAnimations()) if (motion.effect?.getComputedTiming().endTime !== Infinity) motion.finish();
  });

/** The faults of what is open now, a line each. */
export async function faults(page, where) {
  await still(page);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  const short = await low(page.locator("summary:visible"));
  // Arrow keys go from one to the next of a name only.
  const loose = await page.locator("input[type=radio]:not([name])").count();
  if (loose) found.push(`${where}: ${loose} choices without a name`);
  return [...found, ...short.map((words) => `${where}: less tall than a thumb: ${words}`), ...(await sideways(page, where))];
}

/** The words of those that a thumb may miss. */
export const low = (targets) =>
  targets.evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 43.9).map((one) => one.textContent));

/** Whether the page scrolls sideways, and by how much. */
export async function sideways(page, where) {
  const beyond = await page.evaluate(() => {
    const root = document.documentElement;
    return Math.max(0, root.scrollWidth - root.clientWidth);
  });
  return beyond ? [`${where}: ${beyond}px wider than the screen`] : [];
}
