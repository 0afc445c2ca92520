// Search: the first result is the right one, by keyboard alone, from a sub-path and from disk, and within its budget.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { expectNone, fileUrl, folder, stage, watch } from "./site.mjs";

const { url, withPage } = stage();
const WIDE = { viewport: { width: 1440, height: 900 } };
const QUERIES = JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8"));
const KB = 1024;
/** What may be loaded before the first answer, compressed; and the share of queries whose first result must be right. */
const FIRST = 60 * KB;
const RIGHT = 0.95;

const ready = (page) => page.waitForFunction(() => window.controlbook?.search);
const pageOf = (address) => address.split("#")[0];

test(`of ${QUERIES.length} queries, at least ${RIGHT * 100} % have the expected page first, and every identifier has`, async (t) => {
  await withPage(WIDE, async (page) => {
    const base = fileUrl(".") + "/";
    await page.goto(fileUrl("search.html"));
    await ready(page);
    const firsts = await page.evaluate(async (queries) => {
      const out = [];
      for (const { query } of queries) {
        const found = await window.controlbook.search(query);
        out.push((await window.controlbook.rows(found, found.hits.slice(0, 1)))[0]?.href ?? "");
      }
      return out;
    }, QUERIES);
    const wrong = QUERIES.map((it, at) => ({ ...it, found: decodeURI(firsts[at].slice(base.length)) })).filter(({ kind, first, found }) => {
      const wanted = [first].flat();
      return kind === "identifier" ? !wanted.includes(found) : !wanted.map(pageOf).includes(pageOf(found));
    });
    const words = wrong.map(({ kind, query, first, found }) => `${kind} “${query}”: ${found || "nothing"} instead of ${first}`);
    t.diagnostic(`${QUERIES.length - wrong.length} of ${QUERIES.length} right`);
    for (const line of words) t.diagnostic(line);
    expectNone(words.filter((it) => it.startsWith("identifier")), "identifiers");
    assert.ok(QUERIES.length - wrong.length >= RIGHT * QUERIES.length, words.join("\n"));
  });
});

test("a quotation is found word for word, and a misspelt word is said", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(fileUrl("search.html"));
    await ready(page);
    const ask = (query) => page.evaluate(async (text) => {
      const found = await window.controlbook.search(text);
      return { count: found.hits.length, tally: window.controlbook.tally(found, text), instead: found.instead };
    }, query);
    const loose = await ask("right to be forgotten");
    const quoted = await ask("“right to be forgotten”");
    assert.ok(quoted.count >= 1 && quoted.count < loose.count, `${quoted.count} of ${loose.count}`);
    assert.equal((await ask("“forgotten be to right”")).count, 0);
    const typo = await ask("encription");
    assert.deepEqual(typo.instead, [["encription", ["encryption"]]]);
    assert.match(typo.tally, /“encription” does not occur; shown is “encryption”\./);
    assert.match((await ask("zzzzqqq")).tally, /^Nothing found/);
    await page.fill("#q", "<img src=x onerror=alert(1)>");
    await page.waitForFunction(() => document.querySelector("[data-tally]").textContent.includes("<img src=x"));
    assert.equal(await page.locator("main img").count(), 0, "the query is shown as text");
  });
});

for (const [from, address] of [["a sub-path, under the policy", url], ["disk", fileUrl]]) {
  test(`from ${from}: the palette by keyboard alone`, async () => {
    await withPage(WIDE, async (page) => {
      const start = address("measures/HCS-09.html");
      const problems = watch(page, from === "disk" ? fileUrl(".") : new URL(start).origin);
      const loaded = [];
      page.on("request", (request) => { if (request.url().includes("/search/")) loaded.push(request.url()); });
      await page.goto(start);
      await page.waitForLoadState("load");
      assert.equal(loaded.length, 0, "the index is loaded on a page that is not searched");
      await page.keyboard.press("Control+k");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "palette-q");
      await page.keyboard.type("art 32 1 b");
      await page.waitForSelector(".palette li a");
      assert.match(await page.textContent("#palette-n"), /^1 result/);
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.evaluate(() => document.activeElement?.querySelector(".id")?.textContent), "Art. 32(1)(b)");
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "palette-q");
      await page.keyboard.press("Escape");
      assert.equal(await page.evaluate(() => document.querySelector("dialog")?.open), false);
      await page.keyboard.press("Control+k");
      await page.keyboard.press("Control+a");
      await page.keyboard.type("ckm03.1");
      await page.keyboard.press("Enter");
      await page.waitForURL(/frameworks\/eucs\/CKM-03\.html#CKM-03\.1$/);
      expectNone(problems, `palette from ${from}`);
    });
  });

  test(`from ${from}: the search page keeps query and filters in the address`, async () => {
    await withPage(WIDE, async (page) => {
      const problems = watch(page, from === "disk" ? fileUrl(".") : new URL(address("search.html")).origin);
      await page.goto(address("search.html"));
      await page.locator("#q").focus();
      await page.keyboard.type("encryption keys");
      await page.waitForSelector("[data-hits] li mark");
      const all = Number((await page.textContent("[data-tally]")).match(/^[\d,]+/)[0].replace(",", ""));
      const box = page.locator("[data-narrow] label", { hasText: /^ *Practice/ });
      const count = Number(await box.locator(".n").textContent());
      await box.locator("input").focus();
      await page.keyboard.press("Space");
      await page.waitForFunction((n) => document.querySelector("[data-tally]").textContent.startsWith(n + " result"), count);
      assert.ok(count < all);
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("value")), "practice", "the focus stays on the filter");
      assert.match(page.url(), /search\.html\?q=encryption\+keys&type=practice$/);
      const kinds = await page.locator("[data-hits] .kind").evaluateAll((all) => [...new Set(all.map((it) => it.firstChild.textContent))]);
      assert.deepEqual(kinds, ["Practice"]);
      const sent = page.url();
      await page.waitForLoadState("networkidle");
      await page.goto("about:blank");
      await page.goto(sent);
      await page.waitForFunction((n) => document.querySelector("[data-tally]").textContent.startsWith(n + " result"), count);
      assert.equal(await page.inputValue("#q"), "encryption keys");
      await page.locator("[data-narrow] button[type=reset]").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction((n) => document.querySelector("[data-tally]").textContent.replace(",", "").startsWith(n + " result"), all);
      expectNone(problems, `search page from ${from}`);
    });
  });
}

test("filters: each count is what choosing the value leaves", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(fileUrl("search.html"));
    await ready(page);
    const wrong = await page.evaluate(async () => {
      const out = [];
      for (const base of [{}, { type: ["practice", "measure"] }, { type: ["eucs-requirement"], level: ["eucs-basic"] }]) {
        const found = await window.controlbook.search("access", base);
        for (const [at, value] of found.index.values.entries()) {
          const others = { ...base, [value.group]: [value.name] };
          const then = await window.controlbook.search("access", others);
          if (then.hits.length !== found.counts[at]) out.push(`${JSON.stringify(others)}: ${then.hits.length}, counted ${found.counts[at]}`);
        }
      }
      return out;
    });
    expectNone(wrong, "counts");
  });
});

test("the box on the home page leads to the search page", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url("index.html"));
    await page.fill("form[data-find] input", "who deletes the data?");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\.html\?q=who%20deletes%20the%20data%3F$/);
    await page.waitForSelector("[data-hits] li a");
    assert.equal(await page.inputValue("#q"), "who deletes the data?");
  });
});

test("more results follow on demand, and the focus goes to the first of them", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url("search.html") + "?q=data");
    await page.waitForSelector("[data-hits] li:nth-child(20)");
    await page.locator("[data-more] button").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-hits] li:nth-child(40)");
    await page.waitForFunction(() => document.activeElement?.closest("li") === document.querySelector("[data-hits] li:nth-child(21)"));
  });
});

test("without scripts the search page leads to the indexes", async () => {
  await withPage({ ...WIDE, javaScriptEnabled: false }, async (page) => {
    await page.goto(url("search.html"));
    assert.ok(await page.locator(".no-js a", { hasText: "Measures" }).isVisible());
    assert.equal(await page.locator("form[data-find]").isVisible(), false);
    await page.goto(url("index.html"));
    await page.click("a[data-palette]");
    await page.waitForURL(/search\.html$/);
  });
});

for (const query of ["backup", "encryption at rest", "who deletes the data at the end", "encription", "ops 12.3"]) {
  test(`“${query}” as the first query loads at most ${FIRST / KB} KB`, async (t) => {
    await withPage(WIDE, async (page) => {
      const loaded = new Set();
      page.on("request", (request) => { if (request.url().includes("/search/")) loaded.add(new URL(request.url()).pathname.replace(/^.*\/search\//, "")); });
      await page.goto(url("index.html"));
      await page.keyboard.press("Control+k");
      await page.locator("#palette-q").fill(query);
      await page.waitForSelector(".palette li a");
      const size = [...loaded].reduce((sum, name) => sum + gzipSync(readFileSync(path.join(folder, "search", name)), { level: 6 }).length, 0);
      t.diagnostic(`${loaded.size} files, ${size} bytes compressed`);
      assert.ok(loaded.size > 1 && size <= FIRST, `${size} bytes in ${[...loaded].join(", ")}`);
    });
  });
}
