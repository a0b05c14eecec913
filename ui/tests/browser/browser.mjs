// One Chromium for all tests, and pages that fail the test when the browser complains: a violated content policy, an error of a
// script, a missing file. Debian's own Chromium is used; CHROMIUM names another one.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A theme somebody chose: the four colours the whole page is mixed from. */
const HARBOUR = { primary: "#0d1c37", secondary: "#122a53", tertiary: "#73a5f8", accent: "#acc4ee" };

/**
 * What a page is looked at in, and how wide: both schemes, a theme of one's own, and the system's own few colours. A picture is
 * kept of the width in `kept`.
 */
export const LOOKS = [
  { name: "light", media: { colorScheme: "light" }, widths: [320, 1280], kept: 1280 },
  { name: "dark", media: { colorScheme: "dark" }, widths: [320, 1280], kept: 320 },
  { name: "harbour", media: { colorScheme: "dark" }, theme: HARBOUR, widths: [390] },
  { name: "forced", media: { colorScheme: "dark", forcedColors: "active" }, widths: [390] },
];

/** Pages without JavaScript: nothing that waits can be run in them. */
export const PLAIN = new WeakSet();

/** Shows the open page in one look and width. */
export async function look(page, { media, theme = {} }, width) {
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce", ...media });
  await page.setViewportSize({ width, height: width < 640 ? 720 : 900 });
  await page.evaluate((colours) => {
    const { style } = document.documentElement;
    for (const name of ["primary", "secondary", "tertiary", "accent"]) {
      if (colours[name]) style.setProperty(`--${name}`, colours[name]);
      else style.removeProperty(`--${name}`);
    }
  }, theme);
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
  });
}

/**
 * One person with a browser of their own: cookies, scheme, width, with or without JavaScript.
 * `person.page` is their tab; `person.leave()` fails if the browser complained meanwhile.
 */
export async function person(browser, { scripts = true, scheme = "light", width = 1280 } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    reducedMotion: "reduce",
    viewport: { width, height: width < 640 ? 720 : 900 },
    locale: "en-GB",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  if (!scripts) PLAIN.add(page);
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // Leaving a page cancels what it was still loading.
    if (!reason.includes("ERR_ABORTED")) complaints.push(`request: ${request.url()} ${reason}`);
  });
  return {
    page,
    context,
    complaints,
    /** Forgets complaints that the journey provoked, such as the 422 of a form sent empty. */
    forgive(pattern) {
      for (let at = complaints.length - 1; at >= 0; at -= 1) {
        if (pattern.test(complaints[at])) complaints.splice(at, 1);
      }
    },
    async leave() {
      await context.close();
      assert.deepEqual(complaints, [], "the browser complained");
    },
  };
}
