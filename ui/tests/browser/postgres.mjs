// PostgreSQL for the tests: a server named by TEST_POSTGRES_URL, or a private one made of the system's server programs.
//
// A shell keeps the private server: it ends it and removes its folder when our end of its standard input closes, which happens
// however this process ends.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const VERSIONS = "/usr/lib/postgresql";

/** A server: `create` makes an empty database and answers its address, `stop` ends what was started here. */
export async function postgres() {
  const named = process.env.TEST_POSTGRES_URL;
  const { url, psql, stop } = named ? { url: named, psql: "psql", stop: async () => {} } : await start();
  const create = async (name) => {
    await run(psql, ["--quiet", "--dbname", url, "--command", `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`]);
    const [base, query] = url.split("?");
    return `${base.slice(0, base.lastIndexOf("/"))}/${name}${query ? `?${query}` : ""}`;
  };
  return { create, stop };
}

/** Debian keeps the server's programs outside the path, one folder per version. */
function programs() {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const found = versions.map((version) => join(VERSIONS, version, "bin")).filter((bin) => existsSync(join(bin, "initdb")));
  assert.ok(found.length, "no PostgreSQL: apt-get install postgresql, or TEST_POSTGRES_URL names a server");
  return found.sort().pop();
}

async function start() {
  const bin = programs();
  const folder = join(tmpdir(), `stoa-browser-postgres-${process.pid}`);
  const script = `set -e; d=${folder}; b=${bin}; rm -rf $d; mkdir -m 700 $d
    $b/initdb -D $d/data -A trust -U stoa -E UTF8 --no-locale --no-sync >/dev/null
    $b/postgres -D $d/data -k $d -c listen_addresses= -c fsync=off >$d/log 2>&1 & pid=$!
    for i in $(seq 200); do $b/pg_isready -q -h $d && break; sleep 0.05; done
    echo ready; read _ || true; kill -INT $pid; wait $pid || true; rm -rf $d`;
  // PostgreSQL refuses to run as root, so it is handed to the user Debian's package made.
  const shell = process.getuid() === 0 ? ["runuser", "-u", "postgres", "--", "sh"] : ["sh"];
  const keeper = spawn(shell[0], [...shell.slice(1), "-c", script], { cwd: "/", stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(keeper, "exit");
  const [line] = await Promise.race([once(createInterface(keeper.stdout), "line"), ended]);
  assert.equal(line, "ready", "PostgreSQL did not start");
  const stop = async () => {
    keeper.stdin.end();
    await ended;
  };
  return { url: `postgres:///postgres?user=stoa&host=${folder}`, psql: join(bin, "psql"), stop };
}
