// What people come for, from the first page to the last button; each journey with JavaScript and without.

import assert from "node:assert/strict";
import { test } from "node:test";
import { person } from "./browser.mjs";
import { accessible, fits, picture } from "./checks.mjs";
import { find, items, json } from "./pages.mjs";
import * as people from "./people.mjs";
import { png } from "./pictures.mjs";

const AMBER = [240, 169, 91];
const NIGHT = [21, 22, 24];
const MOSS = [74, 100, 9];

export function journeys(house) {
  for (const scripts of [true, false]) {
    const how = scripts ? "with JavaScript" : "without JavaScript";
    journey(`read from the home page to a thread, ${how}`, house, scripts, read);
    journey(`sign up, log out and log in again, ${how}`, house, scripts, comeAndGo);
    journey(`start a thread with two pictures, answer it, vote, ${how}`, house, scripts, post);
    journey(`a form that is refused keeps what was typed, ${how}`, house, scripts, refused);
    journey(`follow a board of another server, ${how}`, house, scripts, follow);
    journey(`choose a theme, ${how}`, house, scripts, theme);
    journey(`watch a thread and see what is new, ${how}`, house, scripts, watch);
  }
  journey("the keyboard reaches the content first", house, true, keyboard);
  journey("a theme is seen while it is chosen and gone when it is not kept", house, true, preview);
  journey("a thread is read while one reads it", house, true, readOn);
}

function journey(name, house, scripts, walk) {
  test(name, async () => {
    const somebody = await person(house.browser, { scripts });
    somebody.name = `p${scripts ? "js" : "plain"}${Math.random().toString(36).slice(2, 10)}`;
    await walk(house, somebody);
    await somebody.leave();
  });
}

async function read(house, { page }) {
  const [origin] = house.origins;
  const found = await find(origin);
  await page.goto(origin);
  assert.ok((await page.locator("li.tile").count()) > 0, "the home page shows no pictures");
  await people.assertSeen(page.locator("li.tile img"));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Boards" }).click();
  await page.waitForURL(`${origin}/b`);
  await page.locator(`li.board a[href="/b/${found.board}"]`).first().click();
  await page.waitForURL(`${origin}/b/${found.board}`);
  assert.ok((await page.locator("section.summary").count()) > 0, "the board shows no threads");
  await page.locator(`section.summary a[href="/b/${found.board}/${found.no}"]`).first().click();
  await page.waitForURL(new RegExp(`/b/${found.board}/${found.no}(#.*)?$`));
  const thread = await json(origin, `/threads/${found.thread}`);
  assert.equal(await page.locator("article.post").count(), thread.posts.length);
  await people.assertSeen(page.locator("article.post img"));
  await page.locator("article.post a:has(img)").first().click();
  await page.waitForURL(/\/p\/\d+/);
  await people.assertSeen(page.locator("figure.focus img"));
}

async function comeAndGo(house, somebody) {
  const [origin] = house.origins;
  const { page, name } = somebody;
  await people.signUp(page, origin, name);
  await people.logOut(page);
  await page.getByRole("link", { name: "Log in" }).first().waitFor();
  await people.logIn(page, origin, name, "not the password");
  await page.locator("[role=alert]").first().waitFor();
  assert.equal(await page.locator("main input[name=name]").inputValue(), name, "the typed name is kept");
  somebody.forgive(/Failed to load resource.*4\d\d/);
  await people.logIn(page, origin, name);
  await people.assertSignedIn(page, name);
}

async function post(house, { page, name }) {
  const [origin] = house.origins;
  const { board } = await find(origin);
  await people.signUp(page, origin, name);

  await page.goto(`${origin}/b/${board}/new`);
  const form = page.locator("main form").filter({ has: page.locator("[name=subject]") });
  await form.locator("[name=subject]").fill(`Bands by ${name}`);
  await form.locator("[name=body]").fill("Two pictures.\n>painted here\n\n||and a secret||");
  await people.attach(page, form, [
    { file: png("amber.png", AMBER, NIGHT), alt: "Amber bands on black" },
    { file: png("moss.png", MOSS, AMBER), alt: "Moss bands on amber" },
  ]);
  await people.press(page, "Start thread");
  await page.waitForURL(new RegExp(`/b/${board}/\\d+`));
  const opening = page.locator("article.post").first();
  assert.match(await opening.innerText(), /Two pictures\./);
  await opening.getByAltText("Amber bands on black").waitFor();
  await opening.getByAltText("Moss bands on amber").waitFor();
  await people.assertSeen(opening.locator("img"));
  const no = (await opening.getAttribute("id")).replace(/^p/, "");

  await page.locator("form#reply [name=body]").fill(`>>${no}\nAnswered.`);
  await people.press(page, "Post reply");
  await page.waitForURL(/#p/);
  const reply = page.locator("article.post").nth(1);
  assert.match(await reply.innerText(), /Answered\./);
  await reply.locator(`a.ref[href$="#p${no}"]`).first().waitFor();
  const answer = (await reply.getAttribute("id")).replace(/^p/, "");
  await opening.locator(`.backlinks a.ref[href$="#p${answer}"]`).waitFor();

  await vote(page, opening, true);
  await vote(page, opening, false);
}

/** Presses Like; the page shows it, and so does the server when the page is loaded again. */
async function vote(page, opening, liked) {
  const like = opening.locator("form.vote button.like");
  const answered = page.waitForResponse((answer) => /\/vote$/.test(new URL(answer.url()).pathname));
  await like.click();
  await opening.locator(`form.vote button.like[aria-pressed=${liked}]`).waitFor();
  assert.ok((await answered).status() < 400, "the vote was refused");
  await page.reload();
  assert.equal(await like.getAttribute("aria-pressed"), String(liked), "the vote after loading again");
}

async function refused(house, somebody) {
  const [origin] = house.origins;
  const { board } = await find(origin);
  const { page, name } = somebody;
  await people.signUp(page, origin, name);
  await page.goto(`${origin}/b/${board}/new`);
  const form = page.locator("main form").filter({ has: page.locator("[name=subject]") });
  const subject = "far too long ".repeat(60);
  await form.locator("[name=subject]").evaluate((field) => field.removeAttribute("maxlength"));
  await form.locator("[name=subject]").fill(subject);
  await form.locator("[name=body]").fill("This text took an hour.");
  await people.attach(page, form, [{ file: png("amber.png", AMBER, NIGHT), alt: "Amber bands" }]);
  await people.press(page, "Start thread");
  await page.locator("[role=alert]").first().waitFor();
  assert.equal(await page.locator("main [name=body]").inputValue(), "This text took an hour.");
  assert.equal(await page.locator("main [name=alt1]").inputValue(), "Amber bands");
  assert.equal(await page.locator("main [name=subject]").getAttribute("aria-invalid"), "true");
  await fits(page);
  somebody.forgive(/Failed to load resource.*4\d\d/);

  // The picture is still there: only the subject has to be mended.
  await page.locator("main [name=subject]").fill("Shorter");
  await people.press(page, "Start thread");
  await page.waitForURL(new RegExp(`/b/${board}/\\d+`));
  await page.getByAltText("Amber bands").first().waitFor();
}

async function follow(house, { page, name }) {
  const [origin, , third] = house.origins;
  const [board] = await items(third, "/boards?scope=local");
  const handle = `${board.name}@${new URL(third).host}`;
  await people.signUp(page, origin, name);
  await page.goto(`${origin}/b`);
  await page.getByLabel("Follow a board or person").fill(handle);
  await people.press(page, "Follow");
  await page.waitForURL(`${origin}/b/${handle}`);
  await page.locator("main").getByText(/Unfollow|Follow requested/).first().waitFor();
}

const HARBOUR = "rgb(13, 28, 55)";
const pageColour = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function theme(house, somebody) {
  const [origin] = house.origins;
  const { page, name } = somebody;
  // Without an account first: a cookie keeps it.
  await page.goto(`${origin}/settings/appearance`);
  await page.locator("input[name=light][value=harbour]").check();
  await page.getByLabel("Size of text").selectOption("20");
  await people.press(page, "Save");
  await page.waitForURL(/saved=1/);
  await page.goto(`${origin}/b`);
  assert.equal(await pageColour(page), HARBOUR);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "20px");
  await accessible(page);
  await fits(page);

  // With one it is the account's: chosen anew, and gone with it.
  await people.signUp(page, origin, name);
  assert.notEqual(await pageColour(page), HARBOUR);
  await page.goto(`${origin}/settings/appearance`);
  await page.locator("input[name=light][value=own]").check();
  for (const [number, colour] of ["#0d1c37", "#122a53", "#3a5f98", "#5c749e"].entries()) {
    await page.locator(`#light${number + 1}`).fill(colour);
  }
  await page.locator("button[value=save]").click();
  await page.locator("#fault-light").waitFor();
  somebody.forgive(/Failed to load resource.*422/);
  assert.equal(await page.locator("#light4").inputValue(), "#5c749e", "what was chosen is kept");
  await page.getByRole("button", { name: "Fix the contrast and save" }).click();
  await page.waitForURL(/saved=1/);
  assert.equal(await pageColour(page), HARBOUR, "the page keeps its colour");
  await accessible(page);
  await picture(page, `theme-mended-${name}`);
}

async function watch(house, { page, name }) {
  const [origin] = house.origins;
  const { board } = await find(origin);
  await people.signUp(page, origin, name);
  await page.goto(`${origin}/b/${board}/new`);
  await page.locator("main [name=subject]").fill(`Watched by ${name}`);
  await page.locator("main [name=body]").fill("Anything new?");
  await people.press(page, "Start thread");
  await page.waitForURL(new RegExp(`/b/${board}/\\d+`));
  await page.goto(`${origin}/watching`);
  const line = page.locator(".rows li").filter({ hasText: `Watched by ${name}` });
  await line.waitFor();
  await accessible(page);
  await line.getByRole("button", { name: /Stop watching/ }).click();
  await page.getByRole("heading", { name: "You are watching nothing" }).waitFor();
}

async function preview(house, { page }) {
  const [origin] = house.origins;
  await page.goto(`${origin}/settings/appearance`);
  const before = await pageColour(page);
  await page.locator("input[name=light][value=harbour]").check();
  await page.waitForFunction((colour) => getComputedStyle(document.body).backgroundColor === colour, HARBOUR);
  assert.equal(await page.locator("#light1").inputValue(), "#0d1c37");
  await page.locator("#light4").fill("#5c749e");
  assert.equal(await page.locator("input[name=light][value=own]").isChecked(), true);
  assert.ok((await page.locator("[data-side=light] tr.weak").count()) > 0, "what is weak is said");
  assert.equal(await page.locator("#mend").isVisible(), true);
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.waitForLoadState();
  assert.equal(await pageColour(page), before);
}

async function readOn(house, { page, name }) {
  const [origin] = house.origins;
  const { board, no, thread } = await find(origin);
  await people.signUp(page, origin, name);
  await page.goto(`${origin}/b/${board}/${no}`);
  const told = page.waitForResponse((answer) => /\/read$/.test(new URL(answer.url()).pathname));
  await page.getByRole("button", { name: "Watch this thread" }).click();
  await page.getByRole("button", { name: "Stop watching this thread" }).waitFor();
  await page.locator("ol.thread > li").last().scrollIntoViewIfNeeded();
  assert.equal((await told).status(), 204, `the thread ${thread} is read`);
}

async function keyboard(house, { page }) {
  const [origin] = house.origins;
  const { board, no } = await find(origin);
  await page.goto(`${origin}/b/${board}/${no}`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#main");
  await accessible(page);
  await picture(page, "thread-skipped");
}
