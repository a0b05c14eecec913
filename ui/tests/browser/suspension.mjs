// An admin suspends a server: nothing of it is shown, served or accepted any more, and nothing is sent to it, until it is opened
// again. Three nodes: `here` decides, `there` is suspended, and a node of the demonstration sees what `here` sends meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { person } from "./browser.mjs";
import { picture } from "./checks.mjs";
import { items, json } from "./pages.mjs";
import * as people from "./people.mjs";
import { png } from "./pictures.mjs";
import * as servers from "./servers.mjs";

const DOCUMENT = "application/activity+json";
const SPAM = "Nothing but advertising";
const MENDED = "They have new admins";
/** How long a server may take until something came of what it was sent. */
const PATIENCE = 60_000;

export function suspension(house) {
  for (const scripts of [true, false]) {
    const how = scripts ? "with JavaScript" : "without JavaScript";
    test(`a suspended server is neither shown nor heard until it is opened again, ${how}`, async () => {
      const [here, there] = [await servers.server(), await servers.server()];
      try {
        await servers.start(here);
        await servers.start(there);
        await walk(await furnish(house, here, there, scripts));
      } finally {
        await servers.raze(here);
        await servers.raze(there);
      }
    });
  }
}

async function walk(scene) {
  const { anna, ben, eve, here, there, far } = scene;
  await shown(scene);
  await collect(scene);
  await served(scene);
  const before = await effects(scene);

  await decide(scene, "Suspend server", SPAM);
  await hidden(scene);
  await logged(scene, `suspended the server ${there.host}`, SPAM);
  await picture(eve.page, "log-suspended");

  const answer = await knock(scene);
  await until(() => delivery(there, answer, here.host), (found) => found?.answer === 403, "the answer is refused");
  assert.deepEqual(await effects(scene), before, "what was refused has no effect");

  await people.startThread(anna.page, here.origin, "quay", { subject: "Behind closed doors", body: "Not for them." });
  await people.eventually(eve.page, `${far}/b/quay@${here.host}`, ".summary", /Behind closed doors/);
  const [secret] = await items(here.origin, "/boards/quay/threads");
  assert.ok(await delivery(here, secret.id, new URL(far).host), "others get it");
  assert.equal(await delivery(here, secret.id, there.host), undefined, "nothing is sent to them");

  await decide(scene, "Open server", MENDED);
  await shown(scene);
  await served(scene);
  await logged(scene, `opened the server ${there.host}`, MENDED);
  await people.startThread(anna.page, here.origin, "quay", { subject: "Open again", body: "For all." });
  await people.eventually(ben.page, `${there.origin}/b/quay@${here.host}`, ".summary", /Open again/);
  assert.equal(await ben.page.getByText("Behind closed doors").count(), 0, "what they missed is not sent later");
  await tryNow(scene);
  const heard = ({ likes, followers, posts }) => likes === before.likes + 1 && followers === before.followers + 1 && posts === before.posts + 1;
  await until(() => effects(scene), heard, "what waited there is heard");
  for (const one of [anna, ben, eve]) await one.leave();
}

/** Two nodes with an admin and a board each, which follow each other, and what `there` has on `here`. */
async function furnish(house, here, there, scripts) {
  const far = house.origins[2];
  const scene = { here, there, far };
  for (const name of ["anna", "ben", "eve"]) scene[name] = await person(house.browser, { scripts });
  const { anna, ben, eve } = scene;
  eve.name = `eve${Math.random().toString(36).slice(2, 8)}`;
  await people.firstAdmin(anna.page, await here.link, "anna");
  await people.firstAdmin(ben.page, await there.link, "ben");
  await people.signUp(eve.page, far, eve.name);
  await people.createBoard(anna.page, here.origin, "quay");
  await people.createBoard(ben.page, there.origin, "reef");
  const quay = `quay@${here.host}`;
  await people.followBoard(ben.page, there.origin, quay);
  await people.followBoard(eve.page, far, quay);
  await people.followBoard(anna.page, here.origin, `reef@${there.host}`);

  const start = (one, node, board, subject, pictures) =>
    people.startThread(one.page, node.origin, board, { subject, body: `About it: ${subject}.`, pictures });
  await start(anna, here, "quay", "To be answered");
  await start(anna, here, "quay", "To be liked");
  await start(ben, there, quay, "Amber from there", [{ file: png("amber.png", [240, 169, 91], [21, 22, 24]), alt: "Amber bands" }]);
  await start(ben, there, "reef", "Moss on the reef", [{ file: png("moss.png", [74, 100, 9], [240, 169, 91]), alt: "Moss bands" }]);
  await people.reply(ben.page, await copy(scene, "To be answered"), "An answer from there.");
  return scene;
}

/** The places of `here` where something of `there` is seen, with its words; `whole` where all of the place is theirs. */
const places = ({ there: { host } }) => [
  { path: "/", words: "Amber from there" },
  { path: "/b/quay", words: "Amber from there" },
  { path: "/b/quay/catalog", words: "Amber from there" },
  { path: "/b/quay/1", words: "An answer from there." },
  { path: "/b/quay/3", words: "About it: Amber from there.", whole: true },
  { path: `/b/reef@${host}`, words: "Moss on the reef", whole: true },
  { path: `/b/reef@${host}/1`, words: "About it: Moss on the reef.", whole: true },
  { path: `/u/ben@${host}?show=threads`, words: "Moss on the reef", whole: true },
  { path: "/b?show=known", words: `@${host}` },
  { path: "/search?q=answer", words: "An answer from there." },
];

/** All of it is there for a visitor, by and by. */
async function shown(scene) {
  const { eve, here } = scene;
  for (const { path, words } of places(scene)) {
    await people.eventually(eve.page, here.origin + path, "main", words);
  }
  await people.eventually(eve.page, `${here.origin}/b/quay/3`, ".pictures img", "");
  await people.assertSeen(eve.page.locator(".pictures img"));
}

/** What programs know of it: the ids of their posts on `here`, the addresses of their pictures, and the documents that name them. */
async function collect(scene) {
  const { here, there } = scene;
  const posts = await items(here.origin, `/accounts/ben@${there.host}/posts`);
  const media = posts.flatMap((post) => post.media);
  scene.posts = posts.map((post) => post.id);
  scene.files = media.flatMap(({ url, renditions }) => [url, ...renditions.map((one) => one.url)]).map((url) => new URL(url, here.origin).pathname);
  scene.documents = await naming(scene, await lists(scene));
  assert.equal(scene.posts.length, 3, "two threads and an answer");
  assert.ok(scene.files.length >= 4, "two pictures, each in several sizes");
  assert.equal(scene.documents.length, 3, `an outbox, a thread and the answers to its opening name them: ${scene.documents}`);
}

/** None of it is: neither on pages nor in the API, in documents or as files. */
async function hidden(scene) {
  const { eve, here, there } = scene;
  for (const { path, words, whole } of places(scene)) {
    const answer = await eve.page.goto(here.origin + path);
    assert.equal(answer.status(), whole ? 403 : 200, path);
    const text = await eve.page.locator("main").innerText();
    assert.ok(!text.includes(words), `${path} says: ${text}`);
    if (whole) assert.match(text, /suspended/, path);
    const sources = await eve.page.locator("img").evaluateAll((all) => all.map((img) => img.getAttribute("src")));
    assert.deepEqual(sources.filter((source) => scene.files.includes(source)), [], `pictures on ${path}`);
  }
  eve.forgive(/Failed to load resource.*403/);
  for (const file of scene.files) assert.equal((await fetch(here.origin + file)).status, 404, file);
  for (const path of [`/accounts/ben@${there.host}`, `/boards/reef@${there.host}`, ...scene.posts.flatMap((id) => [`/posts/${id}`, `/posts/${id}/history`])]) {
    const refused = await fetch(`${here.origin}/api/stoa/v1${path}`);
    assert.deepEqual([refused.status, (await refused.json()).code], [403, "peer_suspended"], path);
  }
  const theirs = [`/u/ben@${there.host}`, `/b/reef@${there.host}`, "/b/quay/3", ...scene.posts.map((id) => `/p/${id}`)];
  for (const path of theirs) assert.equal((await document(here, path)).status, 403, `the document ${path}`);
  assert.deepEqual(await naming(scene, scene.documents), [], "documents that name what they made");
}

/** Programs get it: the API, other servers and whoever has the address of a picture. */
async function served(scene) {
  const { here, there } = scene;
  await json(here.origin, `/accounts/ben@${there.host}`);
  await json(here.origin, `/boards/reef@${there.host}`);
  for (const id of scene.posts) {
    await json(here.origin, `/posts/${id}`);
    const led = await document(here, `/p/${id}`);
    assert.deepEqual([led.status, new URL(led.headers.get("location")).host], [302, there.host], "its home vouches for it");
  }
  for (const file of scene.files) assert.equal((await fetch(here.origin + file)).status, 200, file);
  assert.deepEqual(await naming(scene, scene.documents), scene.documents, "documents that name what they made");
}

/** Where another server finds their posts named: the board's outbox, and what belongs to a thread. */
async function lists({ here }) {
  const threads = await items(here.origin, "/boards/quay/threads");
  return ["/b/quay/outbox", ...threads.flatMap(({ id }) => [`/p/${id}/context?page=true`, `/p/${id}/replies`])];
}

/** Those of the documents at these paths that name a post of `there`. */
async function naming({ here, there }, paths) {
  const texts = await Promise.all(paths.map(async (path) => (await document(here, path)).text()));
  return paths.filter((_, at) => texts[at].includes(`${there.origin}/p/`));
}

function document({ origin }, path) {
  return fetch(origin + path, { headers: { accept: DOCUMENT }, redirect: "manual" });
}

/** What others did to what is here, as numbers. */
async function effects({ here }) {
  const threads = await items(here.origin, "/boards/quay/threads");
  const full = async (subject) => json(here.origin, `/threads/${threads.find((thread) => thread.subject === subject).id}`);
  const [liked, answered, anna] = [await full("To be liked"), await full("To be answered"), await json(here.origin, "/accounts/anna")];
  return { likes: liked.posts[0].likes, posts: answered.posts.length, followers: anna.counts.followers };
}

/** How a post fares on the way to a server; nothing where it is not sent there. */
async function delivery({ origin }, post, host) {
  return (await items(origin, `/posts/${post}/delivery`)).find((one) => one.host === host);
}

/** The admin of `here` decides about `there`, on its page, found by the list of servers. */
async function decide({ anna: { page }, here, there }, button, reason) {
  await page.goto(`${here.origin}/admin/federation`);
  await page.locator("main").getByRole("link", { name: there.host, exact: true }).click();
  await page.locator("form#policy [name=reason]").fill(reason);
  await people.press(page, button);
  await page.getByRole("status").filter({ hasText: "Done." }).waitFor();
}

/** Everybody can read why. */
async function logged({ eve: { page }, here }, what, why) {
  await page.goto(`${here.origin}/log`);
  await page.locator(".log li").filter({ hasText: what }).filter({ hasText: why }).first().waitFor();
}

/** The admin of `there` has what waits for `here` tried at once. */
async function tryNow({ ben: { page }, here, there }) {
  await page.goto(`${there.origin}/admin/federation/${here.host}`);
  const button = page.locator("main").getByRole("button", { name: "Try now" });
  if (await button.count()) await button.click();
}

/** Somebody of the suspended server likes, follows and answers; the id of the answer there. */
async function knock(scene) {
  const { ben: { page }, here, there } = scene;
  await page.goto(await copy(scene, "To be liked"));
  await page.locator("form.vote button.like").first().click();
  await page.locator("form.vote button.like[aria-pressed=true]").first().waitFor();
  await page.goto(`${there.origin}/u/anna@${here.host}`);
  await page.locator("main .head form button").filter({ hasText: "Follow" }).click();
  await page.locator("main .head").getByText("Follow requested").waitFor();
  await people.reply(page, await copy(scene, "To be answered"), "Let me in.");
  await tryNow(scene);
  const [{ id }] = (await items(there.origin, "/accounts/ben/posts")).filter((post) => post.body.includes("Let me in."));
  return id;
}

/** The address of a thread of the quay on the other node, once it is there. */
async function copy({ ben: { page }, here, there }, subject) {
  const board = `${there.origin}/b/quay@${here.host}`;
  const found = await people.eventually(page, board, ".summary h3.subject a", subject);
  return new URL(await found.getAttribute("href"), there.origin).href;
}

/** Asks again until it is so: what another server does takes its time. */
async function until(read, good, what) {
  for (const end = Date.now() + PATIENCE; ; await pause(250)) {
    const value = await read();
    if (good(value)) return value;
    assert.ok(Date.now() < end, `${what}: ${JSON.stringify(value)}`);
  }
}
