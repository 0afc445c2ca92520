// Everything works by keyboard: the skip link, the appearance switch, the menu, the links to copy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNone, kinds, pages, stage } from "./site.mjs";

const { url, withPage } = stage();
/** How many stops are walked at the beginning of a page, and at least at its end. */
const WALKED = 60;
const WIDE = { viewport: { width: 1440, height: 900 } };
const NARROW = { viewport: { width: 360, height: 800 } };

for (const name of pages) {
  test(`${name}: the first stop is the skip link, which leads into main`, async () => {
    await withPage(WIDE, async (page) => {
      await page.goto(url(name));
      await page.keyboard.press("Tab");
      const first = await page.evaluate(() => {
        const element = document.activeElement;
        const box = element.getBoundingClientRect();
        return { skip: element.matches(".skip"), seen: box.top >= 0 && box.left >= 0 && box.height > 0, html: element.outerHTML.slice(0, 120) };
      });
      assert.ok(first.skip, `${name}: the first Tab reaches ${first.html}`);
      assert.ok(first.seen, `${name}: the skip link has focus and is not on the screen`);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.closest("main"), null, { timeout: 3000 }).catch(() => {
        throw new Error(`${name}: Enter on the skip link does not move focus into main`);
      });
    });
  });
}

for (const name of kinds) {
  test(`${name}: every stop is on the screen and shows its focus, and none is a trap`, async () => {
    await withPage(WIDE, async (page) => {
      await page.goto(url(name));
      const problems = [];
      const stops = await page.evaluate(() => document.querySelectorAll("a[href], button, input, select, summary, [tabindex]").length);
      let left = false;
      for (let stop = 0; stop <= stops && !left; stop += 1) {
        // The middle of a long list is like its beginning: it is passed over.
        if (stop === WALKED) await page.evaluate((last) => {
          const main = [...document.querySelectorAll("main a[href]")];
          if (main.length > 2 * last) main.at(-last).focus();
        }, WALKED);
        await page.keyboard.press("Tab");
        const problem = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return "left";
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          const onScreen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          return shown && onScreen ? null : `${shown ? "off the screen" : "no visible focus"}: ${element.outerHTML.slice(0, 120)}`;
        });
        if (problem === "left") left = true;
        else if (problem) problems.push(problem);
      }
      if (!left) problems.push(`focus never leaves the page in ${stops} stops`);
      expectNone(problems, name);
    });
  });
}

/** The appearance as a reader sees it. */
const appearance = (page) => page.evaluate(() => ({
  theme: document.documentElement.dataset.theme ?? null,
  paper: getComputedStyle(document.body).backgroundColor,
  ink: getComputedStyle(document.body).color,
  link: getComputedStyle(document.querySelector("main a[href]") ?? document.body).color,
  name: document.querySelector("[data-tone]").textContent.trim(),
}));

test("the appearance switch goes through light, dark and the system's choice, and is remembered", async () => {
  await withPage({ ...WIDE, colorScheme: "light" }, async (page) => {
    await page.goto(url("index.html"));
    const start = await appearance(page);
    assert.equal(start.theme, null, "data-theme is set before anybody chose");
    const seen = new Map();
    for (let press = 0; press < 3; press += 1) {
      await page.focus("[data-tone]");
      await page.keyboard.press("Enter");
      const now = await appearance(page);
      seen.set(now.theme, now);
      await page.reload();
      assert.deepEqual(await appearance(page), now, `the choice data-theme=${now.theme} is lost on reload`);
      await page.goto(url("measures.html"));
      assert.equal((await appearance(page)).theme, now.theme, `the choice data-theme=${now.theme} is lost on another page`);
      await page.goto(url("index.html"));
    }
    assert.deepEqual(new Set(seen.keys()), new Set(["light", "dark", null]), "the states of data-theme");
    assert.equal(new Set([...seen.values()].map((state) => state.name)).size, 3, "each state has a name of its own");
    assert.equal(seen.get("light").paper, start.paper, "light is not the light of the system");
    assert.notEqual(seen.get("dark").paper, start.paper, "dark does not change the paper");

    await page.emulateMedia({ colorScheme: "dark" });
    const system = await appearance(page);
    for (const part of ["paper", "ink", "link"]) assert.equal(system[part], seen.get("dark")[part], `${part}: dark by the system and by the switch differ`);
  });
});

test("the narrow menu opens and closes by keyboard and by its button", async () => {
  await withPage(NARROW, async (page) => {
    await page.goto(url("index.html"));
    const links = page.locator("#site-nav a");
    assert.equal(await links.first().isVisible(), false, "the menu is open from the start");
    await page.focus(".menu");
    await page.keyboard.press("Enter");
    assert.ok(await links.first().isVisible(), "Enter does not open the menu");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("#site-nav"))), "Tab does not go into the open menu");
    await page.keyboard.press("Escape");
    assert.equal(await links.first().isVisible(), false, "Escape does not close the menu");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".menu")), "Escape does not bring focus back to the menu button");
    await page.click(".menu");
    await page.click("#site-nav .close");
    assert.equal(await links.first().isVisible(), false, "Close does not close the menu");
  });
});

test("at 1440 px the navigation is there without a menu button", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url("index.html"));
    assert.equal(await page.locator(".menu").isVisible(), false);
    assert.ok(await page.locator("#site-nav a").first().isVisible());
  });
});

for (const name of ["frameworks/eucs/CKM-03.html", "frameworks/gdpr/art-32.html"]) {
  test(`${name}: a copied link leads to its place`, async () => {
    await withPage({ ...WIDE, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.goto(url(name));
      const button = page.locator("main [data-copy]").first();
      const words = await button.innerText();
      await button.focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(([element, before]) => element.innerText !== before, [await button.elementHandle(), words]);
      const copied = new URL(await page.evaluate(() => navigator.clipboard.readText()));
      assert.equal(copied.href.replace(copied.hash, ""), url(name), "the copied link is of another page");
      assert.ok(copied.hash, "the copied link has no anchor");
      const target = await page.evaluate((id) => Boolean(document.getElementById(id)), decodeURIComponent(copied.hash.slice(1)));
      assert.ok(target, `the copied anchor ${copied.hash} is not on the page`);
      await page.waitForFunction(([element, before]) => element.innerText === before, [await button.elementHandle(), words]);
    });
  });
}
