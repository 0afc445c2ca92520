// The search box takes an identifier apart as prose and the index do: one table of spellings for all three.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";

const root = path.join(import.meta.dirname, "../..");
const table = JSON.parse(readFileSync(path.join(root, "tests/fixtures/spellings.json"), "utf8"));

test("spellings of one identifier have the same parts", () => {
  const window = { controlbook: {} };
  const document = { currentScript: { src: "file:///assets/search.js" } };
  vm.runInNewContext(readFileSync(path.join(root, "theme/js/search.js"), "utf8"), { window, document, URL });
  const { idParts } = window.controlbook.index;
  assert.ok(table.length > 10);
  for (const [key, spellings] of table) for (const it of spellings) assert.equal(idParts(it).join("."), key, it);
});
