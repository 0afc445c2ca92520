// Every kind of page opens under the policy without an error, a request elsewhere or a horizontal scroll.

import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, POLICY, WIDTHS, allPages, byProblem, expectNone, overflow, pages, stage, tags, text, watch } from "./site.mjs";

const { url, withKept } = stage();

test("a page of every kind is built", () => {
  expectNone(KINDS.filter((page) => !allPages.includes(page)), "not in the built site");
});

test("every page carries the policy, without the directive that a meta element may not have", () => {
  const directives = (policy) => policy.split(";").map((part) => part.trim()).filter(Boolean).sort().join("; ");
  const wanted = directives(POLICY.replace(/frame-ancestors [^;]*/, ""));
  const problems = allPages.filter((page) => {
    const meta = [...tags(text(page))].find((tag) => tag.attributes["http-equiv"]?.toLowerCase() === "content-security-policy");
    return directives(meta?.attributes.content ?? "") !== wanted;
  });
  expectNone(problems, `pages without the meta policy ${wanted}`);
});

test("every page names its icon, so that no browser asks for one elsewhere", () => {
  const named = (page) => [...tags(text(page))].some((tag) => tag.name === "link" && /\bicon\b/.test(tag.attributes.rel));
  expectNone(allPages.filter((page) => !named(page)), 'pages without <link rel="icon">');
});

/** What a reader may set for herself: the spacing of WCAG 2.2, 1.4.12. */
const SPACING = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-block-end: 2em !important}";

/** In the page: what is cut off because its box does not grow with its text. */
const cut = () => [...document.body.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
  return hides && style.clipPath === "none" && element.checkVisibility() && !element.closest("svg")
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
}).map((element) => `cut off: ${element.outerHTML.slice(0, 120)}`);

/** In the page: what main shows in words, element by element, and as one text. What folds can be unfolded; a column that gives way stands in its rows. */
const shown = () => ({
  words: [...document.querySelectorAll("main *")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && element.getClientRects().length > 0
    && element.checkVisibility() && !element.closest("svg, details, thead .opt")).map((element) => element.innerText.replace(/\s+/g, " ").trim()),
  text: document.querySelector("main").innerText.replace(/\s+/g, " "),
});

for (const name of pages) {
  test(`${name} opens cleanly at ${WIDTHS.join(", ")} px, keeps its words, and takes more space between them`, async () => {
    const findings = [];
    await withKept({ viewport: { width: WIDTHS[0], height: 900 } }, async (page) => {
      const address = url(name);
      const seen = watch(page, new URL(address).origin);
      await page.goto(address, { waitUntil: "load" });
      assert.ok(await page.title(), "the page has no title");
      const seenWords = {};
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(overflow);
        if (wide) findings.push([`${width} px`, wide]);
        seenWords[width] = await page.evaluate(shown);
      }
      const [narrow, wide] = [seenWords[WIDTHS[0]], seenWords[WIDTHS.at(-1)]];
      findings.push(...wide.words.filter((it) => !narrow.text.includes(it)).map((it) => [`${WIDTHS[0]} px`, `not shown: ${it.slice(0, 80)}`]));
      await page.evaluate((rules) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(rules);
        document.adoptedStyleSheets = [sheet];
      }, SPACING);
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(overflow);
        findings.push(...[...(wide ? [wide] : []), ...await page.evaluate(cut)].map((it) => [`more space, ${width} px`, it]));
      }
      findings.push(...seen.map((problem) => ["any width", problem]));
    });
    expectNone(byProblem(findings), name);
  });
}
