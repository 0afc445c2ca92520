// The data page leads to files that are there, are what they say, and are saved under their name.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { expectNone, fileUrl, stage, tags, text, watch } from "./site.mjs";

const { url, withPage } = stage();
const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json", txt: "text/plain; charset=utf-8" };
const links = [...tags(text("data.html"))]
  .filter((tag) => tag.name === "a" && tag.attributes.href?.startsWith("data/"))
  .map((tag) => tag.attributes.href);

test("every file is served, with its own type", async () => {
  assert.equal(links.length, 9);
  const problems = [];
  await withPage({}, async (page) => {
    for (const link of links) {
      const answer = await page.request.get(url(link));
      const type = answer.headers()["content-type"];
      if (answer.status() !== 200) problems.push(`${link}: ${answer.status()}`);
      if (type !== TYPES[link.split(".").pop()]) problems.push(`${link}: ${type}`);
      if ((await answer.body()).length < 100) problems.push(`${link} is all but empty`);
    }
  });
  expectNone(problems, "files of data.html");
});

for (const javaScriptEnabled of [true, false]) {
  test(`each file is saved under its name, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    await withPage({ acceptDownloads: true, javaScriptEnabled }, async (page) => {
      const problems = watch(page, new URL(url("data.html")).origin);
      await page.goto(url("data.html"));
      for (const name of ["catalogue.json", "catalogue.schema.json", "measures.csv", "requirements.csv"]) {
        const saved = page.waitForEvent("download");
        await page.locator(`a[download][href="data/${name}"]`).click();
        const download = await saved;
        assert.equal(download.suggestedFilename(), name);
        assert.deepEqual(readFileSync(await download.path()), readFileSync(new URL(fileUrl(`data/${name}`))));
      }
      expectNone(problems, "data.html");
    });
  });
}

test("the script of the checklists makes a cell harmless as the data files do", () => {
  const script = readFileSync(new URL("../../theme/js/csv.js", import.meta.url), "utf8");
  const cell = new Function(`${script.match(/function cell\(text\) \{[\s\S]*?\n  \}/)[0]}\nreturn cell;`)();
  const examples = JSON.parse(readFileSync(new URL("../fixtures/cells.json", import.meta.url), "utf8"));
  assert.ok(examples.length > 40);
  for (const [text, wanted] of examples) {
    const quoted = /[",\r\n]/.test(wanted) ? `"${wanted.replaceAll('"', '""')}"` : wanted;
    assert.equal(cell(text), quoted);
  }
});

test("the tables are UTF-8 with a byte order mark, and a cell is no formula", () => {
  const problems = [];
  for (const link of links.filter((it) => it.endsWith(".csv"))) {
    const table = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(new URL(fileUrl(link))));
    if (!table.startsWith("\ufeff")) problems.push(`${link} has no byte order mark`);
    if (/(^|,|\n)"?[=+@\t-]/.test(table.slice(1).replace(/"[^"]*"/g, (cell) => cell.replace(/[,\n]/g, " ")))) problems.push(`${link} has a formula`);
  }
  expectNone(problems, "tables");
});
