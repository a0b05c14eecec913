"""Fills a new node through its API, and writes down the names and ids of what is there.

Each list becomes a file of words that `schemathesis.toml` names: most requests shall meet something.
"""

import io
import pathlib
import struct
import zlib

import requests


def fill(base: str, token: str, words: pathlib.Path, names: list[str]) -> None:
    api = Api(base, token)
    found = {"names": names, "hosts": ["gone.example", "far.example"], "tags": ["film", "light"], "boards": []}
    for board in ("art", "photo", "small"):
        api.post("/boards", {"name": board, "title": board, "description": "All **kinds**.", "rules": "Be kind."})
        found["boards"].append(board)
    api.put("/boards/art/moderators/ben")
    threads, posts, media, loose = [], [], [], []
    for turn in range(24):
        board = found["boards"][turn % 3]
        picture = api.upload(turn)
        media.append(picture)
        draft = {"subject": f"Thread {turn}", "body": "Light on #film\n>quoted", "media": [picture["id"]], "tags": ["light"]}
        thread = api.post(f"/boards/{board}/threads", draft)["id"]
        threads.append(thread)
        for reply in range(8):
            posts.append(api.post(f"/threads/{thread}/posts", {"body": f"Reply {reply}", "reply_to": thread})["id"])
        loose.append(api.upload(100 + turn)["id"])
    for post in posts[::3]:
        api.put(f"/posts/{post}/vote", {"value": 1})
    for thread in threads[::2]:
        api.put(f"/threads/{thread}/watch")
    api.patch(f"/posts/{posts[0]}", {"body": "Said better."})
    api.delete(f"/posts/{posts[1]}", {"reason": "Off topic"})
    reports = [api.post("/reports", {"post": post, "reason": "Rude"})["id"] for post in posts[2:12]]
    api.put("/boards/art/bans/dora", {"reason": "Spam"})
    api.put("/admin/peers/gone.example", {"policy": "suspended", "reason": "Spam"})
    for name in names:
        api.put(f"/accounts/{name}/follow")
    for tag in found["tags"]:
        api.put(f"/tags/{tag}/follow")
    found |= {"threads": threads, "posts": posts + threads, "loose": loose, "reports": reports}
    found["media"] = [picture["id"] for picture in media] + loose[:8]
    found["files"] = [picture["url"].split("/")[-2] for picture in media]
    found["sessions"] = [session["id"] for session in api.get("/sessions")["items"] if not session["current"]] or ["1"]
    found["jobs"] = [job["id"] for job in api.get("/admin/jobs?limit=100")["items"]] or ["1"]
    lists = ["/feeds/all", "/boards", "/boards/art/threads", f"/threads/{threads[0]}/posts", "/tags", "/feeds/images"]
    found["cursors"] = [api.get(f"{path}?limit=1")["next"] for path in lists]
    for name, entries in found.items():
        (words / name).write_text("".join(f'"{entry}"\n' for entry in entries))


class Api:
    """The API as somebody with a token uses it; an answer that is no success ends the run."""

    def __init__(self, base: str, token: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, **body) -> dict:
        answer = self.session.request(method, self.base + path, timeout=60, **body)
        if not answer.ok:
            raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else {}

    def get(self, path: str) -> dict:
        return self.call("GET", path)

    def post(self, path: str, body: dict) -> dict:
        return self.call("POST", path, json=body)

    def put(self, path: str, body: dict | None = None) -> dict:
        return self.call("PUT", path, json=body) if body else self.call("PUT", path)

    def patch(self, path: str, body: dict) -> dict:
        return self.call("PATCH", path, json=body)

    def delete(self, path: str, body: dict) -> dict:
        return self.call("DELETE", path, json=body)

    def upload(self, seed: int) -> dict:
        file = {"file": (f"{seed}.png", io.BytesIO(png(seed)), "image/png")}
        return self.call("POST", "/media", files=file, data={"alt": f"Picture {seed}"})


def png(seed: int) -> bytes:
    """A small picture that differs with `seed`."""
    width, height = 32, 24
    rows = b"".join(b"\0" + bytes(part for x in range(width) for part in (seed, y * 10, x * 7)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
