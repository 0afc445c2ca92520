// The matrices: a walk by keyboard, the panel by pointer and key, filters that the address keeps, paper and no script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadAxe, violations } from "./axe.mjs";
import { byProblem, expectNone, fileUrl, stage, watch } from "./site.mjs";

const { url, withPage } = stage();
const WIDE = { viewport: { width: 1440, height: 900 } };
const TOP = "matrix/eucs/OPS.html";

/** The words of the link that has the focus: a cell's label, or the identifier of a head. */
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());
const panel = (page) => page.locator("[data-panel]").innerText();
const tally = (page) => page.locator("[data-tally]").innerText();
const shown = (page, selector) => page.locator(`:is(${selector}):visible`).count();

async function open(page, name, query = "") {
  await page.goto(url(name) + query);
  await page.waitForFunction(() => document.querySelector("[data-tally]").textContent !== "");
}

test("the whole table is one stop of the Tab key, and arrows walk over its links", async () => {
  await withPage(WIDE, async (page) => {
    await open(page, TOP);
    assert.equal(await page.locator('table.matrix a[tabindex="0"]').count(), 1, "more than one stop, or none");
    await page.focus(".frame");
    await page.keyboard.press("Tab");
    const rows = await page.evaluate(() => {
      const table = document.querySelector("table.matrix");
      return [...table.rows].map((row) => [...row.cells].map((cell) => {
        const link = cell.querySelector("a");
        return link ? link.getAttribute("aria-label") ?? link.textContent.trim() : null;
      }));
    });
    let row = 1;
    let column = rows[1].findIndex((words, at) => at > 0 && words);
    assert.equal(await focused(page), rows[row][column], "Tab does not lead to the first cell");
    const step = async (key, down, right) => {
      let [r, c] = [row + down, column + right];
      while (rows[r]?.[c] === null) [r, c] = [r + down, c + right];
      if (rows[r]?.[c] !== undefined) [row, column] = [r, c];
      await page.keyboard.press(key);
      assert.equal(await focused(page), rows[row][column], `${key} to row ${row}, column ${column}`);
    };
    for (const key of ["Left", "Right", "Up", "Left", "Down", "Down", "Right", "Down", "Down", "Right", "Right", "Up"]) {
      await step(`Arrow${key}`, { Up: -1, Down: 1 }[key] ?? 0, { Left: -1, Right: 1 }[key] ?? 0);
    }
    await page.keyboard.press("End");
    assert.equal(await focused(page), rows[row].findLast(Boolean));
    await page.keyboard.press("Control+Home");
    assert.equal(await focused(page), rows.flat().find(Boolean));
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest("table.matrix"))), false, "Tab stays in the table");
  });
});

test("the focus shows relation, practice and reason; Enter holds them, Escape lets them go", async () => {
  await withPage(WIDE, async (page) => {
    await open(page, TOP);
    const cell = page.locator(".matrix td a").first();
    const entry = decodeURIComponent((await cell.getAttribute("href")).slice(1));
    const wanted = await page.evaluate((id) => {
      const row = document.getElementById(id).nextElementSibling;
      return ["th", ".rel", ".why"].map((part) => row.querySelector(part).innerText.trim());
    }, entry);
    const hint = await panel(page);
    await cell.focus();
    const words = await panel(page);
    for (const part of wanted) assert.ok(words.includes(part), `the panel does not say: ${part}`);
    const box = await page.locator("[data-panel]").boundingBox();
    assert.ok(box.y + box.height <= 901 && box.y >= 0, "the panel is not in the window");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "", "Enter leaves the table");
    await page.locator(".matrix td a").nth(3).hover();
    await page.waitForTimeout(400);
    assert.equal(await panel(page), words, "what is held is gone when the pointer moves");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.matches("[data-panel]")), "Tab does not lead from the cell to the panel");
    await page.keyboard.press("Escape");
    assert.equal(await panel(page), hint, "Escape does not let go");
  });
});

test("a pointer that rests on a cell shows it, one that passes does not", async () => {
  await withPage(WIDE, async (page) => {
    await open(page, "matrix.html");
    await page.locator(".matrix td a").first().scrollIntoViewIfNeeded();
    const hint = await panel(page);
    // In one go, so that a slow machine does not turn passing into resting.
    await page.locator(".matrix td a").nth(4).evaluate((link) => {
      link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
      link.closest("table").dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" }));
    });
    await page.waitForTimeout(300);
    assert.equal(await panel(page), hint, "a passing pointer shows something");
    await page.locator(".matrix td a").nth(4).hover();
    await page.waitForFunction((before) => document.querySelector("[data-panel]").innerText !== before, hint);
    const words = await panel(page);
    await page.mouse.move(2, 2);
    await page.waitForTimeout(300);
    assert.equal(await panel(page), words, "what was shown goes with the pointer");
    await page.locator("[data-panel] a").first().click();
    assert.match(new URL(page.url()).hash, /~/, "the panel leads to no entry of the list");
  });
});

for (const width of [360, 768]) test(`at ${width} px the focused cell is hidden neither by the sticky heads nor by the panel`, async () => {
  await withPage({ viewport: { width, height: 700 } }, async (page) => {
    await open(page, "matrix/gdpr/chapter-IV.html");
    const problems = [];
    await page.locator(".matrix td a").first().focus();
    for (const key of [...Array(9).fill("ArrowRight"), ...Array(14).fill("ArrowDown"), ...Array(9).fill("ArrowLeft"), ...Array(14).fill("ArrowUp")]) {
      await page.keyboard.press(key);
      const over = await page.evaluate(async () => {
        await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
        const link = document.activeElement;
        const box = link.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return link.contains(top) ? null : `${link.getAttribute("aria-label") ?? link.textContent.trim()} is under ${top?.outerHTML.slice(0, 60)}`;
      });
      if (over) problems.push(`${key}: ${over}`);
    }
    expectNone(problems, "covered cells");
  });
});

test("filters leave out rows and columns, and the address restores them", async () => {
  await withPage(WIDE, async (page) => {
    await open(page, "matrix/eucs.html");
    const all = await tally(page);
    assert.equal(all, "17 of 17 measures, 20 of 20 categories");
    await page.click("summary");
    const box = page.locator('input[name="group"]').nth(2);
    const count = Number(await box.locator("xpath=..").locator(".n").innerText());
    await box.check();
    assert.equal(await tally(page), `${count} of 17 measures, 20 of 20 categories`);
    assert.equal(await shown(page, ".matrix tbody tr"), count, "rows that are shown");
    await page.fill('input[name="column"]', "management");
    await page.check('input[name="empty"][value="columns"]');
    const words = await tally(page);
    const query = new URL(page.url()).searchParams;
    assert.deepEqual([...query.keys()].sort(), ["column", "empty", "group"]);
    const heads = await page.locator(".matrix thead th:visible").allInnerTexts();
    await page.reload();
    await page.waitForFunction(() => document.querySelector("[data-tally]").textContent !== "");
    assert.equal(await tally(page), words, "the address does not restore the filters");
    assert.deepEqual(await page.locator(".matrix thead th:visible").allInnerTexts(), heads);
    assert.ok(await page.locator("form[data-sift]").isVisible(), "restored filters are folded away");
    await page.fill('input[name="row"]', "zebra");
    assert.ok(await page.locator("[data-none]").isVisible(), "nothing says that nothing fits");
    assert.equal(await page.locator("table.matrix").isVisible(), false, "an empty table is shown");
    await page.click("[data-clear]");
    await page.waitForFunction((before) => document.querySelector("[data-tally]").textContent === before, all);
    assert.equal(new URL(page.url()).search, "", "the address keeps what was cleared");
    assert.ok(await page.locator("table.matrix").isVisible());
  });
});

test("use case and relevance filter together", async () => {
  await withPage(WIDE, async (page) => {
    await open(page, "matrix.html", "?case=remote-care&weight=important");
    const marks = await page.locator(".matrix tbody tr:visible td:nth-child(3)").allInnerTexts();
    assert.ok(marks.length > 0 && marks.every((words) => words.trim() === "Important"), marks.join());
    const entries = await page.locator("[data-reasons] tbody:visible").count();
    assert.equal(entries, marks.length, "the list shows other measures than the table");
  });
});

test("a level counts the numbers anew, and the list follows", async () => {
  await withPage(WIDE, async (page) => {
    await open(page, TOP, "?level=substantial");
    const levels = await page.locator("[data-reasons] tr[data-level]:visible").evaluateAll((rows) => rows.map((row) => row.dataset.level));
    assert.ok(levels.includes("1") && levels.includes("2") && !levels.includes("3"), levels.join());
    const all = await page.locator("[data-reasons] tr[data-level]").evaluateAll((rows) => rows.map((row) => row.dataset.level));
    assert.equal(levels.length, all.filter((level) => level < "3").length);
    assert.ok(levels.length < all.length, "nothing is left out");
    const problems = await page.evaluate(() => {
      const links = [...document.querySelectorAll(".matrix td a")].filter((link) => link.checkVisibility());
      return links.flatMap((link) => {
        const targets = new Set();
        const marks = new Set();
        for (let row = document.getElementById(decodeURIComponent(link.hash.slice(1))).nextElementSibling; row && row.dataset.level; row = row.nextElementSibling) {
          if (!row.checkVisibility()) continue;
          targets.add(row.querySelector("th a").getAttribute("href"));
          marks.add(row.querySelector(".rel use").getAttribute("href"));
        }
        const icons = [...link.querySelectorAll("svg:not([hidden]) use")].map((use) => use.getAttribute("href"));
        const same = Number(link.innerText) === targets.size && icons.length === marks.size && icons.every((icon) => marks.has(icon));
        return same ? [] : [`${link.getAttribute("aria-label")}: ${targets.size} in the list, ${[...marks]}`];
      });
    });
    expectNone(problems, "cells that differ from the list");
    await page.click("form[data-sift] [type=reset]");
    await page.waitForFunction(() => location.search === "");
    assert.equal(await shown(page, "[data-reasons] tr[data-level]"), await page.locator("[data-reasons] tr[data-level]").count());
    for (const [value, last] of [["basic", "1"], ["substantial", "2"], ["high", "3"], ["", "3"]]) {
      await page.check(`[name=level][value="${value}"]`);
      assert.equal(await page.evaluate(() => location.search), value ? `?level=${value}` : "");
      assert.equal(await shown(page, "[data-reasons] tr[data-level]"), all.filter((level) => level <= last).length, value);
    }
  });
});

for (const [name, marks] of [["matrix.html", ".matrix td a .m"], [TOP, ".matrix td a"]]) {
  test(`${name}: without JavaScript a cell leads to its reason`, async () => {
    await withPage({ ...WIDE, javaScriptEnabled: false }, async (page) => {
      await page.goto(url(name));
      assert.equal(await shown(page, "form, [data-panel], [data-tally]"), 0, "something that needs JavaScript is shown");
      await page.locator(marks).nth(2).click();
      const entry = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
      assert.ok(await entry.isVisible(), "the address leads to nothing");
      assert.ok(await page.locator("[data-reasons] .why").first().isVisible());
    });
  });
}

test("from disk, filters work and no error is reported", async () => {
  await withPage(WIDE, async (page) => {
    const problems = watch(page, fileUrl("."));
    await page.goto(fileUrl(TOP));
    await page.click("summary");
    await page.fill('input[name="row"]', "HCS-04");
    assert.match(await tally(page), /^1 of /);
    assert.match(page.url(), /\?row=HCS-04/);
    await page.reload();
    assert.match(await tally(page), /^1 of /);
    expectNone(problems, "from disk");
  });
});

test("on paper the heat map fits the sheet and every reason follows", async () => {
  await withPage({ viewport: { width: 794, height: 1123 } }, async (page) => {
    await open(page, TOP);
    await page.locator(".matrix td a").first().focus();
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => { document.documentElement.style.width = "665px"; });
    const seen = await page.evaluate(() => ({
      width: document.querySelector("table.matrix").getBoundingClientRect().width,
      cut: [...document.querySelectorAll(".matrix td")].filter((cell) => cell.scrollHeight > cell.clientHeight + 1).length,
      reasons: [...document.querySelectorAll("[data-reasons] .why")].filter((cell) => !cell.checkVisibility()).length,
      chrome: [...document.querySelectorAll("form, [data-panel], [data-tally]")].filter((it) => it.checkVisibility()).length,
    }));
    assert.ok(seen.width <= 665.5, `${seen.width} px wide`);
    assert.deepEqual([seen.cut, seen.reasons, seen.chrome], [0, 0, 0], "cut cells, reasons left out, printed controls");
  });
});

test("with filters open and a cell held, no axe-core rule is broken", async () => {
  await withPage({ bypassCSP: true, colorScheme: "light", viewport: { width: 360, height: 900 } }, async (page) => {
    await open(page, "matrix/gdpr/chapter-V.html");
    await page.click("summary");
    await page.locator(".matrix td a").nth(5).click();
    await loadAxe(page);
    const findings = (await violations(page)).map((problem) => ["360 px, light", problem]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 1440, height: 900 });
    findings.push(...(await violations(page)).map((problem) => ["1440 px, dark", problem]));
    expectNone(byProblem(findings), "matrix with filters open");
  });
});
