// Measures the preview in a real browser: the time from a save until the change is on the screen.
//   BIN=target/release/controlbook node benches/preview.mjs BOOK [ROUNDS]
// It edits a copy of the book. The page reads the time in the frame after the change; browser and script share the clock.

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launch } from "../tests/browser/browser.mjs";
import { preview } from "../tests/browser/preview.mjs";

const [book, rounds = "20"] = process.argv.slice(2);
if (!book) {
  console.log("usage: BIN=target/release/controlbook node benches/preview.mjs BOOK [ROUNDS]");
  process.exit(2);
}
const folder = mkdtempSync(path.join(tmpdir(), "controlbook-"));
for (const name of ["book.toml", "content", "theme"]) {
  if (existsSync(path.join(book, name))) cpSync(path.join(book, name), path.join(folder, name), { recursive: true });
}
const now = () => performance.timeOrigin + performance.now();
const read = (file) => readFileSync(path.join(folder, file), "utf8");
const list = (under) => (existsSync(path.join(folder, under)) ? readdirSync(path.join(folder, under)) : []);
const served = await preview(folder);
const browser = await launch();

/** The state of the preview for a page. */
const state = async (page) => (await fetch(`${served.origin}/__preview/state?page=${encodeURIComponent(page)}`)).json();

/** A measure with prose and mappings, and its files. */
const yamls = list("content/measures").filter((it) => it.endsWith(".yaml") && it !== "groups.yaml");
const measure = yamls[Math.floor(yamls.length / 2)].replace(".yaml", "");
const measurePage = `measures/${measure}.html`;
const set = list("content/mappings").find((it) => existsSync(path.join(folder, `content/mappings/${it}/${measure}.yaml`)));

/** A file of a framework's nodes, and the page of the first one. */
async function frameworkFile() {
  for (const framework of list("content/frameworks")) {
    for (const file of list(`content/frameworks/${framework}`).filter((it) => it.endsWith(".yaml") && it !== "framework.yaml")) {
      const source = `content/frameworks/${framework}/${file}`;
      const id = read(source).match(/^id: "?([^"\n]+)"?$/m)?.[1];
      const page = `frameworks/${framework}/${id}.html`;
      if ((await state(page)).page?.files.some((it) => it.path === source) && /^title: /m.test(read(source))) return { source, page };
    }
  }
  return undefined;
}

const framework = await frameworkFile();
const template = "theme/templates/measure.html";
const builtIn = readFileSync(path.join(import.meta.dirname, "..", template), "utf8");

/** An edit: its name, the page that shows it, the file and its text, and a function that puts a word into the text. */
const edit = (name, page, file, change, text = read(file)) => ({ name, page, file, change, text });
const retitle = (text, word) => text.replace(/^title: "?/m, `$&${word} `);
const edits = [
  edit("guidance", measurePage, `content/measures/${measure}.md`, (text, word) => `${text}\n\n${word}\n`),
  edit("measure", measurePage, `content/measures/${measure}.yaml`, retitle),
  set && edit("mapping", measurePage, `content/mappings/${set}/${measure}.yaml`, (text, word) => text.replace(/because: "?/, `$&${word} `)),
  framework && edit("framework", framework.page, framework.source, retitle),
  edit("template", measurePage, template, (text, word) => text.replace("{% block body %}", `{% block body %}<p>${word}</p>`), builtIn),
  edit("style sheet", measurePage, "theme/css/zz.css", (text, word) => `${text}:root {--word: ${word}}\n`, ""),
].filter(Boolean);

/** Runs in the page: resolves with the time at which a word is on the screen. */
const seenAt = (word) => new Promise((resolve) => {
  const main = document.querySelector("main");
  const isShown = () => main.textContent.includes(word) || getComputedStyle(document.documentElement).getPropertyValue("--word").trim() === word;
  const check = () => {
    // The next frame begins when this one has been drawn.
    if (isShown()) requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    else requestAnimationFrame(check);
  };
  check();
});

function save(file, text) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
console.log(`${yamls.length} measures; save to screen in ms, ${rounds} rounds`);
console.log("file | median | 95th percentile | least | most");
for (const { name, page: route, file, text, change } of edits) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${served.origin}/${route}`);
  await page.waitForFunction(() => document.querySelector("controlbook-preview"));
  const times = [];
  for (let round = 0; round <= Number(rounds); round += 1) {
    const word = `w${name.length}x${round}x${Math.floor(now())}`;
    const shown = page.evaluate(seenAt, word);
    await sleep(150 + Math.random() * 100);
    const began = now();
    save(file, change(text, word));
    const took = (await shown) - began;
    // The first round warms up.
    if (round > 0) times.push(took);
  }
  save(file, text);
  await sleep(400);
  await page.close();
  times.sort((a, b) => a - b);
  console.log([name, quantile(times, 0.5), quantile(times, 0.95), times[0], times.at(-1)].map((it) => (typeof it === "number" ? it.toFixed(0) : it)).join(" | "));
}
await browser.close();
await served.stop();
rmSync(folder, { recursive: true, force: true });
