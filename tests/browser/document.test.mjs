// What an auditor files: the PDF of a measure, a checklist, a framework, and of a whole catalogue as one document.
//
// The document is that of a small book; with FULL also that of SITE, which takes half a minute to print.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { begin, program } from "./preview.mjs";
import { expectNone, fileUrl, launch, overflow } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** The sheet and its margins of print.css, in points; a word may stand a hair over them. */
const SHEET = { width: 595, left: 48, right: 48, top: 51, foot: 780 };

let browser;
let book;
before(async () => {
  browser = await launch();
  book = begin();
  execFileSync(program, ["build", book], { stdio: "ignore" });
});
after(async () => {
  await browser?.close();
  if (book) rmSync(book, { recursive: true });
});
const document = () => pathToFileURL(path.join(book, "public/print.html")).href;

const poppler = (tool, ...given) => execFileSync(tool, given, { encoding: "utf8", maxBuffer: 1 << 28 });
const squeeze = (text) => text.replace(/[\s\u00ad]+/g, "");

/** Prints a page: what pdfinfo says, the text of each sheet, every word with its place, and what the page shows. */
async function print(url) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.emulateMedia({ media: "print" });
  const headings = await page.evaluate(() => [...window.document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")]
    .filter((it) => it.checkVisibility() && getComputedStyle(it).clipPath === "none")
    .map((it) => it.innerText));
  const bytes = await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true });
  await page.close();
  const file = path.join(book, "print.pdf");
  writeFileSync(file, bytes);
  const info = poppler("pdfinfo", file);
  const words = poppler("pdftotext", "-bbox", file, "-").matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)/g);
  return {
    headings,
    raw: bytes.toString("latin1"),
    tagged: /Tagged:\s+yes/.test(info),
    pages: Number(info.match(/Pages:\s+(\d+)/)[1]),
    sheets: poppler("pdftotext", "-layout", file, "-").split("\f").slice(0, -1),
    words: [...words].map(([, left, top, right, bottom, word]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, word })),
  };
}

/** What is wrong with any PDF of the site. */
function faults(pdf) {
  const findings = [];
  if (!pdf.tagged || !pdf.raw.includes("/StructTreeRoot")) findings.push("it is not tagged");
  if (!pdf.raw.includes("/Outlines")) findings.push("it has no outline");
  pdf.sheets.forEach((text, at) => {
    if (!text.includes(`${at + 1} of ${pdf.pages}`)) findings.push(`sheet ${at + 1} has no number`);
    if (text.trim().split("\n").length < 3) findings.push(`sheet ${at + 1} is empty`);
  });
  const all = squeeze(pdf.sheets.join(" "));
  findings.push(...pdf.headings.filter((it) => !all.includes(squeeze(it))).map((it) => `a heading is not printed: ${it}`));
  const off = pdf.words.filter(({ left, top, right, bottom }) =>
    left < SHEET.left - 1 || right > SHEET.width - SHEET.right + 1 || top < SHEET.top - 4 || (bottom > SHEET.foot + 5 && top < SHEET.foot - 1));
  findings.push(...off.slice(0, 5).map((it) => `cut off: ${it.word} at ${it.left}, ${it.top} to ${it.right}, ${it.bottom}`));
  for (const word of ["Skip to content", "Copy link", "On this page", "Suggest a change"]) {
    if (pdf.sheets.some((text) => text.includes(word))) findings.push(`chrome is printed: ${word}`);
  }
  return findings;
}

for (const [name, least, most, head] of [
  ["measures/HCS-09.html", 7, 11, /Requirement +Level +The practice is +Why/],
  ["checklists/ehr-provider.html", 6, 12, /Ask for/],
  ["frameworks/gdpr/art-32.html", 5, 14, /The measure is +Why/],
  ["frameworks/eucs.html", 3, 6, /Category by category/],
]) {
  test(`${name} is a PDF to file`, async () => {
    const pdf = await print(fileUrl(name));
    expectNone(faults(pdf), name);
    assert.ok(pdf.pages >= least && pdf.pages <= most, `${pdf.pages} pages`);
    const heads = pdf.sheets.filter((text) => head.test(text)).length;
    assert.ok(heads > (name.startsWith("measures/") ? 2 : 0), `the head stands on ${heads} sheets`);
  });
}

test("the document of a book is a PDF to file", async () => {
  const pdf = await print(document());
  expectNone(faults(pdf), "print.html");
  assert.ok(pdf.pages >= 8 && pdf.pages <= 30, `${pdf.pages} pages`);
  assert.match(pdf.sheets[0], /ACME controls catalogue[\s\S]*Edition[\s\S]*0\.1/, "the title page comes first");
  assert.match(pdf.sheets[1], /Contents[\s\S]*ACME-01[\s\S]*Glossary/, "then the contents");
  const begins = pdf.sheets.findIndex((text) => /^\s*2 +Measures: /.test(text));
  assert.ok(begins > 1, "a part begins a sheet");
});

test("the document of a book is read on a screen, by everyone", async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
  await page.goto(document());
  assert.equal(await page.evaluate(overflow, null), null);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(window.document, { resultTypes: ["violations"] }));
  expectNone(violations.map((it) => `${it.id}: ${it.nodes[0].html.slice(0, 150)}`), "axe");
  await page.locator(".contents a", { hasText: "ACME-01" }).click();
  const top = await page.evaluate(() => window.document.querySelector(":target").getBoundingClientRect().top);
  assert.ok(top >= 0 && top < 80, `the chapter stands at ${top}`);
  await page.close();
});

test("the document of the site is a PDF to file", { skip: !process.env.FULL && "only with FULL", timeout: 180_000 }, async () => {
  const pdf = await print(fileUrl("print.html"));
  expectNone(faults(pdf), "print.html");
  assert.ok(pdf.pages > 200 && pdf.pages < 450, `${pdf.pages} pages`);
});
