// Search: the first result is the right one, by keyboard alone, from a sub-path and from disk, and within its budget.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { expectNone, fileUrl, folder, stage, watch } from "./site.mjs";

const { url, withPage } = stage();
const WIDE = { viewport: { width: 1440, height: 900 } };
const listed = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
/**
 * Sets of queries, written by people who knew neither the ranking nor the other sets, and the share of words that must be right. The ranking
 * was tuned with the first two; the third was put away until it was done, and is not to be tuned with.
 */
const SETS = [["queries.json", 0.95], ["words.json", 0.88], ["unseen.json", 0.9]];
const KB = 1024;
/** What may be loaded before the first answer, compressed. */
const FIRST = 60 * KB;
/** How many requests a query makes beside those of any other page, and how far what stands there may move. */
const REQUESTS = 14;
const SHIFT = 0.05;

const ready = (page) => page.waitForFunction(() => window.controlbook?.search);
const pageOf = (address) => address.split("#")[0];

for (const [file, share] of SETS) {
  const queries = listed(file);
  test(`of ${queries.length} queries of ${file}, at least ${share * 100} % have the expected page first, and every identifier has`, async (t) => {
    await withPage(WIDE, async (page) => {
      const base = fileUrl(".") + "/";
      await page.goto(fileUrl("search.html"));
      await ready(page);
      const firsts = await page.evaluate(async (queries) => {
        const out = [];
        for (const { query } of queries) {
          const results = await window.controlbook.search(query);
          const href = async (records) => (await window.controlbook.rows(results, records)).map((it) => it.href);
          out.push({ hit: (await href(results.hits.slice(0, 1)))[0] ?? "", terms: await href(results.answers) });
        }
        return out;
      }, queries);
      const inside = (href) => decodeURI(href.slice(base.length));
      const wrong = queries.map((it, at) => ({ ...it, actual: inside(firsts[at].hit), terms: firsts[at].terms.map(inside) })).filter(({ kind, first, actual, terms }) => {
        const wanted = [first].flat();
        // A term stands above the results, not among them.
        return kind === "identifier" ? !wanted.includes(actual) : !wanted.map(pageOf).includes(pageOf(actual)) && !terms.some((it) => wanted.includes(it) || wanted.includes(pageOf(it)));
      });
      const words = wrong.map(({ kind, query, first, actual }) => `${kind ?? "words"} “${query}”: ${actual || "nothing"} instead of ${first}`);
      t.diagnostic(`${queries.length - wrong.length} of ${queries.length} right`);
      for (const line of words) t.diagnostic(line);
      expectNone(words.filter((it) => it.startsWith("identifier")), "identifiers");
      assert.ok(queries.length - wrong.length >= share * queries.length, words.join("\n"));
    });
  });
}

test("a text is cut into the words that the index has of it", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(fileUrl("search.html"));
    await ready(page);
    const table = listed("../fixtures/words.json");
    const segments = await page.evaluate(async (texts) => {
      const index = await window.controlbook.query.manifest();
      return texts.map((text) => index.segment(text).map(({ word }) => word));
    }, table.map((it) => it.text));
    for (const [i, { text, words }] of table.entries()) assert.deepEqual(segments[i], words, text);
  });
});

for (const viewport of [{ width: 1440, height: 900 }, { width: 412, height: 823 }]) for (const query of ["encryption", "key rotation", "ransomware", "OPS-12.3", "DPIA"]) {
  test(`“${query}” at ${viewport.width} px makes at most ${REQUESTS} requests more than another page, and nothing moves`, async (t) => {
    await withPage({ viewport }, async (page) => {
      const requests = [];
      // A browser asks for the icon when it likes.
      page.on("request", (request) => { if (!request.url().endsWith("/favicon.svg")) requests.push(request.url()); });
      await page.goto(url("glossary.html"), { waitUntil: "networkidle" });
      const other = requests.splice(0).length;
      await page.addInitScript(() => {
        window.moved = 0;
        new PerformanceObserver((list) => { for (const it of list.getEntries()) window.moved += it.value; }).observe({ type: "layout-shift", buffered: true });
      });
      // As slow as a phone, so that what comes late is seen to come.
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 60, downloadThroughput: 200 * KB, uploadThroughput: 100 * KB });
      await page.goto(url("search.html") + "?q=" + encodeURIComponent(query), { waitUntil: "networkidle" });
      await page.waitForSelector("[data-hits] li .excerpt:not(:empty)");
      const moved = await page.evaluate(() => window.moved);
      t.diagnostic(`${requests.length} requests, ${other} of another page; moved by ${moved.toFixed(3)}`);
      assert.ok(requests.length <= other + REQUESTS, requests.join("\n"));
      assert.ok(moved < SHIFT, `moved by ${moved}`);
    });
  });
}

test("a quotation is found word for word, and a misspelt word is said", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(fileUrl("search.html"));
    await ready(page);
    const ask = (query) => page.evaluate(async (text) => {
      const results = await window.controlbook.search(text);
      return { count: results.hits.length, tally: window.controlbook.tally(results, text), instead: results.instead };
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
        const results = await window.controlbook.search("access", base);
        for (const [at, value] of results.index.values.entries()) {
          const others = { ...base, [value.group]: [value.name] };
          const then = await window.controlbook.search("access", others);
          if (then.hits.length !== results.counts[at]) out.push(`${JSON.stringify(others)}: ${then.hits.length}, counted ${results.counts[at]}`);
        }
      }
      return out;
    });
    expectNone(wrong, "counts");
  });
});

test("filters: levels add up, as what is asked for at one is asked for at those above", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(fileUrl("search.html"));
    await ready(page);
    const reached = (level) => page.evaluate(async (level) => (await window.controlbook.search("access", { type: ["eucs-requirement"], level: [`eucs-${level}`] })).hits, level);
    const [basic, substantial, high] = [await reached("basic"), await reached("substantial"), await reached("high")];
    assert.ok(basic.length > 0 && basic.length < substantial.length && substantial.length < high.length);
    for (const it of basic) assert.ok(substantial.includes(it), `record ${it}`);
    for (const it of substantial) assert.ok(high.includes(it), `record ${it}`);
    await page.goto(fileUrl("search.html") + "?q=access&level=eucs-substantial");
    await page.waitForSelector("[data-hits] li mark");
    const lines = await page.locator("[data-hits] .kind").allTextContents();
    const levels = lines.map((it) => it.match(/Basic|Substantial|High/g) ?? []);
    assert.ok(levels.every((it) => it.length === 1 && it[0] !== "High"), `a result shows its lowest level: ${lines.join("; ")}`);
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
    await page.waitForSelector("[data-hits] li:nth-child(8)");
    await page.locator("[data-more] button").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-hits] li:nth-child(28)");
    await page.waitForFunction(() => document.activeElement?.closest("li") === document.querySelector("[data-hits] li:nth-child(9)"));
    await page.waitForSelector("[data-hits] li:nth-child(9) .excerpt:not(:empty)");
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
