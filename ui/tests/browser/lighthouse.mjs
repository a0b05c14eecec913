// Lighthouse on four pages, as on a desktop and as on a phone, five times each; prints the medians as a table for
// docs/PERFORMANCE.md: `npm run lighthouse`. The scores move with what else the machine does: let it do nothing else.

import { launch as launchChrome } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { find } from "./pages.mjs";
import { start } from "./nodes.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FIGURES = { "largest-contentful-paint": "LCP", "cumulative-layout-shift": "CLS", "total-blocking-time": "TBT" };
const FORMS = { desktop: desktopConfig, mobile: undefined };

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

async function measure(address, config, port) {
  const runs = [];
  let untraced = 0;
  while (runs.length < RUNS) {
    const { lhr } = await lighthouse(address, { port, logLevel: "error", onlyCategories: CATEGORIES }, config);
    // Now and then the browser's trace begins too late.
    if (lhr.runtimeError?.code === "NO_NAVSTART" && (untraced += 1) < RUNS) continue;
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    runs.push(lhr);
  }
  const failed = new Set(runs.flatMap((lhr) => CATEGORIES.slice(1).flatMap((name) => pointsOff(lhr, name))));
  return {
    scores: CATEGORIES.map((name) => Math.round(median(runs.map((lhr) => lhr.categories[name].score)) * 100)),
    figures: Object.keys(FIGURES).map((name) => median(runs.map((lhr) => lhr.audits[name].numericValue))),
    failed,
  };
}

/** What took points off, so that a score below 100 can be looked into. */
function pointsOff(lhr, category) {
  const audits = lhr.categories[category].auditRefs.filter(({ weight }) => weight > 0);
  return audits.map(({ id }) => id).filter((id) => lhr.audits[id].score !== null && lhr.audits[id].score < 1);
}

const nodes = await start();
const chrome = await launchChrome({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
});
try {
  const [origin] = nodes.origins;
  const { board, no, picture } = await find(origin);
  const pages = { home: "/", catalog: `/b/${board}/catalog`, thread: `/b/${board}/${no}`, picture: `/p/${picture}` };
  console.log(`| page | as on | ${CATEGORIES.join(" | ")} | ${Object.values(FIGURES).join(" | ")} |`);
  console.log(`|${"---|".repeat(2 + CATEGORIES.length + 3)}`);
  for (const [name, path] of Object.entries(pages)) {
    for (const [form, config] of Object.entries(FORMS)) {
      const { scores, figures, failed } = await measure(origin + path, config, chrome.port);
      const [lcp, cls, tbt] = figures;
      const shown = [`${(lcp / 1000).toFixed(2)} s`, cls.toFixed(3), `${Math.round(tbt)} ms`];
      console.log(`| ${name} | ${form} | ${scores.join(" | ")} | ${shown.join(" | ")} |`);
      if (failed.size) console.error(`${name} ${form}: ${[...failed].join(", ")}`);
    }
  }
} finally {
  await chrome.kill();
  await nodes.stop();
}
