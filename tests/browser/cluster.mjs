// A private PostgreSQL for one test file, and the way to several processes that share it.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { waitFor } from "./town.mjs";

const DEBIAN = "/usr/lib/postgresql";
const isRoot = process.getuid() === 0;

/** Where PostgreSQL's programs are; Debian keeps them off the path. */
function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, "bin")), ...process.env.PATH.split(":")];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")));
  if (!found) throw new Error("PostgreSQL's initdb is nowhere: install postgresql");
  return found;
}

/** A program and its arguments, under another account where this one is root, whom PostgreSQL refuses. */
const asNobodySpecial = (program, ...rest) =>
  isRoot ? ["setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, ...rest]] : [program, rest];

/** Starts an empty server; nothing of it outlives the test. */
export async function startCluster() {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), "trekendesh-postgres-"));
  const data = join(folder, "data");
  mkdirSync(data);
  if (isRoot) {
    const owner = (kind) => Number(execFileSync("id", [kind, "postgres"], { encoding: "utf8" }));
    for (const path of [folder, data]) chownSync(path, owner("-u"), owner("-g"));
  }
  const made = ["--pgdata", data, "--username=trekendesh", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  execFileSync(...asNobodySpecial(join(bin, "initdb"), ...made), { stdio: "ignore", cwd: folder });
  const settings = ["listen_addresses=", "fsync=off", "log_min_messages=fatal"].flatMap((setting) => ["-c", setting]);
  const [program, rest] = asNobodySpecial(join(bin, "postgres"), "-D", data, "-k", folder, ...settings);
  const server = spawn(program, rest, { stdio: "ignore", cwd: folder });
  const isReady = () => {
    try {
      execFileSync(join(bin, "createdb"), ["--host", folder, "--username=trekendesh", "town"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };
  await waitFor(isReady, "PostgreSQL is ready", 30_000);
  return {
    url: `postgres://trekendesh@${folder.replaceAll("/", "%2F")}/town`,
    stop: () =>
      new Promise((dead) => {
        server.on("exit", () => {
          rmSync(folder, { recursive: true, force: true });
          dead();
        });
        server.kill("SIGINT");
      }),
  };
}

/** A proxy that gives each request to the next of several processes; `to` says which. */
export async function startProxy() {
  let targets = [];
  const answered = new Map();
  const server = createServer((asked, answer) => {
    const target = targets.shift();
    targets.push(target);
    answered.set(target, (answered.get(target) ?? 0) + 1);
    const { hostname, port } = new URL(target);
    const onward = request(
      { hostname, port, method: asked.method, path: asked.url, headers: asked.headers },
      (answering) => {
        answer.writeHead(answering.statusCode, answering.headers);
        answering.pipe(answer);
      },
    );
    // Whoever hangs up is told nothing.
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    to: (...addresses) => void (targets = addresses),
    answered: () => [...answered.values()],
    stop: () => server.closeAllConnections() ?? server.close(),
  };
}
