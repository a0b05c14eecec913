// Nothing on a page moves when its pictures and scripts come late: the places of pictures are known before, and so is the room
// for what scripts change. Both are held back until the page was painted without them, and what the browser itself counts as
// moved is added up.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { person } from "./browser.mjs";
import { PAGES, find } from "./pages.mjs";

/** Pages that stand or fall with their pictures, and others with moments in their lines. */
const PICTURED = ["home", "board", "catalog", "gallery", "gallery-thread", "thread", "focus", "swipe", "profile"];
const KINDS = [...PICTURED, "boards", "log", "search-posts", "tag-posts", "profile-replies"];
/** Of what is seen, how much may move; 0.1 is already felt. */
const MOST = 0.02;

export function shifts(house) {
  describe("nothing moves when pictures and scripts come late", () => {
    for (const kind of PAGES.filter(({ name }) => KINDS.includes(name))) {
      for (const width of [320, 390, 1280]) test(`${kind.name} at ${width} px`, () => still(house, kind, width));
    }
  });
}

async function still(house, kind, width) {
  const [origin] = house.origins;
  house.found ??= find(origin);
  const somebody = await person(house.browser, { width });
  const { page } = somebody;
  let release;
  const released = new Promise((done) => { release = done; });
  for (const late of ["**/media/**", "**/*.js"]) {
    await page.route(late, async (route) => {
      await released;
      await route.continue();
    });
  }
  await page.addInitScript(watch);
  await page.goto(origin + kind.path(await house.found), { waitUntil: "commit" });
  await page.locator("body > footer").waitFor();
  const late = await page.evaluate(waiting);
  assert.ok(late > 0 || !PICTURED.includes(kind.name), "no picture was late");
  release();
  const moved = await page.evaluate(settled);
  const sum = moved.reduce((all, { value }) => all + value, 0);
  assert.ok(sum <= MOST, `${page.url()} at ${width} px: ${JSON.stringify(moved, null, 1)}`);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await somebody.leave();
}

/* What follows runs in the page. */

function watch() {
  const moved = [];
  const note = (entries) => {
    for (const { value, hadRecentInput, sources } of entries) {
      const where = sources.map(({ node }) => `${node?.localName ?? node?.nodeName}.${node?.className ?? ""}`);
      if (!hadRecentInput) moved.push({ value, where });
    }
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.moved = () => {
    note(observer.takeRecords());
    return moved;
  };
  window.painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  window.seen = () => [...document.images].filter((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return image.src.includes("/media/") && image.checkVisibility() && bottom > 0 && top < innerHeight;
  });
}

/** From here on all that moves is counted: what moved before, a busy machine painted while it still read the page. */
async function waiting() {
  await window.painted();
  window.moved().length = 0;
  return window.seen().filter((image) => !image.complete).length;
}

async function settled() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
  const come = (image) => image.complete || new Promise((done) => { image.onload = done; image.onerror = done; });
  await Promise.all(window.seen().map(come));
  await window.painted();
  await window.painted();
  return window.moved();
}
