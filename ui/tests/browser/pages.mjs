// Every kind of page, with an address that exists on a node of the demonstration. A new page gets a line in PAGES;
// axe, both schemes, both widths and valid HTML follow from that.

import assert from "node:assert/strict";

/** `who` is "visitor", or "account" for pages that need somebody signed in. */
export const PAGES = [
  { name: "home", who: "visitor", path: () => "/" },
  { name: "boards", who: "visitor", path: () => "/b" },
  { name: "board", who: "visitor", path: ({ board }) => `/b/${board}` },
  { name: "board-foreign", who: "visitor", path: ({ foreign }) => `/b/${foreign}` },
  { name: "catalog", who: "visitor", path: ({ board }) => `/b/${board}/catalog` },
  { name: "log", who: "visitor", path: ({ board }) => `/b/${board}/log` },
  { name: "thread", who: "visitor", path: ({ board, no }) => `/b/${board}/${no}` },
  { name: "focus", who: "visitor", path: ({ picture }) => `/p/${picture}` },
  { name: "profile", who: "visitor", path: ({ account }) => `/u/${account}` },
  { name: "boards-known", who: "visitor", path: () => "/b?show=known" },
  { name: "about", who: "visitor", path: () => "/about" },
  { name: "login", who: "visitor", path: () => "/login" },
  { name: "signup", who: "visitor", path: () => "/signup" },
  { name: "missing", who: "visitor", path: () => "/b/nothing_here", status: 404 },
  { name: "home-account", who: "account", path: () => "/" },
  { name: "thread-account", who: "account", path: ({ board, no }) => `/b/${board}/${no}` },
  { name: "boards-account", who: "account", path: () => "/b" },
  { name: "board-account", who: "account", path: ({ board }) => `/b/${board}` },
  { name: "new-thread", who: "account", path: ({ board }) => `/b/${board}/new` },
  { name: "settings", who: "account", path: () => "/settings/profile" },
];

/** Finds a board, a thread, a picture and the rest on a node, by its public API. */
export async function find(origin) {
  const boards = await items(origin, "/boards?scope=local");
  assert.ok(boards.length > 0, `${origin} has no board`);
  for (const { name } of boards) {
    for (const thread of await items(origin, `/boards/${name}/threads`)) {
      const full = await json(origin, `/threads/${thread.id}`);
      const pictured = full.posts.find((post) => post.media.length > 0);
      if (pictured && full.posts.length > 1) {
        const known = await items(origin, "/boards?scope=known");
        const foreign = known.find((board) => board.acct.includes("@"));
        assert.ok(foreign, `${origin} knows no foreign board`);
        const author = full.posts[0].author;
        return {
          board: name,
          no: full.no,
          thread: full.id,
          picture: pictured.id,
          account: author.acct,
          foreign: foreign.acct,
        };
      }
    }
  }
  throw new Error(`${origin} has no thread with a picture and a reply`);
}

export async function items(origin, path) {
  return (await json(origin, path)).items;
}

export async function json(origin, path) {
  const answer = await fetch(`${origin}/api/stoa/v1${path}`);
  assert.equal(answer.status, 200, `GET ${path} of ${origin}`);
  return answer.json();
}
