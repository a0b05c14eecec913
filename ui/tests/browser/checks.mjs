// What every page must pass: axe without a violation, no sideways scrolling, valid HTML; and a picture of it to look at.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { PLAIN } from "./browser.mjs";
import { root } from "./nodes.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENSHOTS = join(root, "target/screenshots");

const html = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // How the source is laid out is the template's business; what it means is checked.
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "doctype-style": "off",
    "attribute-boolean-style": "off",
    "attr-quotes": "off",
    "attr-case": "error",
    // Subjects and board titles are typed by people.
    "long-title": "off",
    // Everything comes from this server.
    "require-sri": "off",
    // A button in a form submits it and an input takes text, unless they say otherwise; the two buttons of a vote share a name.
    "no-implicit-button-type": "off",
    "no-implicit-input-type": "off",
    "form-dup-name": "off",
    // Safari does not call a list without markers a list unless it is told.
    "no-redundant-role": "off",
    "prefer-native-element": ["error", { exclude: ["list"] }],
    // Ids of posts begin with a digit, which HTML allows.
    "valid-id": ["error", { relaxed: true }],
    "no-inline-style": "error",
  },
});

/** Runs axe on the page as it stands; there must be no violation. Without JavaScript axe cannot run, and the page is the same. */
export async function accessible(page, how = "") {
  if (PLAIN.has(page)) return;
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async (tags) => {
    const result = await window.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return result.violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }, AXE_RULES);
  assert.deepEqual(found, [], `axe on ${page.url()} ${how}`);
}

/** The page must not scroll sideways; the message names what sticks out. */
export async function fits(page, how = "") {
  const sticking = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > width + 1,
    );
    const name = (element) =>
      `${element.localName}.${[...element.classList].join(".")} to ${Math.round(element.getBoundingClientRect().right)}`;
    return [`${document.documentElement.scrollWidth} > ${width}`, ...out.slice(-8).map(name)];
  });
  assert.deepEqual(sticking, [], `${page.url()} scrolls sideways ${how}`);
}

/** The HTML as the server sent it. */
export async function valid(source, address) {
  const report = await html.validateString(source, address);
  const faults = report.results.flatMap((result) =>
    result.messages.map((fault) => `${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message} (${fault.selector})`),
  );
  assert.deepEqual(faults, [], `html of ${address}`);
}

/** Leaves a picture of the whole page in target/screenshots. */
export async function picture(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  // Pictures further down wait until somebody scrolls to them.
  if (!PLAIN.has(page)) {
    await page.evaluate(() => {
      for (const img of document.querySelectorAll("img[loading=lazy]")) img.loading = "eager";
      const shown = [...document.images].filter((img) => img.offsetParent !== null);
      return Promise.allSettled(shown.map((img) => img.decode()));
    });
  }
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
