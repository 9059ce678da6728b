// The real binary on a folder of its own, and a phone's browser in front of it.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { chromium } from "playwright-core";

import { noon } from "./noon.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));

const binary = process.env.TREKENDESH_BINARY ?? join(repository, "target/debug/trekendesh");

/** Starts a process of the binary that listens, and waits for its address. */
export async function launch(verb, env, hear) {
  const server = spawn(binary, [verb], { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  server.stderr.on("data", (bytes) => {
    log += bytes;
    hear(bytes);
  });
  const address = await new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (bytes) => {
      said += bytes;
      const match = said.match(/^(http:\S+)\n/);
      if (match) found(match[1]);
    });
    server.on("exit", () => failed(new Error(`the server stopped: ${log}`)));
  });
  return { server, address };
}

/** Starts the server; `verb` is "serve" or "demo". */
export async function startTown(verb = "serve", settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "trekendesh-"));
  const clock = join(folder, "clock");
  const letters = join(folder, "letters");
  writeFileSync(clock, String(noon));
  const environment = {
    TREKENDESH_DATA_DIR: join(folder, "data"),
    TREKENDESH_CLOCK_SHIFT_FILE: clock,
    TREKENDESH_MAIL_DIR: letters,
    ...settings,
  };
  let log = "";
  const start = (listen) => launch(verb, { ...environment, TREKENDESH_LISTEN: listen }, (bytes) => (log += bytes));
  let { server, address } = await start("127.0.0.1:0");
  return {
    address,
    folder,
    clock,
    /** What it is told when it starts the next time. */
    set: (more) => Object.assign(environment, more),
    /** Moves the town's time so many seconds past noon of today. */
    moveClock: (seconds) => {
      // In one step: a server that read a file half written would be back at the machine's time.
      writeFileSync(`${clock}.new`, String(noon + seconds));
      renameSync(`${clock}.new`, clock);
    },
    run: (...verbs) =>
      new Promise((done, failed) => {
        const process = spawn(binary, verbs, { env: environment, stdio: "inherit" });
        process.on("exit", (code) => (code === 0 ? done() : failed(new Error(`exit ${code}`))));
      }),
    /** The sign-in code last sent to an address. */
    code: (email) => waitFor(() => newestCode(letters, email), `a code for ${email}`),
    newestCode: (email) => newestCode(letters, email),
    log: () => log,
    /** Kills the server without warning. */
    kill: () =>
      new Promise((dead) => {
        server.removeAllListeners("exit");
        server.on("exit", dead);
        server.kill("SIGKILL");
      }),
    /** Starts one more process on the same store with the same keys; its address and its end. */
    startAnother: async () => {
      const one = await launch("serve", { ...environment, TREKENDESH_LISTEN: "127.0.0.1:0" }, (bytes) => (log += bytes));
      const stop = () => {
        one.server.removeAllListeners("exit");
        one.server.kill();
      };
      return { address: one.address, stop };
    },
    /** Runs a verb of the binary; what it says. */
    ask: (...verbs) => execFileSync(binary, verbs, { env: environment, encoding: "utf8" }),
    /** Starts it again at the same address on what it kept. */
    startAgain: async () => void ({ server } = await start(address.replace("http://", ""))),
    stop: () => {
      server.removeAllListeners("exit");
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newestCode(folder, email) {
  let names = [];
  try {
    // What is still being written is not there under its name yet.
    names = readdirSync(folder).filter((name) => name.endsWith(".eml")).sort();
  } catch {
    return undefined;
  }
  const mine = names
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .filter((text) => text.includes(`To: ${email}`))
    .map((text) => text.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)?.[0])
    .filter(Boolean);
  return mine.at(-1);
}

/** Waits until `find` finds something. */
export async function waitFor(find, what, milliseconds = 30_000) {
  const until = Date.now() + milliseconds;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > until) throw new Error(`never: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** Waits until this is what the elements read, and tells what they read instead. */
export async function reads(elements, texts) {
  let found;
  const same = async () => isDeepStrictEqual((found = await elements.allInnerTexts()), texts);
  await waitFor(same, texts.join(", ")).catch(() => assert.deepEqual(found, texts));
}

/** Waits until there are so many of them. */
export const amount = (elements, many) => waitFor(async () => (await elements.count()) === many, `${many} of ${elements}`);

/** One browser for a whole test file. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 800 };

/** A person's browser: its own storage, its own language and theme. */
export async function person(browser, town, options = {}) {
  const { viewport = PHONE, language = "sq", theme = "light", ...rest } = options;
  const context = await browser.newContext({
    baseURL: town.address,
    viewport,
    colorScheme: theme,
    locale: language === "sq" ? "sq-AL" : "en-GB",
    timezoneId: "Europe/Tirane",
    ...rest,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) faults.push(message.text());
  });
  return { context, page, faults };
}
