// A community's day, with JavaScript and without: a new board, two pictures, an answer, an edit, a report, a removal that
// everybody can read about, and the same on another server. Four people, each with a browser of their own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { person } from "./browser.mjs";
import * as people from "./people.mjs";
import { png } from "./pictures.mjs";

/** The first account of the first node of the demonstration, and everybody's password there. */
const ADMIN = "anna";
const ADMIN_PASSWORD = "three-nodes-in-a-row";

export function community(house) {
  for (const scripts of [true, false]) {
    const how = scripts ? "with JavaScript" : "without JavaScript";
    test(`from a new board to a removal that another server follows, ${how}`, () => day(house, scripts));
  }
}

async function day(house, scripts) {
  const [origin, far] = house.origins;
  const suffix = Math.random().toString(36).slice(2, 8);
  const cast = {};
  for (const name of ["owner", "author", "reader", "afar"]) {
    cast[name] = await person(house.browser, { scripts });
    cast[name].name = `${name}_${suffix}`;
  }
  const { owner, author, reader, afar } = cast;
  for (const member of [author, reader]) await people.signUp(member.page, origin, member.name);
  await people.signUp(afar.page, far, afar.name);

  const board = `day_${suffix}`;
  await people.logIn(owner.page, origin, ADMIN, ADMIN_PASSWORD);
  await people.createBoard(owner.page, origin, board);
  const handle = `${board}@${new URL(origin).host}`;
  await people.followBoard(afar.page, far, handle);

  const no = await start(author.page, origin, board);
  const answer = await quote(reader.page, origin, board, no);
  await edit(reader.page, answer);
  const copy = await people.eventually(afar.page, `${far}/b/${handle}/${no}`, `#p${answer}`, /said better/);
  await copy.getByText(`>>${no}`).first().waitFor();
  assert.equal(await afar.page.locator(`#p${no} .pictures figure`).count(), 2);

  await report(author.page, answer);
  await hear(owner.page, origin);
  await remove(owner.page, origin, board, no, answer);
  const log = author.page;
  await log.goto(`${origin}/b/${board}/log`);
  await log.locator(".log").getByText("advertising").first().waitFor();
  await log.goto(`${origin}/b/${board}/${no}`);
  await log.locator(`#p${answer}.gone`).getByText("Removed by a moderator: advertising").waitFor();
  await people.eventually(afar.page, `${far}/b/${handle}/${no}`, `#p${answer}.gone`, /Removed by a moderator/);
  assert.doesNotMatch(await afar.page.locator("main").innerText(), /said better/);
  for (const one of Object.values(cast)) await one.leave();
}

async function start(page, origin, board) {
  await page.goto(`${origin}/b/${board}/new`);
  const form = page.locator("form.compose");
  await form.locator("[name=subject]").fill("Two bands");
  await form.locator("[name=body]").fill("Amber first, then moss.");
  await people.attach(page, form, [
    { file: png("amber.png", [240, 169, 91], [21, 22, 24]), alt: "Amber bands on black" },
    { file: png("moss.png", [74, 100, 9], [240, 169, 91]), alt: "Moss bands on amber" },
  ]);
  await people.press(page, "Start thread");
  await page.waitForURL(new RegExp(`/b/${board}/\\d+(#.*)?$`));
  for (const alt of ["Amber bands on black", "Moss bands on amber"]) await page.getByAltText(alt).first().waitFor();
  return Number(new URL(page.url()).pathname.split("/").pop());
}

/** Answers with a reference and a quoted line; the answer's number. */
async function quote(page, origin, board, no) {
  await page.goto(`${origin}/b/${board}/${no}`);
  await page.locator(`#p${no} a.reply`).click();
  const field = page.locator("#reply [name=body]");
  assert.equal(await field.inputValue(), `>>${no}\n`);
  await field.fill(`>>${no}\n>Amber first\nBuy my bands.`);
  await people.press(page, "Post reply");
  const answer = page.locator(".thread .post").nth(1);
  await answer.locator(".quote").filter({ hasText: "Amber first" }).waitFor();
  return Number((await answer.getAttribute("id")).replace("p", ""));
}

async function edit(page, answer) {
  await page.locator(`#p${answer}`).getByRole("link", { name: /^Edit/ }).click();
  const field = page.locator("main [name=body]");
  await field.fill(`${await field.inputValue()}\nThat was said better now.`);
  await people.press(page, "Save");
  await page.locator(`#p${answer}`).getByRole("link", { name: "Edited" }).waitFor();
}

async function report(page, answer) {
  await page.reload();
  await page.locator(`#p${answer}`).getByRole("link", { name: /^Report/ }).click();
  await page.locator("main [name=reason]").fill("It is advertising.");
  await people.press(page, "Send report");
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
}

/** The moderator sees the report and what it is about. */
async function hear(page, origin) {
  await page.goto(`${origin}/mod/reports`);
  await page.locator(".log li").filter({ hasText: "It is advertising." }).getByRole("link", { name: /Look at it/ }).first().click();
  await page.locator("main .post").filter({ hasText: "Buy my bands." }).waitFor();
}

async function remove(page, origin, board, no, answer) {
  await page.goto(`${origin}/b/${board}/${no}`);
  await page.locator(`#p${answer}`).getByRole("link", { name: /^Remove/ }).click();
  await page.locator("main [name=reason]").fill("advertising");
  await people.press(page, "Remove post");
  await page.locator(`#p${answer}.gone`).waitFor();
}
