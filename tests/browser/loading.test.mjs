// How a page comes up: nothing moves, no request holds the first paint up but the style sheet, no other appearance flashes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNone, kinds, stage } from "./site.mjs";

const { url, withPage } = stage();
const WIDTHS = [360, 1440];

/** In the page: keeps what moved without being asked, and when the appearance was set. */
function observe() {
  const kept = { moved: [], set: undefined };
  Object.assign(window, { kept });
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) kept.moved.push(`${it.value.toFixed(4)}: ${it.sources.map((of) => of.node?.outerHTML?.slice(0, 80) ?? "?").join(" | ")}`);
  }).observe({ type: "layout-shift", buffered: true });
  new MutationObserver(() => { kept.set ??= performance.now(); }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-theme"] });
}

for (const width of WIDTHS) {
  test(`nothing moves while a page of any kind comes up at ${width} px, and only the style sheet is waited for`, async () => {
    const problems = [];
    await withPage({ viewport: { width, height: 900 } }, async (page) => {
      await page.addInitScript(observe);
      for (const name of [...kinds, "search.html"]) {
        await page.goto(url(name));
        const { moved, blocking } = await page.evaluate(async () => {
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
          const requests = performance.getEntriesByType("resource").filter((it) => it.renderBlockingStatus === "blocking");
          return { moved: window.kept.moved, blocking: requests.map((it) => it.name.split("/").pop()) };
        });
        problems.push(...moved.map((it) => `${name} moves ${it}`));
        if (blocking.join() !== "site.css") problems.push(`${name} waits for ${blocking}`);
      }
    });
    expectNone(problems, `${width} px`);
  });
}

test("a chosen appearance is there before the page is, and a script that never comes holds nothing up", async () => {
  await withPage({ colorScheme: "light" }, async (page, context) => {
    await context.addInitScript(() => localStorage.setItem("tone", "dark"));
    await page.addInitScript(observe);
    let wait = 30;
    await page.route("**/early.js", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, wait).unref());
      await route.continue().catch(() => {});
    });
    const times = () => page.evaluate(async () => {
      const seen = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
      while (seen() === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
      return { set: window.kept.set, seen: seen(), tone: document.documentElement.dataset.theme };
    });
    await page.goto(url("measures/HCS-09.html"));
    const { set, seen, tone } = await times();
    assert.equal(tone, "dark");
    assert.ok(set <= seen, `set at ${set} ms, seen at ${seen} ms`);
    wait = 8000;
    await page.goto(url("measures/HCS-10.html"), { waitUntil: "commit" });
    const late = await times();
    assert.ok(late.seen < 7000, `nothing is seen for ${late.seen} ms`);
  });
});
