// When the server fails, is slow or is not there: votes return to what it last confirmed, and a form keeps all it holds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { person } from "./browser.mjs";
import { accessible } from "./checks.mjs";
import { find } from "./pages.mjs";
import * as people from "./people.mjs";
import { png } from "./pictures.mjs";

const VOTES = "**/p/*/vote";

export function faults(house) {
  for (const [name, refuse, said] of [
    ["answers 500", (route) => route.fulfill({ status: 500, body: "<p>broken</p>" }), /not saved/],
    ["is not there", (route) => route.abort("failed"), /No connection/],
    ["does not answer", () => {}, /did not answer/],
  ]) {
    walk(`a vote is taken back when the server ${name}`, house, (_, somebody) => votes(house, somebody, refuse, said));
  }
  walk("votes in a hurry: one at a time, and the last one counts", house, hurry);
  walk("a vote is not lost when the page is left at once", house, leave);
  for (const [name, refuse, said] of [
    ["answers 500", (route) => route.fulfill({ status: 500, body: "<p>broken</p>" }), /\(500\)/],
    ["finds it too large", (route) => route.fulfill({ status: 413, body: "" }), /too large/],
    ["is not there", (route) => route.abort("failed"), /No connection/],
    ["does not answer", () => {}, /did not answer/],
  ]) {
    walk(`an upload keeps everything when the server ${name}`, house, (_, somebody) => upload(house, somebody, refuse, said));
  }
  walk("an upload says how far it is, and a picture without words is asked about", house, progress);
  walk("pictures are dropped and pasted into the form", house, drop);
}

function walk(name, house, steps) {
  test(name, async () => {
    const somebody = await person(house.browser);
    somebody.name = `f${Math.random().toString(36).slice(2, 10)}`;
    await steps(house, somebody);
    somebody.forgive(/ERR_FAILED|Failed to load resource.*(413|422|500)/);
    await somebody.leave();
  });
}

async function thread(house, { page, name }) {
  const [origin] = house.origins;
  const { board, no } = await find(origin);
  await people.signUp(page, origin, name);
  await page.goto(`${origin}/b/${board}/${no}`);
  return page.locator(".thread .post").first().locator("button.like");
}

async function votes(house, somebody, refuse, said) {
  const { page } = somebody;
  const like = await thread(house, somebody);
  const before = await like.innerText();
  await page.clock.install();
  await page.route(VOTES, refuse);
  await like.click();
  assert.equal(await like.getAttribute("aria-pressed"), "true", "it shows at once");
  await page.clock.runFor(400);
  if (/answer$/.test(said.source)) await page.clock.runFor(20_000);
  await page.locator("#status").filter({ hasText: said }).waitFor();
  assert.equal(await like.getAttribute("aria-pressed"), "false", "it is taken back");
  assert.equal(await like.innerText(), before, "and so is its count");
}

async function hurry(house, somebody) {
  const { page } = somebody;
  const like = await thread(house, somebody);
  const dislike = page.locator(".thread .post").first().locator("button.dislike");
  const sent = [];
  let release;
  const held = new Promise((done) => { release = done; });
  await page.route(VOTES, async (route) => {
    sent.push(new URLSearchParams(route.request().postData()).get("value"));
    if (sent.length === 1) await held;
    await route.continue();
  });
  const arrived = page.waitForRequest(VOTES);
  // Three presses within the pause are one wish.
  await like.click();
  await like.click();
  await like.click();
  await arrived;
  await dislike.click();
  const second = page.waitForResponse(VOTES);
  release();
  await second;
  await page.waitForResponse(VOTES);
  assert.deepEqual(sent, ["1", "-1"]);
  await page.reload();
  assert.equal(await dislike.getAttribute("aria-pressed"), "true");
  assert.equal(await like.getAttribute("aria-pressed"), "false");
}

async function leave(house, somebody) {
  const { page } = somebody;
  const like = await thread(house, somebody);
  const address = page.url();
  await like.click();
  await page.goto(new URL("/about", address).href);
  // What is sent while a page is left belongs to no page any more: only the server can say that it came.
  for (let tries = 0; tries < 10; tries += 1) {
    await page.goto(address);
    if ((await like.getAttribute("aria-pressed")) === "true") return;
  }
  assert.fail("the vote did not arrive");
}

async function writing(house, { page, name }) {
  const [origin] = house.origins;
  const { board } = await find(origin);
  await people.signUp(page, origin, name);
  await page.goto(`${origin}/b/${board}/new`);
  const form = page.locator("form.compose");
  await form.locator("[name=subject]").fill(`Upload of ${name}`);
  await form.locator("[name=body]").fill("An hour of work.");
  await people.attach(page, form, [{ file: png("a.png", [200, 90, 20], [20, 20, 20]), alt: "Bands" }]);
  return { form, board };
}

async function upload(house, somebody, refuse, said) {
  const { page } = somebody;
  const { form, board } = await writing(house, somebody);
  await page.clock.install();
  await page.route("**/b/*/new", (route) => (route.request().method() === "POST" ? refuse(route) : route.continue()));
  await people.press(page, "Start thread");
  if (/answer$/.test(said.source)) {
    await form.and(page.locator("[aria-busy]")).waitFor();
    await page.clock.runFor(61_000);
  }
  await form.getByRole("alert").filter({ hasText: said }).waitFor();
  assert.equal(await form.locator("[name=body]").inputValue(), "An hour of work.");
  assert.equal(await form.locator("[name=file1]").evaluate((input) => input.files.length), 1);
  assert.equal(await form.locator("button[type=submit]").innerText(), "Start thread");
  await accessible(page);
  await page.unroute("**/b/*/new");
  await people.press(page, "Start thread");
  await page.waitForURL(new RegExp(`/b/${board}/\\d+(#.*)?$`));
  await page.getByAltText("Bands").first().waitFor();
}

async function progress(house, somebody) {
  const { page } = somebody;
  const { form, board } = await writing(house, somebody);
  await form.locator("[name=alt1]").fill("");
  await people.press(page, "Start thread");
  await form.getByRole("alert").filter({ hasText: /no description/ }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "alt1");
  let release;
  const held = new Promise((done) => { release = done; });
  await page.route("**/b/*/new", async (route) => {
    await held;
    await route.continue();
  });
  await people.press(page, "Start thread");
  await form.getByRole("button", { name: /Sending|Working/ }).waitFor();
  release();
  await page.waitForURL(new RegExp(`/b/${board}/\\d+(#.*)?$`));
}

async function drop(house, somebody) {
  const { page } = somebody;
  const { form } = await writing(house, somebody);
  const bytes = [...png("b.png", [20, 90, 200], [20, 20, 20], 64, 48).buffer];
  for (const kind of ["drop", "paste"]) {
    await form.evaluate((element, { kind, bytes }) => {
      const box = new DataTransfer();
      box.items.add(new File([new Uint8Array(bytes)], "b.png", { type: "image/png" }));
      const how = { bubbles: true, cancelable: true };
      const event = kind === "drop" ? new DragEvent(kind, { ...how, dataTransfer: box }) : new ClipboardEvent(kind, { ...how, clipboardData: box });
      element.querySelector("textarea").dispatchEvent(event);
    }, { kind, bytes });
  }
  for (const name of ["file1", "file2", "file3"]) {
    assert.equal(await form.locator(`[name=${name}]`).evaluate((input) => input.files.length), 1, name);
  }
  await form.locator(".slot img.waiting-picture").nth(2).waitFor();
}
