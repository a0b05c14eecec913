// What people do on pages, by the buttons and fields they see. One place to change when a form changes.

import assert from "node:assert/strict";

export const PASSWORD = "correct horse battery staple";

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
