// The preview in a real browser: a save is seen in place, a mistake where it stands, and the way back when it is mended.

import assert from "node:assert/strict";
import { readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { loadAxe, violations } from "./axe.mjs";
import { expectNone, launch, watch } from "./browser.mjs";
import { begin, preview } from "./preview.mjs";

const PROSE = "content/measures/ACME-01.md";
const YAML = "content/measures/ACME-01.yaml";
const MAPPING = "content/mappings/example/ACME-01.yaml";
const PAGE = "measures/ACME-01.html";
const LONG = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} stands here.`).join("\n\n");
const DETAILS = "<details id=\"fold\">\n<summary>More</summary>\n<p>Folded words.</p>\n</details>";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** More measures, so that their index has something to narrow. */
const MORE = Object.fromEntries([2, 3, 4, 5].flatMap((at) => [
  [`content/measures/ACME-0${at}.yaml`, `id: ACME-0${at}
title: Measure ${at}
summary: Made for the test.
group: recover
responsibility: ${at % 2 ? "provider" : "customer"}
kind: ${at < 4 ? "technical" : "organisational"}
phases: [${at < 4 ? "operate" : "plan"}]
practices:
  - { id: ACME-0${at}.1, text: Something is done., by: provider, evidence: A log. }
use-cases:
  web-shop: { relevance: ${at % 2 ? "essential" : "important"}, because: It is. }
`],
  [`content/measures/ACME-0${at}.md`, "## How\n\nWords.\n"],
]));

/** Runs `work` with a book of its own that is served, and a page of it; nothing may go wrong in the console. */
async function withBook(work, { page: name = PAGE, files = {}, options = {}, forgive = false } = {}) {
  const folder = begin({
    "book.toml": (text) => `${text}\n[preview]\neditor = "vscode://file/{path}:{line}:{column}"\n`.replace("[markdown]", "[markdown]\nraw-html = true"),
    [PROSE]: `## First\n\n${LONG}\n\n## Second\n\n${DETAILS}\n\n${LONG}\n\n## Third\n\nThe end, with [a link](../index.md).\n`,
    ...files,
  });
  const served = await preview(folder);
  let context;
  try {
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const problems = watch(page, served.origin);
    await open(page, served.url(name));
    await work({ page, served, context, folder, problems });
    // A page that is left takes its questions along.
    const left = /^request failed: [^ ]*\/__preview\/[^ ]* net::ERR_ABORTED$/;
    if (!forgive) expectNone(problems.filter((it) => !left.test(it)), "while the book was served");
  } finally {
    await context?.close();
    await served.close();
  }
}

/** Opens a page and waits until the preview has shown its first state. */
async function open(page, url) {
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector("controlbook-preview"));
  // What a load anew would take away.
  await page.evaluate(() => { window.isSame = true; });
}
const isSame = (page) => page.evaluate(() => window.isSame === true);
const text = (page, words) => page.waitForFunction((words) => document.querySelector("main").textContent.includes(words), words);
const panel = (page) => page.locator("controlbook-preview .panel");
const badge = (page) => page.locator("controlbook-preview .badge");
const quiet = (page) => page.waitForTimeout(400);

test("a save changes the page in place, and scroll position, focus, selection and folds stay", async () => {
  await withBook(async ({ page, served }) => {
    await page.click("#fold summary");
    await page.locator("main a", { hasText: "a link" }).focus();
    await page.evaluate(() => document.getElementById("third").scrollIntoView());
    const top = () => page.evaluate(() => Math.round(document.getElementById("third").getBoundingClientRect().top));
    const before = await top();
    served.change(PROSE, "Paragraph 7 stands here.", "Paragraph 7 is **changed**.\n\nAnd another one comes.");
    await text(page, "Paragraph 7 is changed.");
    assert.ok(await isSame(page), "the page was loaded anew");
    assert.ok(await page.evaluate(() => document.getElementById("fold").open), "the fold is closed");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "a link");
    const after = await top();
    assert.ok(Math.abs(after - before) <= 2, `it stood at ${before} and stands at ${after}`);
    assert.equal(await page.locator("main p", { hasText: "Paragraph" }).count(), 120);
    assert.equal(await page.locator("main strong").count(), 1);
    // The heading of the window, and a section that goes.
    served.change(YAML, "title: ", "title: Really ");
    await page.waitForFunction(() => document.title.includes("Really"));
    served.change(PROSE, "## Second", "## Middle");
    await page.waitForFunction(() => document.getElementById("middle") && !document.getElementById("second"));
    assert.equal(await page.locator(".toc a", { hasText: "Middle" }).count(), 1);
    assert.ok(await isSame(page));
  });
});

test("after any change the page is what it would be if it were loaded", async () => {
  await withBook(async ({ page, served, context }) => {
    const main = (of) => of.evaluate(() => {
      const copy = document.querySelector("main").cloneNode(true);
      copy.querySelectorAll(".preview-mark").forEach((it) => it.remove());
      return copy.outerHTML;
    });
    const paragraphs = LONG.split("\n\n");
    let seed = 5;
    const below = (end) => { seed = (seed * 48271) % 2147483647; return seed % end; };
    for (let round = 0; round < 12; round += 1) {
      const kept = paragraphs.filter(() => below(4) > 0);
      for (let at = 0; at < 5; at += 1) kept.splice(below(kept.length), 0, ["- one\n- two", "| a | b |\n|---|---|\n| c | d |", `### Part ${below(9)}`, "> Said.", `Words ${below(99)} and \`code\`.`][below(5)]);
      served.write(PROSE, `## First ${round}\n\n${kept.join("\n\n")}\n`);
      await text(page, `First ${round}`);
      const fresh = await context.newPage();
      await fresh.goto(served.url(PAGE), { waitUntil: "load" });
      assert.equal(await main(page), await main(fresh), `round ${round}`);
      await fresh.close();
    }
    assert.ok(await isSame(page));
  });
});

test("what is typed in a search box stays", async () => {
  await withBook(async ({ page, served }) => {
    await page.fill("#q", "encryp");
    await page.focus("#q");
    served.write("content/index.md", served.read("content/index.md").replace(/^summary: .*$/m, "summary: Another sentence."));
    await text(page, "Another sentence.");
    assert.equal(await page.inputValue("#q"), "encryp");
    assert.equal(await page.evaluate(() => document.activeElement.id), "q");
    assert.ok(await isSame(page));
  }, { page: "index.html" });
});

test("a list that a script narrows is right after a change, and stays narrowed", async () => {
  await withBook(async ({ page, served }) => {
    await page.fill("#fq", "back");
    await page.waitForFunction(() => location.search.includes("q=back"));
    served.change(YAML, "title: ", "title: Newly ");
    await text(page, "Newly");
    await page.waitForFunction(() => document.querySelector("controlbook-preview"));
    assert.equal(await page.inputValue("#fq"), "back");
    assert.match(page.url(), /q=back/);
    await page.fill("#fq", "newly");
    await page.waitForFunction(() => [...document.querySelectorAll("[data-f]")].some((it) => it.checkVisibility()));
  }, { page: "measures.html", files: MORE });
});

test("a page that a save does not change is left alone", async () => {
  await withBook(async ({ page, served }) => {
    await page.evaluate(() => {
      window.changes = 0;
      new MutationObserver((list) => { window.changes += list.length; }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    });
    const heard = page.evaluate(() => new Promise((resolve) => document.documentElement.addEventListener("preview", (event) => resolve(event.detail.at), { once: true })));
    served.change(PROSE, "Paragraph 7", "Paragraph seven");
    assert.equal(await heard, 3);
    assert.equal(await page.evaluate(() => window.changes), 0);
    assert.ok(await isSame(page));
  }, { page: "glossary.html" });
});

test("a style sheet is swapped without a load anew, and the page is never without", async () => {
  await withBook(async ({ page, served }) => {
    await page.evaluate(() => {
      window.bare = 0;
      const look = () => { if (!getComputedStyle(document.documentElement).getPropertyValue("--paper")) window.bare += 1; requestAnimationFrame(look); };
      look();
    });
    for (const colour of ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)"]) {
      served.write("theme/css/zz.css", `main h1 {color: ${colour}}\n`);
      await page.waitForFunction((colour) => getComputedStyle(document.querySelector("main h1")).color === colour, colour);
    }
    await quiet(page);
    assert.equal(await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet][href*='site.css']").length), 1);
    assert.equal(await page.evaluate(() => window.bare), 0);
    assert.ok(await isSame(page));
  });
});

test("a script that has changed is loaded with the page, which stays where it was", async () => {
  await withBook(async ({ page, served }) => {
    await page.click("#fold summary");
    await page.evaluate(() => window.scrollTo(0, 1500));
    served.write("theme/js/site.js", `${readFileSync(path.join(import.meta.dirname, "../../theme/js/site.js"), "utf8")}\nwindow.isNew = true;\n`);
    await page.waitForFunction(() => window.isNew && document.querySelector("controlbook-preview"));
    await page.waitForFunction(() => Math.abs(scrollY - 1500) < 3);
    assert.ok(await page.evaluate(() => document.getElementById("fold").open));
  });
});

test("a mistake is shown with its place and excerpt over the last good page, and goes when it is mended", async () => {
  await withBook(async ({ page, served, folder }) => {
    await page.locator("main a", { hasText: "a link" }).focus();
    served.change(MAPPING, "to: A-01.1", "to: A-01.9");
    await panel(page).waitFor();
    const words = await panel(page).innerText();
    const line = served.read(MAPPING).split("\n").findIndex((it) => it.includes("A-01.9")) + 1;
    assert.match(words, /1 error/);
    assert.match(words, /unknown-requirement/);
    assert.ok(words.includes(`${line} |     to: A-01.9`), words);
    assert.match(words, /\^\^\^\^/);
    assert.match(words, /help: `A-01` has `A-01.1`/);
    assert.equal(await panel(page).locator(".where a").getAttribute("href"), `vscode://file${folder}/${MAPPING}:${line}:9`);
    assert.match(await page.locator("main").innerText(), /A-01\.1/, "the last good page stays");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "a link", "focus was taken");
    assert.match(await page.locator("controlbook-preview [role=status]").textContent(), /1 error\. EXB has no requirement/);
    await check(page, "with an error");
    // Escape folds it, and it stays folded on other pages until there is another mistake.
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "hidden" });
    assert.equal(await badge(page).innerText(), "1 error");
    await open(page, served.url("glossary.html"));
    assert.ok(await panel(page).isHidden());
    await badge(page).click();
    await panel(page).waitFor();
    assert.equal(await badge(page).getAttribute("aria-expanded"), "true");
    await panel(page).locator("button").click();
    served.change(YAML, "responsibility: ", "responsibility: nobody-");
    await panel(page).waitFor();
    assert.match(await panel(page).innerText(), /error/);
    served.change(YAML, "responsibility: nobody-", "responsibility: ");
    served.change(MAPPING, "to: A-01.9", "to: A-01.1");
    await panel(page).waitFor({ state: "hidden" });
    await badge(page).waitFor({ state: "hidden" });
    assert.ok(await isSame(page));
  }, { options: { bypassCSP: true } });
});

test("a fix is applied from the keyboard, is said, and the page follows as after a save", async () => {
  await withBook(async ({ page, served }) => {
    served.change(MAPPING, "from: ACME-01.1", "from: acme 1.1");
    await panel(page).waitFor();
    const fix = panel(page).locator(".fix");
    assert.equal(await fix.locator("span").textContent(), "write “ACME-01.1” in place of “acme 1.1”.");
    const apply = fix.getByRole("button", { name: "Apply: write “ACME-01.1” in place of “acme 1.1”" });
    await check(page, "with a fix to apply");
    const heard = page.locator("controlbook-preview [role=status]");
    const said = heard.evaluate((it) => new Promise((resolve) => {
      new MutationObserver(() => { if (it.textContent.startsWith("Written in ")) resolve(it.textContent); }).observe(it, { childList: true, characterData: true, subtree: true });
    }));
    await panel(page).getByRole("button", { name: "Fold away" }).focus();
    for (let at = 0; at < 6 && !(await apply.evaluate((it) => it === it.getRootNode().activeElement)); at += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.match(await said, /^Written in content\/mappings\/example\/ACME-01\.yaml:5:11\.$/);
    await panel(page).waitFor({ state: "hidden" });
    assert.match(served.read(MAPPING), /from: ACME-01\.1\n/);
    const focus = await page.evaluate(() => document.querySelector("controlbook-preview").shadowRoot.activeElement?.textContent);
    assert.equal(focus, "Status", "the focus is not lost with the panel");
    assert.ok(await isSame(page));
  }, { options: { bypassCSP: true } });
});

test("a suggestion says so, and one that is out of date is not applied", async () => {
  await withBook(async ({ page, served }) => {
    served.change(PROSE, "../index.md", "../indx.md");
    await panel(page).waitFor();
    const fix = panel(page).locator(".fix");
    assert.match(await fix.locator("span").textContent(), /^write “.*index\.md” in place of “\.\.\/indx\.md”, if that was meant\.$/);
    // The state that the page shows is gone when it asks.
    await page.route("**/__preview/apply?*", (route) => route.continue({ url: route.request().url().replace(/at=\d+/, "at=1") }));
    await fix.getByRole("button").click();
    await page.waitForFunction(() => document.querySelector("controlbook-preview").shadowRoot.querySelector(".fix span").textContent === "The book has changed meanwhile: look at it again.");
    assert.match(served.read(PROSE), /indx\.md/);
  }, { forgive: true });
});

test("warnings are quiet", async () => {
  await withBook(async ({ page, served }) => {
    served.write("content/measures/notes.txt", "Nothing leads here.\n");
    await badge(page).waitFor();
    assert.equal(await badge(page).innerText(), "1 warning");
    assert.ok(await panel(page).isHidden());
    await badge(page).click();
    assert.match(await panel(page).innerText(), /nothing refers to this file/);
    await check(page, "with a warning");
  }, { options: { bypassCSP: true } });
});

test("mistakes in book.toml and in a template are shown, and so is one that only the asked page has", async () => {
  await withBook(async ({ page, served }) => {
    const toml = served.read("book.toml");
    served.write("book.toml", `${toml}\n[output.html\n`);
    await panel(page).waitFor();
    assert.match(await panel(page).innerText(), /book\.toml/);
    served.write("book.toml", toml);
    await panel(page).waitFor({ state: "hidden" });
    served.write("theme/templates/glossary.html", "{% extends \"layout.html\" %}{% block body %}{{ nonsense }}{% endblock body %}");
    await panel(page).waitFor();
    assert.match(await panel(page).innerText(), /theme\/templates\/glossary\.html/);
    assert.match(await page.locator("main").innerText(), /Paragraph 7/);
    served.write("theme/templates/glossary.html", "{% extends \"layout.html\" %}{% block body %}<h1>Mended</h1>{% endblock body %}");
    await panel(page).waitFor({ state: "hidden" });
    assert.ok(await isSame(page));
  });
});

test("a page whose route is gone says where it went", async () => {
  await withBook(async ({ page, served, folder }) => {
    const [from, to] = ["first", "second"].map((it) => path.join(folder, `content/guide/${it}.md`));
    const notice = page.locator("controlbook-preview .notice");
    renameSync(from, to);
    await notice.waitFor();
    assert.match(await notice.innerText(), /“The title” has another address now: guide\/second\.html/);
    assert.match(await page.locator("main").innerText(), /Its words/, "the last page stays");
    await notice.locator("a").click();
    await page.waitForURL(served.url("guide/second.html"));
    await text(page, "Its words");
    await page.waitForFunction(() => document.querySelector("controlbook-preview"));
    assert.ok(await notice.isHidden());
    rmSync(to);
    await notice.waitFor();
    assert.match(await notice.innerText(), /“The title” is gone/);
    served.write("content/guide/second.md", "---\ntitle: The title\nsummary: One.\n---\n\nOther words.\n");
    await text(page, "Other words");
    await notice.waitFor({ state: "hidden" });
  }, { page: "guide/first.html", files: { "content/guide/first.md": "---\ntitle: The title\nsummary: One.\n---\n\nIts words.\n" } });
});

test("a page is fresh again after the preview was started anew", async () => {
  await withBook(async ({ page, served, folder }) => {
    await served.stop();
    served.change(PROSE, "Paragraph 7 stands here.", "Paragraph 7 was written meanwhile.");
    await page.waitForTimeout(1500);
    const again = await preview(folder, served.port);
    try {
      assert.equal(again.port, served.port);
      await text(page, "was written meanwhile");
      assert.ok(await isSame(page));
      served.change(PROSE, "Paragraph 8 stands here.", "Paragraph 8 came after.");
      await text(page, "came after");
      assert.ok(await isSame(page));
    } finally {
      await again.stop();
    }
  }, { forgive: true });
});

test("many windows are all kept fresh, also when the one that listens is closed", async () => {
  await withBook(async ({ page, served, context }) => {
    const pages = [page];
    for (let at = 0; at < 11; at += 1) {
      const next = await context.newPage();
      await open(next, served.url(PAGE));
      pages.push(next);
    }
    served.change(PROSE, "Paragraph 7 stands here.", "Paragraph 7 is for all.");
    await Promise.all(pages.map((it) => text(it, "is for all")));
    await page.close();
    served.change(PROSE, "Paragraph 8 stands here.", "Paragraph 8 is for the others.");
    await Promise.all(pages.slice(1).map((it) => text(it, "is for the others")));
    for (const it of pages.slice(1)) assert.ok(await isSame(it));
  });
});

test("practices and mappings name their file and line, which open in the editor", async () => {
  await withBook(async ({ page, served, folder }) => {
    const lineOf = (file, words) => served.read(file).split("\n").findIndex((it) => it.includes(words)) + 1;
    const mark = (at) => page.locator(`${at} .preview-mark a`);
    const practice = mark("#ACME-01\\.1");
    assert.equal(await practice.innerText(), `${YAML}:${lineOf(YAML, "id: ACME-01.1")}`);
    assert.ok((await practice.getAttribute("href")).startsWith(`vscode://file${folder}/${YAML}:`));
    const mapping = page.locator("main tr", { has: page.locator("a", { hasText: "ACME-01.1" }) }).locator(".preview-mark a").first();
    assert.equal(await mapping.innerText(), `${MAPPING}:${lineOf(MAPPING, "to: A-01.1")}`);
    // They follow the lines, and can be hidden.
    served.write(YAML, `# A line more.\n${served.read(YAML)}`);
    await page.waitForFunction(([words]) => document.querySelector("#ACME-01\\.1 .preview-mark").textContent === words, [`${YAML}:${lineOf(YAML, "id: ACME-01.1")}`]);
    await page.locator("controlbook-preview button", { hasText: "Hide sources" }).click();
    assert.equal(await page.locator(".preview-mark").count(), 0);
    await page.locator("controlbook-preview button", { hasText: "Show sources" }).click();
    assert.ok(await page.locator(".preview-mark").count() >= 4);
    const edit = page.locator("controlbook-preview .edit a").first();
    assert.equal(await edit.getAttribute("href"), `vscode://file${folder}/${PROSE}:1:1`);
    await open(page, served.url("frameworks/example/A-01.html"));
    assert.ok((await page.locator("main tr .preview-mark").allInnerTexts()).includes(`${MAPPING}:${lineOf(MAPPING, "to: A-01.1")}`));
    await check(page, "with marks");
  }, { options: { bypassCSP: true } });
});

test("the status page keeps itself fresh", async () => {
  await withBook(async ({ page, served, folder }) => {
    await text(page, "has no errors and no warnings");
    rmSync(path.join(folder, PROSE));
    await text(page, "ACME-01 has no guidance");
    assert.ok(await isSame(page));
    await check(page, "the status page");
    served.write(PROSE, "## How\n\nWords.\n");
    await text(page, "has no errors and no warnings");
  }, { page: "__preview/status", options: { bypassCSP: true } });
});

test("nothing of the preview is printed, and the panel fits a narrow screen", async () => {
  await withBook(async ({ page, served }) => {
    served.change(MAPPING, "to: A-01.1", "to: A-01.9");
    await panel(page).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0);
    const box = await panel(page).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
    for (const scheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: scheme });
      await check(page, `narrow and ${scheme}`);
    }
    await page.emulateMedia({ media: "print" });
    assert.ok(await panel(page).isHidden());
    assert.ok(await page.locator(".preview-mark").first().isHidden());
  }, { options: { viewport: { width: 320, height: 700 }, bypassCSP: true } });
});

/** No rule of axe is broken on the page, the preview's parts among it. Its context passes over the policy, for the tool's sake. */
async function check(page, state) {
  await loadAxe(page);
  expectNone(await violations(page), state);
}
