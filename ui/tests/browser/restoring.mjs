// A community moves to PostgreSQL: what was made through the pages of a node on SQLite is backed up, restored into a new database
// of the other engine and served from there under the same name. Nobody who reads it sees a difference, and it goes on.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { person } from "./browser.mjs";
import { picture } from "./checks.mjs";
import * as people from "./people.mjs";
import { png } from "./pictures.mjs";
import { postgres } from "./postgres.mjs";
import * as servers from "./servers.mjs";

export function restoring(house) {
  for (const scripts of [true, false]) {
    const how = scripts ? "with JavaScript" : "without JavaScript";
    test(`a backup is restored into PostgreSQL and the community goes on, ${how}`, async () => {
      const home = await servers.server();
      const engine = await postgres();
      try {
        await servers.start(home);
        await walk(house, home, engine, scripts);
      } finally {
        await servers.raze(home);
        await engine.stop();
      }
    });
  }
}

async function walk(house, home, engine, scripts) {
  const far = house.origins[1];
  const cast = {};
  for (const name of ["anna", "carl", "reader", "afar"]) cast[name] = await person(house.browser, { scripts });
  const { anna, carl, reader, afar } = cast;
  afar.name = `afar${Math.random().toString(36).slice(2, 8)}`;
  await live(home, far, cast);
  const before = await look(reader.page, home);

  const backup = join(home.folder, "backup.tar.zst");
  await servers.command(home, "backup", backup);
  await servers.stop(home);
  home.env.DATABASE_URL = await engine.create(`restored_${scripts ? "js" : "plain"}`);
  home.env.STOA_DATA = join(home.folder, "restored");
  await servers.command(home, "restore", backup);
  await servers.start(home);
  // What open pages asked for meanwhile.
  for (const one of Object.values(cast)) one.forgive(/ERR_CONNECTION_REFUSED/);
  assert.ok(!existsSync(join(home.env.STOA_DATA, "stoa.sqlite")), "all rows are in PostgreSQL");

  assert.deepEqual(await look(reader.page, home), before, "the same pages, the same pictures");
  await goOn(home, far, cast);
  for (const one of Object.values(cast)) await one.leave();
}

const PAGES = ["/", "/b", "/b/lake", "/b/lake/catalog", "/b/lake/gallery", "/b/lake/1", "/u/anna?show=threads", "/u/carl?show=replies", "/search?q=heron", "/t/birds", "/log", "/about"];

/** Everything that moves: a board that another node follows, two pictures, answers here and from afar, an edit, a like, a removal. */
async function live(home, far, { anna, carl, afar }) {
  await people.firstAdmin(anna.page, await home.link, "anna");
  await people.signUp(carl.page, home.origin, "carl");
  await people.signUp(afar.page, far, afar.name);
  await people.createBoard(anna.page, home.origin, "lake", "The lake");
  await people.followBoard(afar.page, far, `lake@${home.host}`);

  await people.startThread(anna.page, home.origin, "lake", {
    subject: "A heron",
    body: "It stood there all morning. #birds",
    pictures: [
      { file: png("reed.png", [74, 100, 9], [21, 22, 24]), alt: "Reed in bands" },
      { file: png("water.png", [58, 95, 152], [240, 169, 91]), alt: "Water in bands" },
    ],
  });
  const thread = `${home.origin}/b/lake/1`;
  await people.reply(carl.page, thread, ">>1\nI saw the heron too.");
  await people.reply(carl.page, thread, "Buy my boat.");
  await carl.page.goto(thread);
  await carl.page.locator("#p1 form.vote button.like").click();
  await carl.page.locator("#p1 form.vote button.like[aria-pressed=true]").waitFor();
  await carl.page.locator("#p2").getByRole("link", { name: /^Edit/ }).click();
  await carl.page.locator("main [name=body]").fill(">>1\nI saw the heron too, at noon.");
  await people.press(carl.page, "Save");
  await anna.page.goto(thread);
  await anna.page.locator("#p3").getByRole("link", { name: /^Remove/ }).click();
  await anna.page.locator("main [name=reason]").fill("advertising");
  await people.press(anna.page, "Remove post");

  const copy = `${far}/b/lake@${home.host}/1`;
  await people.eventually(afar.page, copy, "#p2", /at noon/);
  await people.reply(afar.page, copy, "Seen from afar.");
  await people.eventually(anna.page, thread, "#p4", /Seen from afar/);
}

/** What a visitor sees of each page: the words, and each picture with its size; times as they are written for programs. */
async function look(page, home) {
  const seen = {};
  for (const path of PAGES) {
    const answer = await page.goto(home.origin + path);
    assert.equal(answer.status(), 200, path);
    await page.evaluate(() => {
      for (const img of document.images) img.loading = "eager";
      return Promise.all([...document.images].map((img) => img.decode()));
    });
    seen[path] = await page.evaluate(() => {
      const main = document.querySelector("main").cloneNode(true);
      for (const time of main.querySelectorAll("time")) time.textContent = time.dateTime;
      const text = main.textContent.replace(/\s+/g, " ");
      const pictures = [...document.querySelectorAll("main img")].map((img) => `${img.getAttribute("src")} ${img.naturalWidth}x${img.naturalHeight} ${img.alt}`);
      const links = [...main.querySelectorAll("a")].map((link) => link.getAttribute("href"));
      return { text, pictures, links };
    });
  }
  assert.ok(seen["/b/lake/1"].pictures.length >= 2, "the thread shows its pictures");
  assert.match(seen["/search?q=heron"].text, /at noon/, "what was typed is found");
  return seen;
}

/** Whoever was signed in still is, old passwords are good, numbers go on, and the other node hears of all of it. */
async function goOn(home, far, { anna, carl, afar }) {
  const thread = `${home.origin}/b/lake/1`;
  await carl.page.goto(thread);
  await people.assertSignedIn(carl.page, "carl");
  await carl.page.locator("#p1 form.vote button.like[aria-pressed=true]").waitFor();
  await people.logOut(carl.page);
  await people.logIn(carl.page, home.origin, "carl");
  await people.assertSignedIn(carl.page, "carl");

  await people.reply(carl.page, thread, "Here I am again.");
  await carl.page.locator("#p5").filter({ hasText: "Here I am again." }).waitFor();
  await people.startThread(anna.page, home.origin, "lake", {
    subject: "A kingfisher",
    body: "Blue, and gone.",
    pictures: [{ file: png("blue.png", [58, 95, 152], [21, 22, 24]), alt: "Blue bands" }],
  });
  assert.equal(new URL(anna.page.url()).pathname, "/b/lake/6");
  await people.assertSeen(anna.page.locator("article.post img"));
  await picture(anna.page, "restored");

  const board = `${far}/b/lake@${home.host}`;
  await people.eventually(afar.page, `${board}/1`, "#p5", /Here I am again/);
  await people.eventually(afar.page, `${board}/6`, "#p6 .pictures img", "");
  await people.reply(afar.page, `${board}/6`, "Lucky you.");
  await people.eventually(anna.page, `${home.origin}/b/lake/6`, "#p7", /Lucky you/);
}
