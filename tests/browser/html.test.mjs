// The Nu HTML checker finds no error. It reads a page of every kind, the document of all, and each fourth of the others; with FULL all.
// With them go pages of a fork that has a logo and a template of its own.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildFork } from "./fork.mjs";
import { allPages, expectNone, folder, pages } from "./site.mjs";

const CHECKER = path.join(path.dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

const read = allPages.filter((name, at) => process.env.FULL || at % 4 === 0 || name === "print.html" || pages.includes(name));

test(`the Nu HTML checker finds no error on ${read.length} pages`, () => {
  const fork = buildFork();
  const run = spawnSync(
    "java",
    ["-jar", CHECKER, "--errors-only", "--format", "json", "--stdout", "--also-check-svg", ...read.map((name) => path.join(folder, name)), path.join(folder, "assets/favicon.svg"), path.join(fork, "index.html"), path.join(fork, "measures/HMH-02.html")],
    { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  rmSync(fork, { recursive: true, force: true });
  if (run.error?.code === "ENOENT") throw new Error("java is missing: install the package default-jre-headless");
  if (run.error) throw run.error;
  if (!run.stdout.startsWith("{")) throw new Error(`the checker did not run: ${run.stderr || run.stdout}`);

  const places = new Map();
  for (const { url, lastLine, message, extract } of JSON.parse(run.stdout).messages) {
    const page = url ? path.relative(folder, fileURLToPath(url)) : "";
    const place = `${page}:${lastLine ?? 1} ${(extract ?? "").replace(/\s+/g, " ").slice(0, 120)}`;
    places.set(message, [...(places.get(message) ?? []), place]);
  }
  const problems = [...places].map(([message, found]) => `${message}\n    ${found.length} times: ${found.slice(0, 3).join("\n    ")}`);
  expectNone(problems, "HTML errors");
});
