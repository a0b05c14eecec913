// What people do on pages, by the buttons and fields they see. One place to change when a form changes.

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

export const PASSWORD = "correct horse battery staple";
/** How long another node may take until it shows something. */
const PATIENCE = 60_000;

/** Makes an account, which also signs it in. */
export async function signUp(page, origin, name) {
  await page.goto(`${origin}/signup`);
  await page.locator("main input[name=name]").fill(name);
  await page.locator("main input[name=password]").fill(PASSWORD);
  await press(page, "Sign up");
  await assertSignedIn(page, name);
}

/** Signs in as the admin of the first node of the demonstration. */
export async function logInAsAdmin(page, origin) {
  await logIn(page, origin, "anna", "three-nodes-in-a-row");
  await assertSignedIn(page, "anna");
}

export async function logIn(page, origin, name, password = PASSWORD) {
  await page.goto(`${origin}/login`);
  await page.locator("main input[name=name]").fill(name);
  await page.locator("main input[name=password]").fill(password);
  await press(page, "Log in");
}

export async function logOut(page) {
  await page.locator("button[popovertarget=account]").click();
  await page.locator("#account").getByRole("button", { name: "Log out" }).click();
  await page.waitForLoadState();
}

export async function assertSignedIn(page, name) {
  const button = page.locator("button[popovertarget=account]");
  await button.waitFor();
  assert.match(await button.innerText(), new RegExp(name, "i"));
}

/** Presses a button of the page's main part and waits for what follows. */
export async function press(page, name) {
  await page.locator("main").getByRole("button", { name, exact: true }).first().click();
  await page.waitForLoadState();
}

/** Fills the second picture slot too, which is folded away. */
export async function attach(page, form, pictures) {
  for (const [at, { file, alt }] of pictures.entries()) {
    const field = form.locator(`input[name=file${at + 1}]`);
    if (!(await field.isVisible())) await form.locator("details.more-pictures > summary").click();
    await field.setInputFiles(file);
    await form.locator(`[name=alt${at + 1}]`).fill(alt);
  }
}

/** Every picture of the place has arrived and has pixels; those behind a content warning wait until it is opened. */
export async function assertSeen(pictures) {
  const shown = [];
  for (const picture of await pictures.all()) {
    if (await picture.isVisible()) shown.push(picture);
  }
  assert.ok(shown.length > 0, "no picture is shown");
  for (const picture of shown) {
    await picture.scrollIntoViewIfNeeded();
    await picture.evaluate((img) => img.decode());
    const width = await picture.evaluate((img) => img.naturalWidth);
    assert.ok(width > 0, `${await picture.getAttribute("src")} has no pixels`);
  }
}

/** Makes a board of this node; admins may. */
export async function createBoard(page, origin, board, title = "A day") {
  await page.goto(`${origin}/b`);
  await page.locator("details > summary").filter({ hasText: "Create a board" }).click();
  const form = page.locator("main form[action='/b']");
  await form.locator("[name=name]").fill(board);
  await form.locator("[name=title]").fill(title);
  await press(page, "Create board");
  await page.waitForURL(`${origin}/b/${board}`);
}

/** Starts a thread, also on a board of another node; the address of its page. */
export async function startThread(page, origin, board, { subject, body, pictures = [] }) {
  await page.goto(`${origin}/b/${board}/new`);
  const form = page.locator("form.compose");
  await form.locator("[name=subject]").fill(subject);
  await form.locator("[name=body]").fill(body);
  await attach(page, form, pictures);
  await press(page, "Start thread");
  await page.locator("main h1").filter({ hasText: subject }).waitFor();
  return page.url();
}

/** Answers in a thread, with the form below it. */
export async function reply(page, thread, words) {
  await page.goto(thread);
  await page.locator("#reply [name=body]").fill(words);
  await press(page, "Post reply");
  await page.locator(".thread .post").filter({ hasText: words.split("\n").pop() }).waitFor();
}

/** Makes the first account of a node, its admin, by the link that its start prints. */
export async function firstAdmin(page, link, name) {
  await page.goto(link);
  await page.locator("main input[name=name]").fill(name);
  await page.locator("main input[name=password]").fill(PASSWORD);
  await press(page, "Make the admin account");
  await assertSignedIn(page, name);
}

/** Follows a board of another node and waits until that has accepted. */
export async function followBoard(page, origin, handle) {
  await page.goto(`${origin}/b`);
  await page.getByLabel("Follow a board or person").fill(handle);
  await press(page, "Follow");
  await page.waitForURL(`${origin}/b/${handle}`);
  await eventually(page, `${origin}/b/${handle}`, "main .head button", /Unfollow/);
  await eventually(page, `${origin}/b/${handle}`, "main .head .acts", /^(?!.*requested)/s);
}

/** Loads a page again until a part of it says so: what another server sends arrives when it arrives. */
export async function eventually(page, address, selector, words) {
  const part = page.locator(selector).filter({ hasText: words });
  for (const end = Date.now() + PATIENCE; ; await pause(250)) {
    const answer = await page.goto(address);
    if (answer.ok() && (await part.count())) return part.first();
    assert.ok(Date.now() < end, `${address} does not say ${words} in ${selector}:\n${await page.locator("main").innerText()}`);
  }
}
