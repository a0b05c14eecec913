// Posts that somebody does not want to see, and what a finger that stays on a reference brings up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { person } from "./browser.mjs";
import { accessible, fits, picture } from "./checks.mjs";
import { find } from "./pages.mjs";
import * as people from "./people.mjs";

export function hiding(house) {
  test("a post is hidden and shown again, by the key and by the button", () => posts(house));
  test("a thread is hidden on its board with its replies", () => threads(house));
  test("a reference held by a finger shows its post", () => held(house));
}

const button = (post) => post.getByRole("button", { name: /Hide No\.\d+/ });
const stubs = (page) => page.locator(".stub");

async function posts(house) {
  const [origin] = house.origins;
  const { board, no } = await find(origin);
  const somebody = await person(house.browser, { width: 390 });
  const { page } = somebody;
  await page.goto(`${origin}/b/${board}/${no}`);
  const all = page.locator(".thread .post");
  const count = await all.count();
  const id = await reach(page, count);
  const reply = page.locator(`#${id}`);
  await page.keyboard.press("x");
  await stubs(page).waitFor();
  assert.equal(await reply.isVisible(), false);
  assert.match(await stubs(page).innerText(), new RegExp(`^No\\.${id.slice(1)} is hidden`));
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Show No\./, "the focus goes along");
  await accessible(page);
  await fits(page);
  await picture(page, "script-hidden");

  await page.reload();
  await stubs(page).waitFor();
  assert.equal(await reply.isVisible(), false, "it stays hidden");
  await page.getByRole("button", { name: /^Show No\./ }).click();
  await reply.waitFor();
  assert.equal(await stubs(page).count(), 0);
  await page.reload();
  assert.equal(await all.count(), count);
  assert.equal(await reply.isVisible(), true, "it stays shown");

  await button(reply).click();
  await stubs(page).waitFor();
  await page.keyboard.press("x");
  await reply.waitFor();
  // What a link leads to is shown.
  await button(reply).click();
  await page.goto(`${origin}/b/${board}`);
  await page.goto(`${origin}/b/${board}/${no}#${id}`);
  await reply.waitFor();
  assert.equal(await stubs(page).count(), 0);
  await somebody.leave();
}

/** Goes by the key to the first reply that is still there, and answers its id; other tests leave gaps behind. */
async function reach(page, count) {
  for (let step = 0; step < count; step += 1) {
    await page.keyboard.press("j");
    const id = await page.evaluate(() => document.activeElement.matches(".post:not(.op, .gone)") && document.activeElement.id);
    if (id) return id;
  }
  assert.fail("the thread has no reply that is still there");
}

async function threads(house) {
  const [origin] = house.origins;
  const { board } = await find(origin);
  const somebody = await person(house.browser);
  const { page } = somebody;
  await page.goto(`${origin}/b/${board}`);
  const first = page.locator(".summary").filter({ has: page.locator(".replies .post") }).first();
  // The buttons come when somebody reaches for the page.
  await page.mouse.move(200, 300);
  await button(first.locator(".post.op")).click();
  await stubs(page).waitFor();
  assert.equal(await first.isVisible(), false);
  await accessible(page);
  await page.getByRole("button", { name: /^Show No\./ }).click();
  await first.locator(".replies .post").first().waitFor();
  await somebody.leave();
}

async function held(house) {
  const [origin] = house.origins;
  const { board } = await find(origin);
  const somebody = await person(house.browser, { width: 390 });
  const { page } = somebody;
  const name = `s${Math.random().toString(36).slice(2, 10)}`;
  await people.signUp(page, origin, name);
  await page.goto(`${origin}/b/${board}/new`);
  await page.locator("main [name=body]").fill("Held by a finger.");
  await people.press(page, "Start thread");
  await page.waitForURL(new RegExp(`/b/${board}/\\d+(#.*)?$`));
  const no = new URL(page.url()).pathname.split("/").pop();
  await page.locator("#reply [name=body]").fill(`>>${no}`);
  await people.press(page, "Post reply");
  const ref = page.locator(".thread .post").nth(1).locator(".body a.ref");
  await ref.waitFor();
  const touch = (kind) => ref.dispatchEvent(kind, { pointerType: "touch", pointerId: 1, isPrimary: true });
  await touch("pointerdown");
  await page.locator(".preview").filter({ hasText: "Held by a finger." }).waitFor();
  await fits(page);
  await touch("pointerup");
  await ref.dispatchEvent("click");
  assert.equal(await page.locator(".inlined").count(), 0, "lifting the finger opens nothing");
  await page.locator("h1, .post-head").first().dispatchEvent("pointerdown", { pointerType: "touch", pointerId: 2 });
  assert.equal(await page.locator(".preview").count(), 0, "a touch elsewhere closes it");
  await somebody.leave();
}
