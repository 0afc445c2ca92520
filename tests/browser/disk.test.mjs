// The site works when opened from disk: every link names a file that is there, and pages load their looks.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { allPages, expectNone, fileUrl, filesBelow, folder, pages, rootOf404, stage, tags, text, watch } from "./site.mjs";

const { withKept, withPage } = stage();
const home = fileUrl(".");
/** With a `site-url` the 404 page names its files from the server's root, since it is served at any depth. */
const onDisk = (name) => name !== "404.html" || rootOf404() === null;

test("every link and every asset of every page is a relative path to a file", () => {
  const files = new Set(filesBelow("."));
  const problems = [];
  for (const page of allPages.filter(onDisk)) {
    for (const { name, attributes } of tags(text(page))) {
      for (const key of ["href", "src", "action", "xlink:href"]) {
        const link = attributes[key];
        if (link === undefined || link.startsWith("#")) continue;
        const outside = /^[a-z][a-z0-9+.-]*:/i.test(link);
        const loads = key !== "href" || (name === "link" && !/canonical|license|alternate/.test(attributes.rel)) || name === "use";
        if (outside && loads && !link.startsWith("data:")) problems.push(`${page}: <${name} ${key}="${link}"> loads from outside`);
        if (outside) continue;
        const target = path.posix.join(path.posix.dirname(page), decodeURIComponent(link.replace(/[?#].*$/, "")) || path.posix.basename(page));
        if (link.startsWith("/") || !files.has(target)) problems.push(`${page}: <${name} ${key}="${link}"> names no file of the site`);
      }
    }
  }
  expectNone(problems, `links in ${folder}`);
});

for (const name of pages.filter(onDisk)) {
  test(`${name} opens from disk`, async () => {
    await withKept({}, async (page) => {
      const problems = watch(page, home);
      await page.goto(fileUrl(name), { waitUntil: "load" });
      const looks = await page.evaluate(() => ({
        sheets: [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => [link.getAttribute("href"), Boolean(link.sheet)]),
        paper: getComputedStyle(document.documentElement).getPropertyValue("--paper"),
      }));
      problems.push(...looks.sheets.filter(([, loaded]) => !loaded).map(([href]) => `style sheet ${href} did not load`));
      if (!looks.paper) problems.push("the style sheets set no --paper");
      expectNone(problems, name);
    });
  });
}

test("from disk, the navigation leads from page to page", async () => {
  await withPage({ viewport: { width: 1440, height: 900 } }, async (page) => {
    const problems = watch(page, home);
    await page.goto(fileUrl("index.html"));
    const links = await page.locator("#site-nav a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.ok(links.length >= 3, `the navigation of index.html has ${links.length} links`);
    for (const link of links) {
      await page.goto(fileUrl("index.html"));
      await page.click(`#site-nav a[href="${link}"]`);
      await page.waitForURL(new URL(link, fileUrl("index.html")).href);
      assert.ok(await page.locator("h1").isVisible(), `${link} shows no h1`);
    }
    expectNone(problems, "navigation from disk");
  });
});
