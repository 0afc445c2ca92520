// Runs axe-core: the rules that apply, and a line for each element that breaks one.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules about colours; all others give the same for a light and a dark page. */
const COLOURS = ["color-contrast", "link-in-text-block"];

const script = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Loads axe into the page. The context of the page must bypass the policy, which forbids the script. */
export const loadAxe = (page) => page.evaluate(script);

/** The broken rules of the page in its current state, a line for each element. */
export const violations = (page) => run(page, TAGS);
/** The broken rules about colours. */
export const colourViolations = (page) => run(page, { type: "rule", values: COLOURS });

async function run(page, runOnly) {
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), runOnly);
  return violations.flatMap((rule) => rule.nodes.map((node) => {
    const reason = (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? rule.help;
    return `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${reason}: ${node.html.slice(0, 160)}`;
  }));
}
