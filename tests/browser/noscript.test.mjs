// Without JavaScript every page can be read whole and left, and offers nothing that would not work.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNone, pages, stage, watch } from "./site.mjs";

const { url, withPage } = stage();

for (const name of pages) {
  test(`${name} reads without JavaScript`, async () => {
    await withPage({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } }, async (page) => {
      const address = url(name);
      const problems = watch(page, new URL(address).origin);
      await page.goto(address);
      if (!(await page.locator("main h1").isVisible())) problems.push("main shows no h1");
      const unseen = await page.evaluate(() => {
        const hidden = (element) => !element.checkVisibility() && !element.closest("details, .print-only, [popover], dialog");
        const label = (element) => `hidden without JavaScript: ${element.outerHTML.slice(0, 120)}`;
        const dead = [...document.querySelectorAll("[data-tone], [data-copy], [data-print]")].filter((element) => element.checkVisibility());
        return [
          ...[...document.querySelectorAll("main :is(h2, h3, p, li, table, dl, pre, figure)")]
            .filter((element) => hidden(element) && !element.closest(".js")).map(label),
          ...dead.map((element) => `a control that needs JavaScript: ${element.outerHTML.slice(0, 120)}`),
        ];
      });
      problems.push(...unseen);
      const length = (await page.locator("main").innerText()).trim().length;
      if (length < 100) problems.push(`main has ${length} characters of text`);
      expectNone(problems, name);
    });
  });
}

for (const name of pages) {
  test(`${name} has its navigation within reach at 360 px without JavaScript`, async () => {
    await withPage({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } }, async (page) => {
      await page.goto(url(name));
      const menu = page.locator(".menu");
      if (await menu.isVisible()) await menu.click();
      const links = page.locator("#site-nav a");
      assert.ok((await links.count()) >= 3, `${name}: the navigation has ${await links.count()} links`);
      for (const link of await links.all()) assert.ok(await link.isVisible(), `${name}: ${await link.innerText()} is not visible`);
      const target = new URL(await links.first().getAttribute("href"), url(name)).href;
      await links.first().click();
      await page.waitForURL(target);
    });
  });
}
