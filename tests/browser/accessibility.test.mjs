// No axe-core rule is broken on any kind of page: light, dark and in forced colours, narrow and wide.

import { test } from "node:test";
import { loadAxe, colourViolations, violations } from "./axe.mjs";
import { byProblem, bytes, expectNone, filesBelow, kinds, pages, stage, text } from "./site.mjs";

const { url, withKept, withPage } = stage();
const OPTIONS = { bypassCSP: true, reducedMotion: "reduce", viewport: { width: 360, height: 900 } };
/** All rules are asked at each width, those of colours in each appearance. A long page, or one that shares its template, takes the extremes. */
const STATES = [
  { width: 360, look: { colorScheme: "light" }, ask: violations, all: true },
  { width: 1440, look: { colorScheme: "dark" }, ask: violations, all: true },
  { width: 1440, look: { colorScheme: "light" }, ask: colourViolations },
  { width: 1440, look: { colorScheme: "dark", forcedColors: "active" }, ask: colourViolations },
];
const LONG = 90 * 1024;
const sampled = process.env.FULL ? pages : kinds;

for (const name of sampled) {
  test(name, async () => {
    await withKept(OPTIONS, async (page) => {
      await page.goto(url(name), { waitUntil: "load" });
      await loadAxe(page);
      const findings = [];
      for (const { width, look, ask, all } of STATES.filter((it) => it.all || (kinds.includes(name) && bytes(name) < LONG))) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ forcedColors: null, ...look });
        const state = `${width} px, ${Object.values(look).join(", ")}`;
        findings.push(...(await ask(page)).map((problem) => [state, problem]));
      }
      expectNone(byProblem(findings), name);
    });
  });
}

test("nothing moves, whether or not a reader asks for less motion", () => {
  const sheets = filesBelow("assets").filter((file) => file.endsWith(".css"));
  // The one that hides the page until its appearance is known moves nothing.
  expectNone(sheets.filter((file) => /\b(animation(?!:wait 60ms)|transition|scroll-behavior)\b/.test(text(file))), "style sheets that move something");
});

test("index.html with the menu open", async () => {
  const problems = await withPage(OPTIONS, async (page) => {
    await page.goto(url("index.html"), { waitUntil: "load" });
    await page.click(".menu");
    await loadAxe(page);
    return violations(page);
  });
  expectNone(problems, "index.html, 360 px, menu open");
});

test("index.html with the palette open", async () => {
  const findings = await withPage({ ...OPTIONS, viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto(url("index.html"), { waitUntil: "load" });
    await page.keyboard.press("Control+k");
    await page.locator("#palette-q").fill("encryption");
    await page.waitForSelector(".palette li a");
    await loadAxe(page);
    const light = await violations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    return [...light.map((problem) => ["light", problem]), ...(await colourViolations(page)).map((problem) => ["dark", problem])];
  });
  expectNone(byProblem(findings), "index.html, palette open");
});

test("search.html with results", async () => {
  const problems = await withPage(OPTIONS, async (page) => {
    await page.goto(`${url("search.html")}?q=encryption`, { waitUntil: "load" });
    await page.waitForSelector("[data-hits] li a");
    await loadAxe(page);
    return violations(page);
  });
  expectNone(problems, "search.html with results");
});
