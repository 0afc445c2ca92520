// Heard as lists, as a screen reader gives them, every page makes sense: headings, landmarks, links, tables, controls, pictures.
//
// All pages are read, as markup without style or script, in one document of a browser.

import { after, before, test } from "node:test";
import { allPages, byProblem, expectNone, launch, text } from "./site.mjs";

let browser;
let page;
before(async () => {
  browser = await launch();
  page = await browser.newPage();
  await page.evaluate(sounds);
});
after(async () => { await browser?.close(); });

/** In the browser: `window.unsound(html)` lists what does not make sense when it is heard alone. */
function sounds() {
  const MEANINGLESS = /^(here|click here|more|read more|link|this|this page|details|see|go|continue|next|previous|page)$/i;
  const flat = (words) => words.replace(/\s+/g, " ").trim();
  /** The words of an element without what is hidden from a screen reader. */
  const words = (element) => {
    const copy = element.cloneNode(true);
    for (const hidden of copy.querySelectorAll("[aria-hidden=true], [hidden], script, style")) hidden.remove();
    for (const image of copy.querySelectorAll("img")) image.replaceWith(image.alt);
    return flat(copy.textContent);
  };
  const named = (root, element) => {
    const ids = element.getAttribute("aria-labelledby");
    if (ids) return flat(ids.split(" ").map((id) => root.getElementById(id)?.textContent ?? "").join(" "));
    return flat(element.getAttribute("aria-label") ?? "") || words(element) || flat(element.getAttribute("title") ?? "");
  };
  const label = (element) => element.outerHTML.slice(0, 110);

  const headings = (root) => {
    const all = [...root.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const findings = all.filter((it) => !words(it)).map((it) => `an empty heading: ${label(it)}`);
    if (root.querySelectorAll("h1").length !== 1) findings.push(`${root.querySelectorAll("h1").length} headings of level 1`);
    let above = 0;
    for (const it of root.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")) {
      const level = Number(it.localName[1]);
      if (level > above + 1) findings.push(`a heading of level ${level} under one of level ${above}: ${words(it)}`);
      above = level;
    }
    return findings;
  };

  const landmarks = (root) => {
    const findings = [];
    for (const selector of ["nav", "aside", "form", "[role=region]", "[role=search]", "dialog"]) {
      const all = [...root.querySelectorAll(selector)];
      const explicit = (it) => it.hasAttribute("aria-label") || it.hasAttribute("aria-labelledby");
      const names = all.filter(explicit).map((it) => named(root, it));
      if (all.length > 1 && selector !== "form") findings.push(...all.filter((it) => !explicit(it)).map((it) => `one of ${all.length} ${selector} without a name: ${label(it)}`));
      if (selector === "[role=region]" || selector === "nav") findings.push(...all.filter((it) => explicit(it) && !named(root, it)).map((it) => `an empty name: ${label(it)}`));
      findings.push(...names.filter((it, at) => names.indexOf(it) !== at).map((it) => `two ${selector} of the name “${it}”`));
    }
    if (root.querySelectorAll("main").length !== 1) findings.push("not one main");
    return findings;
  };

  const links = (root, base) => {
    const findings = [];
    const targets = new Map();
    for (const it of root.querySelectorAll("a[href]")) {
      const name = named(root, it);
      if (!name) findings.push(`a link without a name: ${label(it)}`);
      else if (MEANINGLESS.test(name)) findings.push(`a link that says nothing alone: ${label(it)}`);
      else if (/^[\d\s.,%–-]+$/.test(name)) findings.push(`a link that is a bare number: ${label(it)}`);
      const target = new URL(it.getAttribute("href"), base).href;
      // A list of ways has a name of its own, and a term leads to the glossary wherever it stands.
      if (it.closest("main") && !it.closest("nav") && !it.matches(".term")) targets.set(name, (targets.get(name) ?? new Set()).add(target));
    }
    for (const [name, to] of targets) if (to.size > 1) findings.push(`“${name}” leads to ${to.size} places: ${[...to].slice(0, 3).map((it) => it.replace("http://site/", "")).join(", ")}`);
    return findings;
  };

  const tables = (root) => [...root.querySelectorAll("table")].flatMap((table) => {
    const findings = [...table.querySelectorAll("th")].filter((it) => !it.scope).map((it) => `a head without a scope: ${label(it)}`);
    const empty = [...table.querySelectorAll("th")].filter((it) => !words(it) && !it.hasAttribute("aria-label"));
    findings.push(...empty.map((it) => `an empty head: ${label(it)}`));
    if (!table.querySelector("th")) findings.push(`a table without heads: ${label(table)}`);
    const name = table.caption ? words(table.caption) : table.closest("[role=region], [role=group]")?.getAttribute("aria-label");
    if (!name) findings.push(`a table without a name: ${label(table)}`);
    return findings;
  });

  const pictures = (root) => [...root.querySelectorAll("svg, img")].filter((it) => {
    if (it.closest("[aria-hidden=true]")) return false;
    if (it.localName === "img") return !it.hasAttribute("alt");
    return !(it.getAttribute("role") && (it.hasAttribute("aria-label") || it.hasAttribute("aria-labelledby") || it.querySelector("title")));
  }).map((it) => `a picture that is neither named nor hidden: ${label(it)}`);

  const controls = (root) => [...root.querySelectorAll("input:not([type=hidden]), select, textarea, button, summary")].filter((it) => {
    if (["BUTTON", "SUMMARY"].includes(it.tagName)) return !named(root, it);
    return !(it.getAttribute("aria-label") || it.getAttribute("aria-labelledby") || [...(it.labels ?? [])].some((one) => words(one)));
  }).map((it) => `a control without a name: ${label(it)}`);

  window.unsound = (html, path) => {
    const root = new DOMParser().parseFromString(html, "text/html");
    const ids = [...root.querySelectorAll("[id]")].map((it) => it.id);
    const twice = ids.filter((it, at) => ids.indexOf(it) !== at).map((it) => `two elements with the id ${it}`);
    return [...headings(root), ...landmarks(root), ...links(root, `http://site/${path}`), ...tables(root), ...pictures(root), ...controls(root), ...twice];
  };
}

test(`${allPages.length} pages make sense when they are heard`, async () => {
  const findings = [];
  for (const name of allPages) {
    const problems = await page.evaluate(([html, path]) => window.unsound(html, path), [text(name), name]);
    // The whole catalogue as one document has every page's parts, each under the heading of its chapter: names come again.
    const again = (/** @type {string} */ it) => name === "print.html" && /^two aside|” leads to /.test(it);
    findings.push(...problems.filter((it) => !again(it)).map((problem) => [name, problem]));
  }
  const many = byProblem(findings).map((line) => (line.length > 300 ? `${line.slice(0, 300)} …` : line));
  expectNone(many, "heard alone");
});
