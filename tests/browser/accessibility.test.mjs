// No axe-core rule is broken on any kind of page, light and dark, narrow and wide.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { byProblem, expectNone, kinds, pages, stage } from "./site.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** A page of each kind is tried in all four; for the others, which share its template, the two extremes do. */
const STATES = [
  { width: 360, colorSchemes: ["light", "dark"], others: ["light"] },
  { width: 1440, colorSchemes: ["light", "dark"], others: ["dark"] },
];
const { url, withPage } = stage();

/** The broken rules of the page as it stands, a line for each element. */
async function violations(page) {
  const found = await page.evaluate((values) => window.axe.run(document, { runOnly: values, resultTypes: ["violations"] }), TAGS);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => {
    const reason = (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? rule.help;
    return `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${reason}: ${node.html.slice(0, 160)}`;
  }));
}

/** Opens a page for axe, which brings a script of its own and so needs the policy off. */
const open = (name, width, work) =>
  withPage({ bypassCSP: true, reducedMotion: "reduce", viewport: { width, height: 900 } }, async (page) => {
    await page.goto(url(name), { waitUntil: "load" });
    await page.evaluate(axe);
    return work(page);
  });

describe("accessibility", { concurrency: 2 }, () => {
  for (const name of pages) {
    test(name, async () => {
      const found = [];
      for (const { width, colorSchemes, others } of STATES) {
        await open(name, width, async (page) => {
          for (const colorScheme of kinds.includes(name) ? colorSchemes : others) {
            await page.emulateMedia({ colorScheme });
            found.push(...(await violations(page)).map((problem) => [`${width} px, ${colorScheme}`, problem]));
          }
        });
      }
      expectNone(byProblem(found), name);
    });
  }

  test("index.html with the menu open", async () => {
    const problems = await open("index.html", 360, async (page) => {
      await page.click(".menu");
      return violations(page);
    });
    expectNone(problems, "index.html, 360 px, menu open");
  });
});
