// Every kind of page in both schemes and at both widths: axe, no sideways scrolling, valid HTML, nothing the browser complains
// about; also without JavaScript. Leaves screenshots in target/screenshots.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SCHEMES, WIDTHS, person } from "./browser.mjs";
import { accessible, fits, picture, valid } from "./checks.mjs";
import { signUp } from "./people.mjs";
import { PAGES, find } from "./pages.mjs";

export function pages(house) {
  for (const kind of PAGES) {
    for (const scheme of SCHEMES) {
      for (const width of WIDTHS) {
        test(`page ${kind.name}, ${scheme}, ${width} px`, async () => {
          const somebody = await visit(house, kind, { scheme, width });
          await accessible(somebody.page);
          await fits(somebody.page);
          await picture(somebody.page, `${kind.name}-${scheme}-${width}`);
          await somebody.leave();
        });
      }
    }
    test(`page ${kind.name} without JavaScript, and as HTML`, async () => {
      const somebody = await visit(house, kind, { scripts: false, width: 320 });
      await fits(somebody.page);
      await valid(somebody.source, somebody.page.url());
      await somebody.leave();
    });
  }
}

/** Opens one kind of page as the kind of person it is for. */
async function visit(house, kind, how) {
  const [origin] = house.origins;
  house.found ??= await find(origin);
  const somebody = await person(house.browser, how);
  if (kind.who === "account") {
    house.cookies ??= await cookiesOfAnAccount(house, origin);
    await somebody.context.addCookies(house.cookies);
  }
  const answer = await somebody.page.goto(origin + kind.path(house.found));
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
