// Nodes by themselves, as an admin runs them: `stoa serve` with a folder and settings of its own, stopped and started again.

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { binary, end } from "./nodes.mjs";

const run = promisify(execFile);
const START_SECONDS = 60;

/**
 * A node on a port of its own, not started yet; `env` may be changed while it does not run. The port is whichever is free: other
 * nodes remember who was at one, and would take a new node there for an impostor.
 */
export async function server() {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "stoa-server-"));
  const host = `localhost:${port}`;
  const origin = `http://${host}`;
  const env = {
    STOA_DATA: join(folder, "data"),
    STOA_BIND: `127.0.0.1:${port}`,
    STOA_URL: origin,
    // The other nodes of a test are on this machine, and its people are quicker than people.
    STOA_ALLOW_PRIVATE_PEERS: "127.0.0.0/8,::1",
    STOA_RATE_LIMITS: "off",
    DATABASE_URL: "",
    NO_COLOR: "1",
  };
  return { folder, host, origin, env, child: null };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const holder = createServer();
    holder.once("error", reject);
    holder.listen(0, "127.0.0.1", () => {
      const { port } = holder.address();
      holder.close(() => resolve(port));
    });
  });
}

/** Starts it and waits until it serves. `node.link` becomes the link that makes the first admin, where there is none yet. */
export async function start(node) {
  const child = spawn(binary(), ["serve", "--json"], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...node.env } });
  node.child = child;
  const lines = createInterface(child.stdout);
  node.link = said(lines, "first_run");
  const wrong = [];
  child.stderr.on("data", (chunk) => wrong.push(chunk.toString()));
  const late = setTimeout(() => child.kill("SIGKILL"), START_SECONDS * 1000);
  const ended = new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${node.origin} stopped with status ${code}:\n${wrong.join("")}`)));
  });
  // Only its start is waited for here.
  ended.catch(() => {});
  await Promise.race([ended, said(lines, "origin")]);
  clearTimeout(late);
}

/** The first line that says something under this name; what it says. */
function said(lines, name) {
  return new Promise((resolve) => {
    lines.on("line", (line) => {
      const value = JSON.parse(line)[name];
      if (value) resolve(value);
    });
  });
}

/** Stops it as an admin does, and waits until it has ended. */
export async function stop(node) {
  if (node.child) await end(node.child);
  node.child = null;
}

/** Runs a command beside it with the same settings; what it prints. */
export async function command(node, ...words) {
  const { stdout } = await run(binary(), words, { env: { ...process.env, ...node.env } });
  return stdout;
}

/** Stops it and removes what it kept. */
export async function raze(node) {
  await stop(node);
  rmSync(node.folder, { recursive: true, force: true });
}
