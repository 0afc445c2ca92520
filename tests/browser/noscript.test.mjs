// Without JavaScript every page can be read whole and left, and offers nothing that would not work.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNone, pages, stage, watch } from "./site.mjs";

const { url, withKept } = stage();
const PLAIN = { javaScriptEnabled: false, viewport: { width: 360, height: 800 } };

for (const name of pages) {
  test(`${name} reads without JavaScript, its navigation within reach`, async () => {
    await withKept(PLAIN, async (page) => {
      const address = url(name);
      const problems = watch(page, new URL(address).origin);
      await page.goto(address);
      problems.push(...await page.evaluate(() => {
        const hidden = (element) => !element.checkVisibility() && !element.closest("details, .print-only, [popover], dialog");
        const label = (element) => `hidden without JavaScript: ${element.outerHTML.slice(0, 120)}`;
        const dead = [...document.querySelectorAll("[data-tone], [data-copy], [data-print]")].filter((element) => element.checkVisibility());
        const length = document.querySelector("main").innerText.trim().length;
        return [
          ...(document.querySelector("main h1")?.checkVisibility() ? [] : ["main shows no h1"]),
          ...[...document.querySelectorAll("main :is(h2, h3, p, li, table, dl, pre, figure)")]
            .filter((element) => hidden(element) && !element.closest(".js")).map(label),
          ...dead.map((element) => `a control that needs JavaScript: ${element.outerHTML.slice(0, 120)}`),
          ...(length < 100 ? [`main has ${length} characters of text`] : []),
        ];
      }));
      if (await page.locator(".menu").isVisible()) await page.locator(".menu").click();
      const links = await page.locator("#site-nav a").evaluateAll((all) => all.map((link) => [link.innerText, link.checkVisibility()]));
      if (links.length < 3) problems.push(`the navigation has ${links.length} links`);
      problems.push(...links.filter(([, seen]) => !seen).map(([words]) => `${words} is not visible in the navigation`));
      expectNone(problems, name);
    });
  });
}

test("without JavaScript the menu leads on", async () => {
  await withKept(PLAIN, async (page) => {
    for (const name of ["index.html", "measures.html"]) {
      await page.goto(url(name));
      await page.click(".menu");
      const link = page.locator("#site-nav a").first();
      const target = new URL(await link.getAttribute("href"), url(name)).href;
      assert.notEqual(target, url("index.html"));
      await link.click();
      await page.waitForURL(target);
    }
  });
});
