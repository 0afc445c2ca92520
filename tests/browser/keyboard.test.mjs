// Everything works by keyboard: the skip link, every stop of a page, the appearance switch, the menu, the links to copy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byProblem, expectNone, kinds, pages, stage } from "./site.mjs";

const { url, withKept, withPage } = stage();
/** How many stops are walked at the beginning of a page, and at least at its end. */
const WALKED = 40;
const WIDE = { viewport: { width: 1440, height: 900 } };
const NARROW = { viewport: { width: 360, height: 800 } };
/** A window of 1280 by 1024 px at 400 %. */
const ZOOMED = { viewport: { width: 320, height: 256 }, colorScheme: "dark", reducedMotion: "reduce" };

for (const name of pages) {
  test(`${name}: the first stop is the skip link, which leads into main`, async () => {
    await withKept(WIDE, async (page) => {
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

/** In the page: before each key, what is wrong with the stop that was reached by the last one. */
function inspectStops() {
  window.walk = { left: false, problems: [] };
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => channels(colour).slice(0, 3).map((it) => it / 255)
    .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4))
    .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let it = element.parentElement; it; it = it.parentElement) {
      const colour = getComputedStyle(it).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (one, two) => {
    const [low, high] = [light(one), light(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  /** Whether some of what the window shows of the stop is under nothing else. */
  const open = (element) => [...element.getClientRects()].some((box) => [0.1, 0.5, 0.9].some((part) => {
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    const at = document.elementFromPoint(left + (right - left) * part, top + (bottom - top) * part);
    return at && (element.contains(at) || at.contains(element) || at.closest("label")?.contains(element));
  }));
  const wrong = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no visible focus";
    const ratio = contrast(style.outlineColor, ground(element));
    if (ratio < 3) return `a focus ring of ${ratio.toFixed(1)}:1`;
    if (!(box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth)) return "off the screen";
    return open(element) ? null : "under something else";
  };
  document.addEventListener("keydown", () => {
    const element = document.activeElement;
    const problem = element && element !== document.body && wrong(element);
    if (problem) window.walk.problems.push(`${problem}: ${element.outerHTML.slice(0, 120)}`);
  }, true);
  document.addEventListener("focusout", (event) => { window.walk.left ||= !event.relatedTarget; });
}

/** Goes by Tab through a page: its beginning, and its end where the middle is long; the middle of a list is like its beginning. */
async function walk(page) {
  const stops = await page.evaluate(() => document.querySelectorAll("a[href], button, input, select, summary, [tabindex]").length);
  await page.evaluate(inspectStops);
  for (let stop = 0; stop <= stops + 9; stop += 1) {
    if (stop === WALKED) await page.evaluate((last) => {
      const main = [...document.querySelectorAll("main a[href]")].filter((link) => link.checkVisibility() && link.tabIndex === 0);
      if (main.length > 2 * last) main.at(-last).focus();
    }, WALKED);
    await page.keyboard.press("Tab");
    if (stop % 10 === 9 && await page.evaluate(() => window.walk.left)) break;
  }
  const { left, problems } = await page.evaluate(() => window.walk);
  return left ? problems : [...problems, `focus never leaves the page in ${stops} stops`];
}

for (const name of kinds) {
  test(`${name}: every stop is on the screen, uncovered, and shows its focus, and none is a trap`, async () => {
    const findings = [];
    for (const [state, options] of [["1440 px", WIDE], ["320 by 256 px, dark", ZOOMED]]) {
      await withKept(options, async (page) => {
        await page.goto(url(name));
        findings.push(...(await walk(page)).map((problem) => [state, problem]));
      });
    }
    expectNone(byProblem(findings), name);
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

test("keys are named only where there is a keyboard", async () => {
  const shown = (page) => page.evaluate(() => {
    const seen = (it) => it.checkVisibility() && it.getClientRects().length > 0;
    return { keys: [...document.querySelectorAll(".with-keys")].filter(seen).length, touch: [...document.querySelectorAll(".by-touch")].filter(seen).length };
  });
  const matrix = pages.find((it) => it.startsWith("matrix"));
  for (const name of ["index.html", "search.html", matrix]) {
    // A tablet: wide enough for the key in the head of the page.
    await withPage({ viewport: { width: 1280, height: 900 }, hasTouch: true, isMobile: true }, async (page) => {
      await page.goto(url(name));
      const { keys, touch } = await shown(page);
      assert.equal(keys, 0, `${name}: keys are named on a screen that is touched`);
      assert.equal(touch, name === matrix ? 1 : 0, name);
    });
    await withPage(WIDE, async (page) => {
      await page.goto(url(name));
      const { keys, touch } = await shown(page);
      assert.ok(keys >= 2 && touch === 0, `${name}: ${keys} keys are named, ${touch} ways to touch`);
    });
  }
});
