"""Signs requests in: schemathesis loads it where `schemathesis.toml` says so. Without a token nobody is signed in."""

import os

import requests
import schemathesis

BASE = "/api/stoa/v1"

if TOKEN := os.environ.get("STOA_CONTRACT_TOKEN"):

    @schemathesis.auth(refresh_interval=None)
    class SignedIn:
        """One token for all requests, but a new one for each that ends its session."""

        def get(self, case, _) -> str:
            if (case.method.upper(), case.path) != ("DELETE", f"{BASE}/session"):
                return TOKEN
            who = {"name": os.environ["STOA_CONTRACT_NAME"], "password": os.environ["STOA_CONTRACT_PASSWORD"]}
            answer = requests.post(f"{os.environ['STOA_CONTRACT_ORIGIN']}{BASE}/session", json=who, timeout=30)
            return answer.json()["token"]

        def set(self, case, token, _) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
