// What the small scripts add: previews, quick reply, drafts, lists that go on, single keys. Each is used as people use it,
// by the pointer and by the keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { person } from "./browser.mjs";
import { accessible, fits, picture } from "./checks.mjs";
import { find } from "./pages.mjs";
import * as people from "./people.mjs";

export function scripts(house) {
  walk("a reference shows its post when pointed at and when focused", house, preview);
  walk("a reference opens in place, also from another thread", house, inline);
  walk("quick reply from the number, with the chosen words as a quote", house, quickReply);
  walk("quick reply on a phone, by the keyboard", house, quickReplyOnAPhone, { width: 390 });
  walk("a draft survives leaving, and goes when it was posted", house, draft);
  walk("a list goes on by itself, then asks", house, feed);
  walk("a list does not go on where that is turned off", house, feedOff);
  walk("keys lead through posts and pages", house, keys);
  walk("keys do nothing where they are turned off, and nothing in fields", house, keysOff);
}

function walk(name, house, steps, how = {}) {
  test(name, async () => {
    const somebody = await person(house.browser, how);
    somebody.name = `s${Math.random().toString(36).slice(2, 10)}`;
    await steps(house, somebody);
    somebody.forgive(/ERR_FAILED/);
    await somebody.leave();
  });
}

/** A thread of this person's own, with one reply to it; answers its address and the numbers. */
async function ownThread(house, { page, name }) {
  const [origin] = house.origins;
  const { board } = await find(origin);
  await people.signUp(page, origin, name);
  const no = await startThread(page, origin, board, `Scripts of ${name}`);
  await reply(page, `>>${no}\nThe first answer, in so many words.`);
  const answer = await lastNumber(page);
  return { origin, board, no, answer, address: `${origin}/b/${board}/${no}` };
}

async function startThread(page, origin, board, subject) {
  await page.goto(`${origin}/b/${board}/new`);
  await page.locator("main [name=subject]").fill(subject);
  await page.locator("main [name=body]").fill(`It begins here: ${subject}.`);
  await people.press(page, "Start thread");
  await page.waitForURL(new RegExp(`/b/${board}/\\d+(#.*)?$`));
  return Number(new URL(page.url()).pathname.split("/").pop());
}

async function reply(page, text) {
  const before = await page.locator(".thread .post").count();
  await page.locator("#reply [name=body]").fill(text);
  await people.press(page, "Post reply");
  await page.locator(".thread .post").nth(before).waitFor();
}

const lastNumber = async (page) => Number((await page.locator(".thread .post").last().getAttribute("id")).replace("p", ""));

async function preview(house, somebody) {
  const { page } = somebody;
  const { no, answer } = await ownThread(house, somebody);
  const ref = page.locator(`#p${answer} .body a.ref`);
  assert.equal(await ref.getAttribute("title"), "Your post");
  await ref.hover();
  const shown = page.locator(".preview .post");
  await shown.waitFor();
  assert.match(await shown.innerText(), /It begins here/);
  // The pointer may go onto what it brought up.
  await shown.hover();
  assert.equal(await shown.count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".preview").count(), 0);
  await page.locator(`#p${no} .backlinks a.ref`).focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await page.locator(".preview").filter({ hasText: "The first answer" }).waitFor();
  await fits(page);
  await picture(page, "script-preview");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(".preview").count(), 0, "it goes with the focus");
}

async function inline(house, somebody) {
  const { page } = somebody;
  const { origin, board, answer } = await ownThread(house, somebody);
  const other = await startThread(page, origin, board, "The other thread");
  await reply(page, `>>${answer}`);
  const ref = page.locator(".thread > li > .post > .body > p > a.ref").last();
  assert.equal(await ref.getAttribute("title"), "Your post");
  const before = page.url();
  await ref.click();
  const box = page.locator(".thread .inlined");
  await box.filter({ hasText: "The first answer" }).waitFor();
  assert.equal(await ref.getAttribute("aria-expanded"), "true");
  await box.locator("a.ref").first().click();
  await page.locator(".inlined .inlined").filter({ hasText: "It begins here" }).waitFor();
  await accessible(page);
  await picture(page, "script-inlined");
  await ref.click();
  assert.equal(await page.locator(".inlined").count(), 0);
  assert.equal(page.url(), before, "nothing was left");
  await ref.focus();
  await page.keyboard.press("Enter");
  await box.first().waitFor();
  const opened = somebody.context.waitForEvent("page");
  await ref.click({ modifiers: ["Control"] });
  await (await opened).close();
  assert.notEqual(other, answer);
}

async function quickReply(house, somebody) {
  const { page } = somebody;
  const { board, no, address } = await ownThread(house, somebody);
  for (let at = 0; at < 4; at += 1) await reply(page, `Line ${at}\n\n${"so much to scroll. ".repeat(40)}`);
  await page.goto(address);
  await page.locator("#reply [name=body]").fill("Typed before.");
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator(`#p${no} .body p`).first().selectText();
  const at = await page.evaluate(() => scrollY);
  await page.locator(`#p${no} a.no`).click();
  await page.locator(".floating").waitFor();
  assert.equal(await page.evaluate(() => scrollY), at, "nothing moves");
  const field = page.locator("#reply [name=body]");
  const words = `Typed before.\n>>${no}\n>It begins here: Scripts of ${somebody.name}.\n`;
  assert.equal(await field.inputValue(), words);
  assert.ok(await field.evaluate((element) => element === document.activeElement), "the form has the focus");
  await accessible(page);
  await picture(page, "script-quick-reply");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".floating").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.className), "no", "the focus returns");
  await page.locator(`#p${no} a.act.reply`).click();
  assert.equal(await field.inputValue(), `${words}>>${no}\n`, "the text stays");
  await field.pressSequentially("Sent.");
  const count = await page.locator(".thread .post").count();
  await page.keyboard.press("Control+Enter");
  await page.locator(".thread .post").nth(count).filter({ hasText: "Sent." }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/b/${board}/${no}`);
}

async function quickReplyOnAPhone(house, somebody) {
  const { page } = somebody;
  const { no, address } = await ownThread(house, somebody);
  await page.goto(address);
  await page.locator(`#p${no} a.no`).focus();
  await page.keyboard.press("Enter");
  await page.locator(".floating").waitFor();
  await fits(page);
  await accessible(page);
  await picture(page, "script-quick-reply-390");
}

async function draft(house, somebody) {
  const { page } = somebody;
  const { origin, address } = await ownThread(house, somebody);
  const field = page.locator("#reply [name=body]");
  await field.fill("An hour of work.");
  await page.goto(origin);
  await page.goto(address);
  assert.equal(await field.inputValue(), "An hour of work.");
  assert.match(await page.locator("#status").innerText(), /unsent text is back/);
  // Nor does the page that opens with a reference write over it.
  const [quote] = await page.locator(".thread .post").first().getAttribute("id").then((id) => id.match(/\d+/));
  await page.goto(`${address.split("#")[0]}?quote=${quote}#reply`);
  assert.equal(await field.inputValue(), `An hour of work.\n>>${quote}\n`);
  // Another thread has its own.
  const { board } = await find(origin);
  await page.goto(`${origin}/b/${board}/new`);
  assert.equal(await page.locator("main [name=body]").inputValue(), "");
  await page.goto(address);
  const count = await page.locator(".thread .post").count();
  await people.press(page, "Post reply");
  await page.locator(".thread .post").nth(count).waitFor();
  assert.equal(await field.inputValue(), "");
  await page.goto(address);
  assert.equal(await field.inputValue(), "", "what was posted does not come back");
}

/** The gallery has a list of seven pages. */
const LIST = "/dev/components/feed";
const CARDS = 12;

async function feed(house, { page }) {
  const [origin] = house.origins;
  const asked = [];
  page.on("request", (request) => { if (request.url().includes(`${LIST}?`)) asked.push(request.url()); });
  await page.goto(origin + LIST);
  const list = page.locator("main ol.catalog");
  const upTo = (pages) => list.locator("> li").nth(pages * CARDS - 1).waitFor({ state: "attached" });
  const button = page.getByRole("button", { name: "Load older" });
  assert.deepEqual(asked, [], "nothing runs away before somebody reads on");
  await page.mouse.wheel(0, 100);
  for (let pages = 2; pages <= 6; pages += 1) {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await upTo(pages);
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await button.waitFor();
  assert.equal(asked.length, 5, "after five pages it asks");
  assert.equal(await list.getAttribute("aria-busy"), null);
  await page.route(`**${LIST}?*`, (route) => route.abort("failed"));
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await page.unroute(`**${LIST}?*`);
  await page.keyboard.press("Enter");
  await upTo(7);
  assert.equal(await page.locator("main .pager button").count(), 0, "that was the last page");
  const focused = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.equal(focused, `/b/photo/${6 * CARDS + 1}`, "the focus goes on");
}

async function feedOff(house, { page }) {
  const [origin] = house.origins;
  await page.addInitScript(() => {
    document.addEventListener("readystatechange", () => { document.body.dataset.feed = "off"; });
  });
  await page.goto(origin + LIST);
  await page.getByRole("link", { name: "Older" }).click();
  await page.waitForURL(/after=1$/);
  assert.equal(await page.locator("main ol.catalog > li").count(), CARDS);
}

async function keys(house, somebody) {
  const { page } = somebody;
  const { origin, board, no, answer } = await ownThread(house, somebody);
  const focused = () => page.evaluate(() => document.activeElement.closest(".post, .tile")?.id);
  await page.goto(`${origin}/b/${board}/${no}`);
  await page.keyboard.press("j");
  assert.equal(await focused(), `p${no}`);
  await page.keyboard.press("j");
  assert.equal(await focused(), `p${answer}`);
  await page.keyboard.press("k");
  assert.equal(await focused(), `p${no}`);
  const voted = page.waitForResponse(/\/vote$/);
  await page.keyboard.press("l");
  assert.equal(await page.locator(`#p${no} .like`).getAttribute("aria-pressed"), "true");
  await voted;
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await accessible(page);
  await picture(page, "script-keys");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.keyboard.press("q");
  assert.equal(await page.locator("#reply [name=body]").inputValue(), `>>${no}\n`);
  await page.locator("#reply [name=body]").fill("");
  await page.locator("#main").focus();
  await page.keyboard.press("c");
  await page.waitForURL(`${origin}/b/${board}/catalog`);
  await page.keyboard.press("i");
  await page.waitForURL(`${origin}/b/${board}`);
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.waitForURL(`${origin}/`);
  await page.keyboard.press("j");
  await page.keyboard.press("o");
  await page.waitForURL(/\/(p|b\/[^/]+)\/\d+/);
}

async function keysOff(house, { page }) {
  const [origin] = house.origins;
  const { board, no } = await find(origin);
  await page.goto(`${origin}/b/${board}/${no}`);
  await page.evaluate(() => { document.body.dataset.keys = "off"; });
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "body");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.goto(`${origin}/login`);
  await page.locator("main [name=name]").focus();
  await page.keyboard.type("gb?jc");
  assert.equal(await page.locator("main [name=name]").inputValue(), "gb?jc");
  assert.equal(page.url(), `${origin}/login`);
}
