// Coverage, crosswalk and provider pages as a reader uses them: by keyboard from a number to its list, from disk, on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileUrl, overflow, stage } from "./site.mjs";

const { withPage } = stage();

/** Whether the element that the address names stands in the window. */
const inView = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const box = target?.getBoundingClientRect();
  return Boolean(box && box.top >= -1 && box.top < innerHeight);
};

test("by keyboard and from disk, a number of coverage leads to the list of so many", async () => {
  await withPage({ viewport: { width: 1440, height: 900 }, javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl("coverage/eucs.html"));
    const cell = page.locator("section:has(#tops) tbody tr", { hasText: "OPS" }).locator("td.num a").first();
    const count = Number(await cell.textContent());
    assert.ok(count > 0);
    await cell.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/OPS\.html#mapped$/);
    assert.equal(await page.evaluate(inView), true);
    const rows = page.locator("section:has(#mapped) tbody tr:not(.group)");
    assert.equal(await rows.count(), count);
  });
});

test("from a level of the provider, the way leads to a requirement with its reason", async () => {
  await withPage({ viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto(fileUrl("provider/eucs.html"));
    await page.locator("tr", { hasText: "Partly" }).locator("td.num a").last().click();
    await page.waitForURL(/eucs-high\.html#partly$/);
    const practice = await page.locator("section:has(#partly) tbody tr:not(.group) th .id").first().textContent();
    await page.locator("section:has(#partly) .why a.id").first().click();
    await page.waitForURL(/frameworks\/eucs\/.*#/);
    assert.equal(await page.evaluate(inView), true);
    const answers = page.locator(".req:target .maps, .req:target tbody");
    assert.ok((await answers.first().textContent()).includes(practice), `${practice} is named with its reason`);
  });
});

for (const name of ["coverage/gdpr.html", "crosswalk/gdpr-eucs/chapter-IV.html", "provider/eucs-substantial.html"]) {
  test(`${name} is read at 320 px and on paper without its tables breaking out`, async () => {
    await withPage({ viewport: { width: 320, height: 900 } }, async (page) => {
      await page.goto(fileUrl(name));
      assert.equal(await page.evaluate(overflow), null);
      await page.emulateMedia({ media: "print" });
      const shown = await page.locator(".picks a:not([aria-current])").evaluateAll((links) => links.filter((link) => link.checkVisibility()).length);
      assert.equal(shown, 0, "other levels are not printed");
    });
  });
}
