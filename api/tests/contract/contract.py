"""Holds a running node against its own OpenAPI document, with tools that know nothing else of it.

Called by `cargo xtask contract`, which installs them. A validator and a linter read the document; then schemathesis
makes requests from it, valid ones and wrong ones, as an admin and as a visitor. The last line is `N passed, N failed`.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import requests

import fill

HERE = pathlib.Path(__file__).parent
BASE = "/api/stoa/v1"
#: The account the requests are made with. No word names it, so that the run does not take its own rights away.
RUNNER, PASSWORD = "runner", "a long enough password"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "response_headers_conformance,negative_data_rejection,positive_data_acceptance"
)


def main() -> int:
    asked = arguments()
    work = pathlib.Path(asked.work).resolve()
    shutil.rmtree(work / "data", ignore_errors=True)
    (work / "words").mkdir(parents=True, exist_ok=True)
    node = Node(asked.binary, work)
    tally = Tally()
    try:
        node.start()
        document = work / "openapi.json"
        document.write_text(requests.get(f"{node.origin}{BASE}/openapi.json", timeout=30).text)
        tally.check("validator", [sys.executable, "-m", "openapi_spec_validator", str(document)])
        rules = ["--ruleset", str(HERE / "spectral.yaml"), "--fail-severity", "warn"]
        tally.check("linter", [asked.spectral, "lint", *rules, str(document)])
        fill.fill(node.origin + BASE, node.token(), work / "words", node.names)
        # Most of what a visitor asks for is refused at the door.
        for name, examples, token in (("visitor", asked.examples // 4, ""), ("admin", asked.examples, node.token())):
            tally.count(name, schemathesis(asked.only, examples, node, document, token))
    finally:
        node.stop()
    print(f"\n{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True, help="the node")
    parser.add_argument("--spectral", required=True, help="the linter's command")
    parser.add_argument("--work", required=True, help="a folder for data, words and reports")
    parser.add_argument("--examples", type=int, required=True, help="requests made up for each operation, besides those that follow from its schema")
    parser.add_argument("--only", help="operations whose path matches this, for looking into one of them")
    return parser.parse_args()


def schemathesis(only: str | None, examples: int, node: "Node", document: pathlib.Path, token: str) -> subprocess.CompletedProcess:
    """One run over all operations. Its own words go to the terminal while it runs."""
    command = [str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(HERE / "schemathesis.toml")]
    command += ["run", str(document), "--url", node.origin, "--checks", CHECKS, "--max-examples", str(max(1, examples))]
    if only:
        command += ["--include-path-regex", only]
    environment = {**os.environ, "NO_COLOR": "1", "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"STOA_CONTRACT_ORIGIN": node.origin, "STOA_CONTRACT_TOKEN": token}
    environment |= {"STOA_CONTRACT_NAME": RUNNER, "STOA_CONTRACT_PASSWORD": PASSWORD}
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    process = subprocess.Popen(command, cwd=document.parent, env=environment, **piped)
    said = []
    for line in process.stdout:
        print(line, end="", flush=True)
        said.append(line)
    return subprocess.CompletedProcess(command, process.wait(), "".join(said))


class Tally:
    """What passed and what failed, operations and tools alike."""

    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, name: str, command: list[str]) -> None:
        print(f"\n-- {name}", flush=True)
        good = subprocess.run(command, check=False).returncode == 0
        self.passed += good
        self.failed += not good

    def count(self, name: str, run: subprocess.CompletedProcess) -> None:
        tested = re.search(r"Operations: .*?(\d+) tested", run.stdout, re.S) or re.search(r"Tested: (\d+)", run.stdout)
        failed = len(re.findall(r"^_+ \S+ \S+ _+$", run.stdout, re.M))
        if run.returncode and not failed:
            failed = 1
        print(f"-- {name}: status {run.returncode}", flush=True)
        self.failed += failed
        self.passed += max(0, (int(tested.group(1)) if tested else 0) - failed)


class Node:
    """A node of this machine, with an empty data folder and nobody to wait for."""

    def __init__(self, binary: str, work: pathlib.Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.binary, self.log = binary, work / "node.log"
        self.origin = f"http://localhost:{port}"
        self.names = ["anna", "ben", "cleo", "dora"]
        self.process = None
        elsewhere = {name: value for name, value in os.environ.items() if not name.startswith(("STOA_", "DATABASE_"))}
        self.environment = {
            **elsewhere,
            "STOA_DATA": str(work / "data"),
            "STOA_BIND": f"127.0.0.1:{port}",
            "STOA_RATE_LIMITS": "off",
        }

    def command(self, *words: str, typed: str = "") -> dict:
        done = subprocess.run([self.binary, *words, "--json"], env=self.environment, input=typed, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"stoa {' '.join(words)}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def start(self) -> None:
        self.command("account", "create", RUNNER, "--admin", "--password-stdin", typed=PASSWORD)
        for name in self.names:
            self.command("account", "create", name, "--password-stdin", typed=PASSWORD)
        with self.log.open("w") as log:
            self.process = subprocess.Popen([self.binary, "serve"], env=self.environment, stdout=log, stderr=log)
        for _ in range(300):
            try:
                requests.get(f"{self.origin}{BASE}/instance", timeout=5).raise_for_status()
                return
            except requests.RequestException:
                time.sleep(0.1)
        raise SystemExit(f"the node did not start:\n{self.log.read_text()}")

    def token(self) -> str:
        scopes = "read,write,follow,moderate,admin"
        return self.command("token", "create", RUNNER, "--scope", scopes)["token"]

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            # Requests and what they left to do may take twenty seconds each.
            self.process.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(main())
