// Every kind of page, with an address that exists on a node of the demonstration. A new page gets a line in PAGES;
// axe in every look and valid HTML follow from that.

import assert from "node:assert/strict";

/** `who` is "visitor", "account" for pages that need somebody signed in, or "admin" for those of the people who run the node. */
export const PAGES = [
  { name: "home", who: "visitor", path: () => "/" },
  { name: "boards", who: "visitor", path: () => "/b" },
  { name: "board", who: "visitor", path: ({ board }) => `/b/${board}` },
  { name: "board-foreign", who: "visitor", path: ({ foreign }) => `/b/${foreign}` },
  { name: "catalog", who: "visitor", path: ({ board }) => `/b/${board}/catalog` },
  { name: "catalog-filtered", who: "visitor", path: ({ board }) => `/b/${board}/catalog?type=still&note=without` },
  { name: "gallery", who: "visitor", path: ({ board }) => `/b/${board}/gallery` },
  { name: "gallery-thread", who: "visitor", path: ({ board, no }) => `/b/${board}/${no}/gallery` },
  { name: "swipe", who: "visitor", path: ({ board }) => `/b/${board}/swipe` },
  { name: "swipe-all", who: "visitor", path: () => "/swipe" },
  { name: "tags", who: "visitor", path: () => "/t" },
  { name: "tag", who: "visitor", path: ({ tag }) => `/t/${tag}` },
  { name: "tag-posts", who: "visitor", path: ({ tag }) => `/t/${tag}?show=posts` },
  { name: "tag-unused", who: "visitor", path: () => "/t/nobody_wrote_this" },
  { name: "search", who: "visitor", path: () => "/search" },
  { name: "search-posts", who: "visitor", path: ({ tag }) => `/search?q=tag:${tag}` },
  { name: "search-boards", who: "visitor", path: ({ board }) => `/search?type=boards&q=${board}` },
  { name: "search-nothing", who: "visitor", path: () => "/search?q=nobody_wrote_this" },
  { name: "focus-in", who: "visitor", path: ({ board, picture }) => `/p/${picture}?in=b/${board}` },
  { name: "home-filtered", who: "visitor", path: ({ tag }) => `/?tag=${tag}&type=still` },
  { name: "log", who: "visitor", path: ({ board }) => `/b/${board}/log` },
  { name: "thread", who: "visitor", path: ({ board, no }) => `/b/${board}/${no}` },
  { name: "focus", who: "visitor", path: ({ picture }) => `/p/${picture}` },
  { name: "profile", who: "visitor", path: ({ account }) => `/u/${account}` },
  { name: "boards-known", who: "visitor", path: () => "/b?show=known" },
  { name: "log-node", who: "visitor", path: () => "/log" },
  { name: "about", who: "visitor", path: () => "/about" },
  { name: "profile-threads", who: "visitor", path: ({ account }) => `/u/${account}?show=threads` },
  { name: "profile-replies", who: "visitor", path: ({ account }) => `/u/${account}?show=replies` },
  { name: "likes", who: "visitor", path: ({ picture }) => `/p/${picture}/likes` },
  { name: "menu", who: "visitor", path: ({ picture }) => `/p/${picture}/menu` },
  { name: "rules", who: "visitor", path: () => "/rules" },
  { name: "privacy", who: "visitor", path: () => "/privacy" },
  { name: "help", who: "visitor", path: () => "/help" },
  { name: "help-keys", who: "visitor", path: () => "/help/keys" },
  { name: "help-format", who: "visitor", path: () => "/help/format" },
  { name: "interact", who: "visitor", path: ({ board, origin }) => `/interact?server=far.example&uri=${encodeURIComponent(`${origin}/b/${board}`)}` },
  { name: "appearance", who: "visitor", path: () => "/settings/appearance" },
  { name: "content", who: "visitor", path: () => "/settings/content" },
  { name: "login", who: "visitor", path: () => "/login" },
  { name: "signup", who: "visitor", path: () => "/signup" },
  { name: "missing", who: "visitor", path: () => "/b/nothing_here", status: 404 },
  { name: "home-account", who: "account", path: () => "/" },
  { name: "tag-account", who: "account", path: ({ tag }) => `/t/${tag}` },
  { name: "search-elsewhere", who: "account", path: () => "/search?q=photo@far.example" },
  { name: "thread-account", who: "account", path: ({ board, no }) => `/b/${board}/${no}` },
  { name: "boards-account", who: "account", path: () => "/b" },
  { name: "board-account", who: "account", path: ({ board }) => `/b/${board}` },
  { name: "new-thread", who: "account", path: ({ board }) => `/b/${board}/new` },
  { name: "settings", who: "account", path: () => "/settings/profile" },
  { name: "report", who: "account", path: ({ picture }) => `/p/${picture}/report` },
  { name: "report-sent", who: "account", path: ({ picture }) => `/p/${picture}/report/sent` },
  { name: "report-account", who: "account", path: ({ account }) => `/u/${account}/report` },
  { name: "report-account-sent", who: "account", path: ({ account }) => `/u/${account}/report/sent` },
  { name: "account", who: "account", path: () => "/settings/account" },
  { name: "sessions", who: "account", path: () => "/settings/sessions" },
  { name: "appearance-account", who: "account", path: () => "/settings/appearance" },
  { name: "content-account", who: "account", path: () => "/settings/content" },
  { name: "watching", who: "account", path: () => "/watching" },
  { name: "authorize", who: "account", path: () => "/authorize_interaction?uri=somebody%40far.example" },
  { name: "menu-account", who: "account", path: ({ picture }) => `/p/${picture}/menu` },
  { name: "admin", who: "admin", path: () => "/admin" },
  { name: "admin-site", who: "admin", path: () => "/admin/site" },
  { name: "admin-boards", who: "admin", path: () => "/admin/boards" },
  { name: "admin-board", who: "admin", path: ({ board }) => `/admin/boards/${board}` },
  { name: "admin-users", who: "admin", path: () => "/admin/users" },
  { name: "admin-users-elsewhere", who: "admin", path: () => "/admin/users?show=elsewhere" },
  { name: "admin-users-none", who: "admin", path: () => "/admin/users?show=suspended" },
  { name: "admin-user", who: "admin", path: () => "/admin/users/anna" },
  { name: "admin-federation", who: "admin", path: () => "/admin/federation" },
  { name: "admin-media", who: "admin", path: () => "/admin/media" },
  { name: "admin-jobs", who: "admin", path: () => "/admin/jobs" },
  { name: "admin-audit", who: "admin", path: () => "/admin/audit" },
  { name: "admin-missing", who: "account", path: () => "/admin", status: 404 },
];

/** Finds a board, a thread, a picture and the rest on a node, by its public API. */
export async function find(origin) {
  const boards = await items(origin, "/boards?scope=local");
  assert.ok(boards.length > 0, `${origin} has no board`);
  for (const { name } of boards) {
    for (const thread of await items(origin, `/boards/${name}/threads`)) {
      const full = await json(origin, `/threads/${thread.id}`);
      const pictured = full.posts.find((post) => post.media.length > 0);
      if (pictured && full.posts.filter((post) => !post.deleted).length > 1) {
        const known = await items(origin, "/boards?scope=known");
        const foreign = known.find((board) => board.acct.includes("@"));
        assert.ok(foreign, `${origin} knows no foreign board`);
        const [tag] = await items(origin, "/tags?limit=1");
        assert.ok(tag, `${origin} knows no tag`);
        const author = full.posts[0].author;
        return {
          origin,
          board: name,
          no: full.no,
          thread: full.id,
          picture: pictured.id,
          account: author.acct,
          foreign: foreign.acct,
          tag: encodeURIComponent(tag.name),
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
