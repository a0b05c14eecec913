// Every kind of page in every look: axe, no sideways scrolling, nothing the browser complains about; and,
// without JavaScript, as valid HTML. Each page is loaded once and then looked at in all ways. The gallery of components is
// treated like the pages. Leaves screenshots in target/screenshots.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LOOKS, look, person } from "./browser.mjs";
import { accessible, fits, picture, valid } from "./checks.mjs";
import { logInAsAdmin, signUp } from "./people.mjs";
import { PAGES, find } from "./pages.mjs";

export function pages(house) {
  describe("pages", { concurrency: 2 }, () => all(house));
}

function all(house) {
  for (const kind of PAGES) {
    test(`page ${kind.name} in every look`, async () => {
      const somebody = await visit(house, kind);
      await everyLook(somebody.page, kind.name);
      await somebody.leave();
    });
    test(`page ${kind.name} without JavaScript, and as HTML`, async () => {
      const somebody = await visit(house, kind, { scripts: false, width: 320 });
      await fits(somebody.page);
      await valid(somebody.source, somebody.page.url());
      await somebody.leave();
    });
  }
  test("every component in every state and look", async () => {
    const [origin] = house.origins;
    const somebody = await person(house.browser);
    const { page } = somebody;
    await page.goto(`${origin}/dev/components`);
    const groups = await page.locator("main a").evaluateAll((links) => links.map((link) => link.href));
    assert.ok(groups.length > 5, "the gallery is empty; was this built for release?");
    for (const address of groups) {
      const answer = await page.goto(address);
      await valid(await answer.text(), address);
      await everyLook(page, `components-${address.split("/").pop()}`);
    }
    await somebody.leave();
  });
}

async function everyLook(page, name) {
  for (const one of LOOKS) {
    for (const width of one.widths) {
      await look(page, one, width);
      await accessible(page, `${one.name} at ${width} px`);
      await fits(page, `${one.name} at ${width} px`);
      if (one.kept === width) await picture(page, `${name}-${one.name}-${width}`);
    }
  }
}

/** Opens one kind of page as the kind of person it is for. */
async function visit(house, kind, how) {
  const [origin] = house.origins;
  // Promises, because two pages are visited at a time.
  house.found ??= find(origin);
  const found = await house.found;
  const somebody = await person(house.browser, how);
  if (kind.who === "account") {
    house.cookies ??= cookiesOfAnAccount(house, origin);
    await somebody.context.addCookies(await house.cookies);
  }
  if (kind.who === "admin") {
    house.admin ??= cookiesOfTheAdmin(house, origin);
    await somebody.context.addCookies(await house.admin);
  }
  const answer = await somebody.page.goto(origin + kind.path(found));
  assert.equal(answer.status(), kind.status ?? 200, somebody.page.url());
  if (kind.status) somebody.forgive(/Failed to load resource/);
  somebody.source = await answer.text();
  return somebody;
}

async function cookiesOfAnAccount(house, origin) {
  const somebody = await person(house.browser);
  await signUp(somebody.page, origin, "reader");
  const cookies = await somebody.context.cookies();
  await somebody.leave();
  return cookies;
}

async function cookiesOfTheAdmin(house, origin) {
  const somebody = await person(house.browser);
  await logInAsAdmin(somebody.page, origin);
  const cookies = await somebody.context.cookies();
  await somebody.leave();
  return cookies;
}
