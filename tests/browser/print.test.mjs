// Printed, a page is paper: white, without chrome, with the addresses of its links, tagged as PDF.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNone, kinds, overflow, pages, stage } from "./site.mjs";

const { url, withPage } = stage();
/** A4 in CSS pixels: media queries see the sheet, 210 mm, and the text has what the margins of print.css leave of it. */
const SHEET = { viewport: { width: 794, height: 1123 } };
const TEXT = 665;
const CHROME = "body > header, body > footer, .site-head, .site-foot, .skip, .crumbs, .toc, #site-nav, [data-tone], .menu, [data-print], [data-copy]";

for (const name of pages) {
  test(`${name} prints without chrome`, async () => {
    await withPage({ ...SHEET, colorScheme: "dark" }, async (page) => {
      await page.goto(url(name));
      await page.emulateMedia({ media: "print" });
      const problems = await page.evaluate((chrome) => {
        const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
        const list = (selector) => [...document.querySelectorAll(selector)];
        const label = (element) => element.outerHTML.slice(0, 120);
        const paper = getComputedStyle(document.body).backgroundColor;
        return [
          ...list(chrome).filter(shown).map((element) => `printed chrome: ${label(element)}`),
          ...(list("main h1").some(shown) ? [] : ["the h1 is not printed"]),
          ...(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(paper) ? [] : [`the paper is ${paper}`]),
          ...list(".body a[href^='https']")
            .filter((link) => shown(link) && !getComputedStyle(link, "::after").content.includes(link.getAttribute("href")))
            .map((link) => `an external link without its address: ${label(link)}`),
        ];
      }, CHROME);
      await page.evaluate((width) => { document.documentElement.style.width = `${width}px`; }, TEXT);
      const wide = await page.evaluate(overflow, TEXT);
      if (wide) problems.push(`A4: ${wide}`);
      expectNone(problems, name);
    });
  });
}

for (const name of kinds) {
  test(`${name} makes a tagged PDF`, async () => {
    await withPage({}, async (page) => {
      await page.goto(url(name));
      const pdf = (await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true })).toString("latin1");
      assert.match(pdf, /^%PDF-/);
      assert.match(pdf, /\/StructTreeRoot/, "no structure tree");
      assert.match(pdf, /\/Marked true/, "not marked as tagged");
      assert.match(pdf, /\/Lang \(en/, "no language");
      assert.match(pdf, /\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/, "not A4");
    });
  });
}
