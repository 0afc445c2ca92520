// axe-core in the tests: which rules are asked, and a line for each element that breaks one.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What the colours of a page can break; all other rules judge a light page and a dark one alike. */
const COLOURS = ["color-contrast", "link-in-text-block"];

const script = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Loads axe into the page; its context passes over the policy, for the tool's sake. */
export const bringAxe = (page) => page.evaluate(script);

/** The broken rules of the page as it stands, a line for each element. */
export const violations = (page) => broken(page, TAGS);
/** The same of the colours alone. */
export const colourViolations = (page) => broken(page, { type: "rule", values: COLOURS });

async function broken(page, runOnly) {
  const found = await page.evaluate((asked) => window.axe.run(document, { runOnly: asked, resultTypes: ["violations"] }), runOnly);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => {
    const reason = (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? rule.help;
    return `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${reason}: ${node.html.slice(0, 160)}`;
  }));
}
