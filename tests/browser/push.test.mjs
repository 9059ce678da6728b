// What the service worker shows of a push: handed to it by the browser's own debugging protocol,
// since a headless Chromium has no push service. The way through one is firefox-push.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { notified } from "./notified.mjs";
import { person, startBrowser, startTown } from "./town.mjs";

let browser;
let town;
before(async () => {
  browser = await startBrowser();
  town = await startTown();
});
after(async () => {
  await browser.close();
  town.stop();
});

for (const [what, payload, body, target] of [
  [
    "an answer names what happened and opens the concern",
    { kind: "answered", concern: "0123456789abcdef", language: "sq" },
    "Një institucion u përgjigj për një shqetësim që ndiqni.",
    "/shqetesime/0123456789abcdef",
  ],
  [
    "news on an anonymous thread names nothing and opens the page of codes",
    { kind: "thread" },
    "Ka një lajm në një bisedë që ndiqni.",
    "/kodi",
  ],
  [
    "what came to the desk opens the desk",
    { kind: "desk", language: "sq" },
    "Në tavolinën e këshillit ka punë të re.",
    "/tavolina",
  ],
  [
    "a vote that opened leads to its consultation",
    { kind: "consultation_opened", consultation: "0123456789abcdef", language: "sq" },
    "Votimi u hap në një bashki që ndiqni.",
    "/konsultime/0123456789abcdef",
  ],
  [
    "a reminder leads to the meeting",
    { kind: "meeting_hours", meeting: "0123456789abcdef", language: "sq" },
    "Pas dy orësh nis një takim që mund t’ju interesojë.",
    "/takime/0123456789abcdef",
  ],
  [
    "a bulletin that is out leads to it, whichever place is one's own",
    { kind: "bulletin_published", path: "/buletini/2026/3?bashkia=elbasan", language: "sq" },
    "Doli buletini i një bashkie që ndiqni.",
    "/buletini/2026/3?bashkia=elbasan",
  ],
  [
    "a report that is out leads to it",
    { kind: "report_published", path: "/raporti?viti=2026&bashkia=elbasan", language: "en" },
    "The yearly report of a municipality you follow is out.",
    "/raporti?viti=2026&bashkia=elbasan",
  ],
  [
    "in English it is said in English",
    { kind: "message", concern: "0123456789abcdef", language: "en" },
    "The council wrote to you about a concern of yours.",
    "/shqetesime/0123456789abcdef",
  ],
]) {
  test(what, async () => {
    const somebody = await person(browser, town);
    const shown = await notified(somebody, town, JSON.stringify(payload));
    assert.equal(shown.body, body);
    assert.equal(shown.data.target, target);
    await somebody.context.close();
  });
}
