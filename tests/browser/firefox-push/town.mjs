// The real binary with Elbasan's sample year, and Firefox in front of it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import puppeteer from "puppeteer-core";

import { noon } from "../noon.mjs";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Starts the demo, which may push to services on this machine. */
export async function startTown() {
  const folder = mkdtempSync(join(tmpdir(), "trekendesh-"));
  const binary = process.env.TREKENDESH_BINARY ?? join(repository, "target/debug/trekendesh");
  writeFileSync(join(folder, "clock"), String(noon));
  const environment = {
    TREKENDESH_CLOCK_SHIFT_FILE: join(folder, "clock"),
    TREKENDESH_LISTEN: "127.0.0.1:0",
    TREKENDESH_DATA_DIR: join(folder, "data"),
    TREKENDESH_MAIL_DIR: join(folder, "letters"),
    TREKENDESH_ALLOW_LOOPBACK_PUSH: "true",
  };
  const server = spawn(binary, ["demo"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  server.stderr.on("data", (bytes) => (log += bytes));
  const address = await new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (bytes) => {
      said += bytes;
      const match = said.match(/^(http:\S+)\n/);
      if (match) found(match[1]);
    });
    server.on("exit", () => failed(new Error(`the server stopped: ${log}`)));
  });
  return {
    address,
    call: (method, path, body, token) => call(`${address}/api/v1${path}`, method, body, token),
    log: () => log,
    stop: () => {
      server.removeAllListeners("exit");
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function call(url, method, body, token) {
  const headers = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, json: text ? JSON.parse(text) : undefined };
}

/** Signs in by the code in the demo's letter box. */
export async function signIn(town, email) {
  const { ticket } = (await town.call("POST", "/sign-in/codes", { email })).json;
  const code = await waitFor(async () => {
    const page = await (await fetch(`${town.address}/demo/letters`)).text();
    const letters = page.split("<article>").filter((letter) => letter.includes(`To: ${email}`));
    return letters[0]?.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)?.[0];
  }, `a code for ${email}`);
  const body = { email, ticket, code, transport: "bearer" };
  return (await town.call("POST", "/sign-in/sessions", body)).json.access_token;
}

/** Firefox, which asks our own push service and shows notifications itself. */
export function startFirefox(pushService) {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: {
      "dom.push.enabled": true,
      "dom.push.connection.enabled": true,
      "dom.push.serverURL": pushService.address,
      "dom.push.testing.allowInsecureServerURL": true,
      "permissions.default.desktop-notification": 1,
      "alerts.useSystemBackend": false,
      "intl.accept_languages": "en",
    },
  });
}

/** Waits until `find` finds something. */
export async function waitFor(find, what, milliseconds = 20_000) {
  const until = Date.now() + milliseconds;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > until) throw new Error(`never: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}
