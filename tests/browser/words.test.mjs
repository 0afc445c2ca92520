// Search by word in small books: signs, compounds, spellings, names of terms, keywords, an identifier's place; from disk.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { expectNone, launch, watch } from "./browser.mjs";
import { begin, program } from "./preview.mjs";

const page = (title, text, more = "") => `---\ntitle: ${title}\nsummary: What ${title.toLowerCase()} is about.\n${more}---\n${text}\n`;
const GUIDE = {
  "content/guide/signs.md": page("Signs", "Connections use TLS 1.3, scores are of CVSS v4.0, and build 10.4.2 is the last one. The client is written in C++, the tools in C# and .NET, tested as an A/B test, at 24/7. R&D pays for it, a Q&A explains it, as B2B trade. Hepatitis C is plan B."),
  "content/guide/open.md": page("Open", "A break glass account stands in the data centre, and the catalogue of the organisation is licensed."),
  "content/guide/shut.md": page("Shut", "The datacentre has an e-mail server and a single sign-on. Its colour is honoured in behaviour."),
  "content/guide/access.md": page("Doors", "Whoever enters uses multi-factor authentication at each door.", "keywords: [2FA, Zutrittskontrolle, contrôle d’accès]\n"),
  "content/guide/tokens.md": page("Tokens", "MFA is asked of whoever works from afar."),
  "content/glossary.yaml": (text) => `${text}- term: MFA\n  also: [multi-factor authentication, two-step sign-in]\n  text: A sign-in with two proofs of different kinds.\n`,
};

const books = [];
let browser;
async function book(files) {
  const folder = begin(files);
  books.push(folder);
  execFileSync(program, ["build", folder, "-d", path.join(folder, "site")], { stdio: "pipe" });
  return pathToFileURL(path.join(folder, "site")).href + "/";
}
let site;
before(async () => {
  browser = await launch();
  site = await book(GUIDE);
});
after(async () => {
  await browser?.close();
  for (const folder of books) rmSync(folder, { recursive: true, force: true });
});

/** Runs `work` with the search page of a site, from disk. */
async function withSearch(base, work, query = "") {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(15_000);
  const problems = watch(tab, base);
  try {
    await tab.goto(base + "search.html" + (query ? "?q=" + encodeURIComponent(query) : ""));
    await tab.waitForFunction(() => window.controlbook?.search);
    await work(tab);
    expectNone(problems, `search of ${base}`);
  } finally {
    await tab.close();
  }
}

/** The addresses that a query finds, without anchors, each once, best first; and the terms that it names. */
const ask = (tab, base, query) => tab.evaluate(async ([text, start]) => {
  const results = await window.controlbook.search(text);
  const pages = async (records) => (await window.controlbook.rows(results, records)).map((it) => it.href.slice(start.length).split("#")[0]);
  const terms = await window.controlbook.rows(results, results.answers);
  return { pages: [...new Set(await pages(results.hits))], terms: terms.map((it) => it.title), instead: results.instead };
}, [query, base]);

const FOUND = [
  ["signs", "TLS 1.3", "1.3", "CVSS 4.0", "v4.0", "10.4.2", "build 10.4.2", "C++", "C#", ".NET", "R&D", "Q&A", "B2B", "A/B test", "24/7", "hepatitis C", "plan B", "4"],
  ["open", "break glass", "break-glass", "breakglass", "data centre", "licence organization", "catalog", "data center"],
  ["shut", "datacentre", "data centre", "data-centre", "datacenter", "email", "e-mail", "signon", "sign on", "color", "honored behavior"],
  ["access", "2FA", "zutrittskontrolle", "controle d'acces"],
];
for (const [name, ...queries] of FOUND) for (const query of queries) {
  test(`“${query}” finds the page “${name}”`, () => withSearch(site, async (tab) => {
    const { pages, instead } = await ask(tab, site, query);
    assert.ok(pages.includes(`guide/${name}.html`), `${pages.join(", ") || "nothing"}`);
    assert.deepEqual(instead, [], "taken for misspelt");
  }));
}

test("what has no such sign or number is not found", () => withSearch(site, async (tab) => {
  for (const query of ["TLS 9.7.5", "C++ 1.3", "hepatitis X"]) {
    const { pages } = await ask(tab, site, query);
    assert.notEqual(pages[0], query.startsWith("C++") ? "guide/open.html" : "guide/signs-of-nothing.html");
  }
  assert.deepEqual((await ask(tab, site, "zzqq++")).pages, []);
  assert.ok(!(await ask(tab, site, "C#")).pages.includes("guide/open.html"));
}));

test("each name of a term leads to the pages that use another, never behind the term itself", () => withSearch(site, async (tab) => {
  for (const query of ["MFA", "multi-factor authentication", "multifactor authentication", "two-step sign-in"]) {
    const { pages, terms } = await ask(tab, site, query);
    assert.deepEqual(terms, ["MFA"], query);
    for (const name of ["access", "tokens"]) assert.ok(pages.indexOf(`guide/${name}.html`) >= 0 && pages.indexOf(`guide/${name}.html`) < pages.indexOf("glossary.html"), `${query}: ${pages}`);
  }
}));

test("who asks what a word means has the term first", () => withSearch(site, async (tab) => {
  for (const query of ["what is MFA?", "MFA meaning", "definition of multi-factor authentication", "difference between MFA and recovery point"]) {
    assert.equal((await ask(tab, site, query)).pages[0], "glossary.html", query);
  }
  assert.notEqual((await ask(tab, site, "MFA")).pages[0], "glossary.html");
}));

test("the term is shown above the results, and leads to the glossary", () => withSearch(site, async (tab) => {
  await tab.waitForSelector("[data-answer]:not([hidden]) a");
  assert.match(await tab.textContent("[data-answer]"), /^MFA A sign-in with two proofs/);
  const above = await tab.evaluate(() => document.querySelector("[data-answer]").getBoundingClientRect().bottom <= document.querySelector("[data-hits] li").getBoundingClientRect().top);
  assert.ok(above);
  await tab.fill("#q", "datacentre");
  await tab.waitForFunction(() => document.querySelector("[data-answer]").hidden);
  await tab.keyboard.press("Control+k");
  await tab.locator("#palette-q").fill("two-step sign-in");
  await tab.waitForSelector(".palette .answer a");
  await tab.click(".palette .answer a");
  await tab.waitForURL(/glossary\.html#mfa$/);
}, "MFA"));

test("an identifier that is sent leads to its place, and the way back does not lead there again", async () => {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(15_000);
  try {
    await tab.goto(site + "index.html");
    await tab.fill("form[data-find] input", "acme 1.1");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/measures\/ACME-01\.html#ACME-01\.1$/);
    await tab.goBack();
    await tab.waitForURL(/index\.html$/);
    await tab.goto(site + "search.html");
    await tab.fill("#q", "ACME-01.2");
    await tab.waitForSelector("[data-hits] li");
    assert.match(tab.url(), /search\.html\?q=ACME-01\.2$/, "typing leads nowhere");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/ACME-01\.html#ACME-01\.2$/);
    await tab.goBack();
    await tab.waitForSelector("[data-hits] li");
    assert.match(tab.url(), /search\.html\?q=ACME-01\.2$/);
    // Two places, a beginning, words: none of them is one place.
    for (const query of ["ACME", "a", "datacentre", "copies"]) {
      await tab.fill("#q", query);
      await tab.keyboard.press("Enter");
      await tab.waitForFunction((text) => document.querySelector("[data-tally]").textContent.includes(`“${text}”`), query);
      assert.match(tab.url(), /search\.html/, query);
    }
  } finally {
    await tab.close();
  }
});

test("keywords are shown on no page", async () => {
  const tab = await browser.newPage();
  await tab.goto(site + "guide/access.html");
  assert.ok(!(await tab.content()).includes("Zutrittskontrolle"));
  await tab.close();
});

test("a book without a glossary, in German, finds its words", async () => {
  const base = await book({
    "book.toml": (text) => text.replace(/language = ".*"/, 'language = "de"'),
    "content/glossary.yaml": "[]\n",
    "content/guide/about.md": page("Über", "Die Schlüssel liegen im Rechenzentrum; TLS 1.3 ist Pflicht, der Notfall-Zugang auch."),
  });
  await withSearch(base, async (tab) => {
    for (const query of ["schlussel", "Schlüssel", "Rechenzentren", "TLS 1.3", "notfallzugang", "Notfall Zugang"]) {
      assert.ok((await ask(tab, base, query)).pages.includes("guide/about.html"), query);
    }
  });
});
