// Every kind of page opens under the policy without an error, a request elsewhere or a horizontal scroll.

import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, POLICY, WIDTHS, allPages, byProblem, expectNone, overflow, pages, stage, tags, text, watch } from "./site.mjs";

const { url, withPage } = stage();

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

for (const name of pages) {
  test(`${name} opens cleanly at ${WIDTHS.join(", ")} px`, async () => {
    const found = [];
    await withPage({ viewport: { width: WIDTHS[0], height: 900 } }, async (page) => {
      const address = url(name);
      const seen = watch(page, new URL(address).origin);
      await page.goto(address, { waitUntil: "load" });
      assert.ok(await page.title(), "the page has no title");
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(overflow);
        if (wide) found.push([`${width} px`, wide]);
      }
      found.push(...seen.map((problem) => ["any width", problem]));
    });
    expectNone(byProblem(found), name);
  });
}
