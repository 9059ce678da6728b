// The main job, end to end, on a phone: from a concern written without a network to its answer.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { settle } from "./home.mjs";
import { follow, notified, tap } from "./notified.mjs";
import { startPushSink } from "./push-sink.mjs";
import { nameAdministrator, seatMember } from "./staff.mjs";
import { person, startBrowser, startTown, waitFor } from "./town.mjs";
import { WORDS } from "./words.mjs";

const TITLE = "Rruga e shkollës në Gjinar është pa drita";
const TEXT = "Prej dy javësh asnjë llambë nuk ndizet dhe fëmijët kthehen në errësirë.";
// A red square of 64x64 pixels.
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsIty0Y1qBN/CYAWWaV+LgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMBlAfwVANNJmgfyAAAAAElFTkSuQmCC",
  "base64",
);

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

for (const language of ["sq", "en"]) {
  describe(`a concern on a phone, in ${language}`, () => {
    const words = WORDS[language];
    let town;
    let sink;
    before(async () => {
      town = await startTown("serve", { TREKENDESH_ALLOW_LOOPBACK_PUSH: "true" });
      sink = await startPushSink();
    });
    after(() => {
      town.stop();
      sink.stop();
    });

    test("is written offline, sent once, published, supported and answered", async () => {
      const author = await person(browser, town, { language });
      await settle(author.page, language);
      await author.page.goto("/paraqit");
      await author.page.getByRole("button", { name: words.topic }).waitFor();
      await author.page.evaluate(() => navigator.serviceWorker.ready);
      await author.context.setOffline(true);
      const receipt = await compose(author.page, words);
      assert.match(receipt, /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]$/);
      await author.context.setOffline(false);

      const administrator = await nameAdministrator(town);
      const secretary = await seatMember(town, administrator, "municipality", "secretary");
      const police = await seatMember(town, administrator, "police", "member");
      const queue = "/municipalities/elbasan/desk/concerns";
      const id = await waitFor(async () => {
        await author.page.evaluate(() => window.dispatchEvent(new Event("online")));
        return (await secretary.get(queue)).items[0]?.id;
      }, "the concern arrives");
      assert.equal((await secretary.get(queue)).items.length, 1, "exactly once");
      const detail = await secretary.get(`/desk/concerns/${id}`);
      assert.equal(detail.title, TITLE);
      assert.equal(detail.photos.length, 1);

      await secretary.post(`/concerns/${id}/moves`, { to: "published", reason: "E qartë." });
      town.moveClock(26 * 3600);
      const another = await person(browser, town, { language });
      await settle(another.page, language);
      await waitFor(async () => {
        const answer = await another.page.request.get(`/api/v1/concerns/${id}`);
        return answer.ok();
      }, "the morning's batch");
      await another.page.goto(`/shqetesime/${id}`);
      await another.page.getByRole("heading", { name: TITLE }).waitFor();
      await another.page.getByRole("button", { name: words.support }).first().click();
      await waitFor(async () => {
        const page = await (await another.page.request.get(`/api/v1/concerns/${id}`)).json();
        return page.support.visitors === 1;
      }, "the support is counted");

      await follow(another.page, sink, language, { kind: "concern", concern: id });

      town.moveClock(0);
      await police.post(`/concerns/${id}/answers`, {
        verdict: "planned",
        lead: "police",
        due_on: "2030-01-15",
        text: "Do të patrullojmë çdo mbrëmje derisa të ndizen dritat.",
      });
      const message = await waitFor(() => sink.read.at(-1), "the push message");
      assert.equal(JSON.parse(message).concern, id);
      const shown = await notified(another, town, message);
      assert.equal(shown.body, words.answered);
      assert.equal(shown.data.target, `/shqetesime/${id}`);
      await tap(another);
      await another.page.waitForURL(`**/shqetesime/${id}`);
      await another.page.getByText("Do të patrullojmë çdo mbrëmje").first().waitFor();

      await author.page.goto("/kodi");
      await author.page.getByLabel(words.code, { exact: true }).fill(receipt.toLowerCase());
      await author.page.getByRole("button", { name: words.open, exact: true }).click();
      await author.page.getByText("Do të patrullojmë çdo mbrëmje").first().waitFor();
      assert.ok(!author.page.url().includes(receipt.slice(0, 4)), "the code is not in the address");
      await author.page.getByLabel(words.write).fill("Faleminderit, po i presim.");
      await author.page.getByRole("button", { name: words.post, exact: true }).click();
      const messages = await waitFor(async () => {
        const { messages } = await secretary.get(`/desk/concerns/${id}`);
        return messages.length && messages;
      }, "the author's reply arrives");
      assert.equal(messages.length, 1);
      assert.equal(messages[0].text, "Faleminderit, po i presim.");
      assert.deepEqual([...author.faults, ...another.faults], []);
    });
  });
}

async function compose(page, words) {
  await page.getByRole("button", { name: words.topic }).click();
  await page.getByRole("radio", { name: words.unit }).check();
  await page.getByRole("button", { name: words.next }).click();
  await page.getByLabel(words.line).fill(TITLE);
  await page.getByLabel(words.text).fill(TEXT);
  const file = { name: "foto.png", mimeType: "image/png", buffer: PHOTO };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByLabel(words.alt).waitFor();
  await page.getByRole("button", { name: words.next }).click();
  await page.locator("label", { hasText: words.anonymous }).click();
  await page.getByRole("button", { name: words.next }).click();
  await page.getByRole("button", { name: words.send }).click();
  const symbols = page.locator(".symbols");
  await symbols.waitFor();
  const receipt = (await symbols.textContent()).replaceAll(/[^0-9A-Z]/g, "");
  await page.getByLabel(words.kept).check();
  await page.getByRole("button", { name: words.done }).click();
  return [0, 4, 8, 12, 16, 20].map((from) => receipt.slice(from, from + 4)).join("-");
}
