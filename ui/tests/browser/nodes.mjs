// Three whole nodes for the browser: the demonstration of the real binary, with its boards, pictures and follows.
// STOA_BINARY names another binary than the debug build; STOA_NODES=http://localhost:8081,… uses nodes that already run.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

const PORTS = [18081, 18082, 18083];
const START_SECONDS = 180;

/** Starts the nodes and answers their origins and a way to stop them. */
export async function start() {
  if (process.env.STOA_NODES) {
    return { origins: process.env.STOA_NODES.split(","), stop: async () => {} };
  }
  const data = mkdtempSync(join(tmpdir(), "stoa-browser-"));
  const child = spawn(binary(), ["demo", "--ports", PORTS.join(","), "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  const said = [];
  const origins = PORTS.map((port) => `http://localhost:${port}`);
  const stop = async () => {
    await end(child);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await ready(child, said);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${said.join("")}`);
  }
  return { origins, stop };
}

/** The program under test. */
export function binary() {
  const path = process.env.STOA_BINARY ?? join(root, "target/debug/stoa");
  if (!existsSync(path)) {
    throw new Error(`${path} is not there: cargo build --package node --bin stoa`);
  }
  return path;
}

/** Tells a process to stop and waits until it has. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(late);
}

/** The demonstration says that it serves once everything has arrived everywhere. */
function ready(child, said) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the nodes did not start within ${START_SECONDS} s`)),
      START_SECONDS * 1000,
    );
    const settle = (finish, value) => {
      clearTimeout(late);
      finish(value);
    };
    child.once("error", (error) => settle(reject, error));
    child.once("exit", (code) => settle(reject, new Error(`the nodes stopped with status ${code}`)));
    const hear = (chunk) => {
      said.push(chunk.toString());
      if (/keep serving/.test(said.join(""))) settle(resolve);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", (chunk) => said.push(chunk.toString()));
  });
}
