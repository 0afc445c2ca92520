// Measures the search of a built site in a real browser: what a first query loads, and the time from a key press to the answer.
//   SITE=public node benches/search.mjs [QUERY …]
// Without queries it takes words from the index itself: a frequent and a rare one, two words, beginnings, a misspelt word.

import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { folder, launch, serve } from "../tests/browser/site.mjs";

const RUNS = 15;
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const [server, browser] = [await serve(), await launch()];

async function openPalette() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const files = new Set();
  page.on("request", (request) => { if (request.url().includes("/search/")) files.add(new URL(request.url()).pathname.replace(/^.*\/search\//, "")); });
  await page.goto(server.url("index.html"));
  await page.keyboard.press("Control+k");
  return { page, files };
}

const compressedSize = (files) => [...files].reduce((sum, name) => sum + gzipSync(readFileSync(path.join(folder, "search", name)), { level: 6 }).length, 0);

/** Enters a query at once, and returns the milliseconds until the list shows its answer. */
const timeQuery = (page, query) => page.evaluate((text) => new Promise((resolve) => {
  const box = document.getElementById("palette-q");
  const tally = document.getElementById("palette-n");
  const start = performance.now();
  new MutationObserver((_, observer) => { observer.disconnect(); resolve(performance.now() - start); }).observe(tally, { childList: true });
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}), query);

async function queriesFromIndex() {
  const { page } = await openPalette();
  await timeQuery(page, "measure");
  const words = await page.evaluate(async () => {
    const index = await window.controlbook.query.manifest();
    const words = [];
    for (const share of [0.2, 0.4, 0.6, 0.8]) {
      const [first] = index.words[Math.floor(index.words.length * share)];
      for (const shard of await window.controlbook.index.shardRange(index, first, first, 1)) for (const group of shard.groups.values()) words.push([group.forms[0], group.records.length]);
    }
    return words.filter(([word]) => /^[a-z]{5,}$/.test(word)).sort((a, b) => b[1] - a[1]).map(([word]) => word);
  });
  await page.close();
  const [frequent, next, rare] = [words[0], words[1], words.at(-1)];
  return [frequent, rare, `${frequent} ${next}`, `${frequent} ${next} ${words[2]} ${rare}`, frequent.slice(0, 2), frequent.slice(0, 3), `${rare.slice(0, 2)}q${rare.slice(3)}`, `"${frequent} ${next}"`];
}

const queries = process.argv.slice(2).length ? process.argv.slice(2) : await queriesFromIndex();
console.log("query | first: files | first: bytes, gzip | first: ms | then, median ms | hits");
for (const query of queries) {
  const { page, files } = await openPalette();
  const first = await timeQuery(page, query);
  const loaded = new Set(files);
  await page.waitForTimeout(300);
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    await timeQuery(page, "");
    times.push(await timeQuery(page, query));
  }
  const tally = await page.textContent("#palette-n");
  console.log([query, loaded.size, compressedSize(loaded), first.toFixed(1), median(times).toFixed(1), tally].join(" | "));
  await page.close();
}
await browser.close();
await server.close();
