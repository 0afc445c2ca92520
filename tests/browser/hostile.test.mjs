// Words that would run where they are not escaped, in every field of every kind: with the policy switched off, none runs
// on any page, in the results of a search, in print or in the preview.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { expectNone, launch, watch } from "./browser.mjs";
import { PAYLOADS, build, writeHostile } from "./hostile.mjs";
import { preview } from "./preview.mjs";

/** What each page of a full catalogue is one of. */
const KINDS = [
  "index.html", "measures.html", "measures/M-1.html", "use-cases.html", "use-cases/u.html", "frameworks.html", "frameworks/f.html", "frameworks/f/A.html",
  "frameworks/f/A-1.html", "checklists.html", "checklists/u-customer.html", "matrix.html", "matrix/f.html", "matrix/f/A.html", "coverage.html", "coverage/f.html",
  "coverage/f/A.html", "coverage/f/level-low.html", "crosswalk.html", "crosswalk/f-g.html", "crosswalk/f-g/A.html", "provider/f.html", "provider/f-low.html",
  "guide.html", "guide/a.html", "guide/pictures.html", "glossary.html", "threats.html", "data.html", "accessibility.html", "search.html", "print.html", "404.html",
];
/** Fields that no page shows: other words to search by, of which the index holds the parts, and names that are never linked. */
const UNSEEN = /\.(keywords|instruments)$/;
const TYPES = { ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".xml": "application/xml", ".png": "image/png" };

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const filesOf = (site) => readdirSync(site, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
  .map((it) => path.relative(site, path.join(it.parentPath ?? it.path, it.name)).split(path.sep).join("/")).sort();

/** Serves a folder without any policy. */
async function serve(site) {
  const files = new Set(filesOf(site));
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://site").pathname).slice(1);
    response.setHeader("Content-Type", TYPES[path.extname(asked)] ?? "text/plain; charset=utf-8");
    // A browser asks for a mark of its own where it shows a file that is no page.
    response.statusCode = files.has(asked) ? 200 : asked === "favicon.ico" ? 204 : 404;
    response.end(files.has(asked) ? readFileSync(path.join(site, asked)) : "no such file");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

/** Runs `work` with a page on which the policy is off, and fails if anything ran there, was asked for elsewhere or went wrong. */
async function withOpen(origin, what, work) {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  const ran = [];
  await context.exposeFunction("pwned", (field) => { ran.push(field); });
  const page = await context.newPage();
  page.on("dialog", (dialog) => { ran.push(dialog.message()); dialog.dismiss(); });
  const problems = watch(page, origin);
  try {
    await work(page).catch((error) => problems.push(error.message));
  } finally {
    await context.close();
  }
  expectNone([...ran.map((it) => `ran: ${it}`), ...problems], what);
}

/** In the page: presses, opens and points at whatever can be, and says which attributes and addresses would run. */
async function stir() {
  window.print = () => {};
  // A form's answer is another page; links are judged by their addresses.
  window.addEventListener("submit", (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
  window.addEventListener("click", (event) => { if (event.target.closest?.("a[href]")) event.preventDefault(); }, true);
  for (const it of document.querySelectorAll("details")) it.open = true;
  for (const it of document.querySelectorAll("button, input[type=checkbox], input[type=radio], th [role=button]")) if (it.checkVisibility()) it.click();
  for (const it of document.querySelectorAll("select")) for (const { value } of it.options) { it.value = value; it.dispatchEvent(new Event("change", { bubbles: true })); }
  for (const it of document.querySelectorAll("input[type=search], input[type=text]")) { it.value = "hostile"; it.dispatchEvent(new Event("input", { bubbles: true })); }
  for (const it of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "pointerover"]) it.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
    it.focus?.();
  }
  await new Promise((resolve) => setTimeout(resolve, 30));
  return would();
}

/** In the page: attributes and addresses that would run. */
const WOULD = `function would() {
  const bad = [];
  for (const it of document.querySelectorAll("*")) for (const { name, value } of it.attributes) {
    const runs = /^[\\u0000-\\u0020]*(javascript|vbscript|data):/i.test(value.replace(/[\\t\\n\\r]/g, ""));
    if (name.startsWith("on") || name === "srcdoc" || (["href", "src", "action", "formaction", "xlink:href", "data"].includes(name) && runs && value !== "data:,")) bad.push(it.outerHTML.slice(0, 200));
  }
  return bad;
}`;

const open = async (page, address) => {
  await page.goto(address);
  await page.evaluate(`window.would = ${WOULD}`);
};

test("each payload would run where it is not escaped", async () => {
  for (const [name, payload] of Object.entries(PAYLOADS)) {
    const text = payload.replaceAll("N", "1");
    const contexts = [`<p>${text}</p>`, `<p title="${text}"></p>`, `<p title='${text}'></p>`, `<script>var a = "${text}";</script>`, `<script>var a = '${text}';</script>`, `<a id="a" href="${text.split('"')[0]}">x</a>`];
    const context = await browser.newContext({ bypassCSP: true });
    const ran = [];
    await context.exposeFunction("pwned", (field) => { ran.push(field); });
    const page = await context.newPage();
    for (const it of contexts) {
      await page.goto("about:blank");
      await page.setContent(`<!doctype html><title>x</title>${it}`);
      await page.evaluate(() => { for (const it of document.querySelectorAll("p, a")) { it.dispatchEvent(new MouseEvent("mouseover")); it.click?.(); } });
      await page.waitForTimeout(50);
    }
    await context.close();
    assert.ok(ran.length > 0, name);
  }
});

/** Opens every file of a site that a browser shows, on screen and in print. */
async function look(page, origin, files) {
  const bad = [];
  for (const file of files.filter((it) => /\.(html|svg|xml|json|txt)$/.test(it))) {
    const address = `${origin}/${file.split("/").map(encodeURIComponent).join("/")}`;
    if (!file.endsWith(".html")) {
      await page.goto(address);
      continue;
    }
    await open(page, address);
    const findings = [...await page.evaluate("would()"), ...await page.evaluate(stir)];
    await page.emulateMedia({ media: "print" });
    findings.push(...await page.evaluate("would()"));
    await page.emulateMedia({ media: null });
    bad.push(...findings.map((it) => `${file}: ${it}`));
  }
  expectNone(bad, "would run");
}

/** Searches for words of the fields, on the search page and in the palette. */
async function search(page, origin, { payload, count }) {
  const bad = [];
  const text = payload.replaceAll("N", "1");
  await open(page, `${origin}/search.html?q=hostile`);
  await page.locator("[data-hits] li .excerpt").first().waitFor();
  const more = page.locator("[data-more]");
  while (await more.isVisible()) await more.evaluate((it) => (it.querySelector("button") ?? it).click());
  const results = await page.locator("[data-hits] li").count();
  assert.ok(results >= 15, `${results} results`);
  bad.push(...await page.evaluate("would()"));
  for (let at = 0; at < count; at += 9) {
    await page.fill("form[data-find] input", `zq${at} pwned script`);
    await page.waitForTimeout(20);
    bad.push(...await page.evaluate("would()"));
  }
  await open(page, `${origin}/search.html?q=${encodeURIComponent(text)}`);
  await page.waitForTimeout(100);
  bad.push(...await page.evaluate(stir));
  await open(page, `${origin}/measures/M-1.html`);
  await page.keyboard.press("Control+k");
  for (const query of ["hostile", "zq1", "M-1", "A-1", text]) {
    await page.fill("#palette-q", query);
    await page.waitForTimeout(150);
    bad.push(...await page.evaluate("would()"));
    if (query === "hostile") await page.locator(".palette li a").first().waitFor();
  }
  expectNone(bad, "would run");
}

test("a template or a script that does not escape would be seen", async () => {
  const { folder, filled } = writeHostile(PAYLOADS["mark-up"]);
  const theme = (file) => readFileSync(path.join(import.meta.dirname, "../../theme", file), "utf8");
  const over = (file, from, to) => {
    assert.ok(theme(file).includes(from), `${file} has no ${from}`);
    mkdirSync(path.dirname(path.join(folder, "theme", file)), { recursive: true });
    writeFileSync(path.join(folder, "theme", file), theme(file).replace(from, to));
  };
  over("templates/threats.html", ">{{ it.title }}</{{ frame.h3 }}>", ">{{ it.title | safe }}</{{ frame.h3 }}>");
  over("js/find.js", "node.textContent = text;", "node.innerHTML = text;");
  let server;
  try {
    const site = build(folder);
    server = await serve(site);
    const { origin } = server;
    await assert.rejects(withOpen(origin, "pages", (page) => look(page, origin, ["threats.html"])), /ran: \d+/);
    await assert.rejects(withOpen(origin, "results", (page) => search(page, origin, { payload: PAYLOADS["mark-up"], count: filled.length })), /ran: \d+|would run/);
  } finally {
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

for (const [name, payload] of Object.entries(PAYLOADS)) {
  test(`no text of the payload “${name}” runs on any page, in any result, or in print`, async () => {
    const { folder, filled, unused } = writeHostile(payload);
    let server;
    try {
      assert.deepEqual(unused, [], "fields that the manual does not have");
      const site = build(folder);
      const files = filesOf(site);
      assert.deepEqual(KINDS.filter((it) => !files.includes(it)), [], "pages that are not made");
      const all = files.map((file) => readFileSync(path.join(site, file), "utf8")).join("\n");
      const seen = new Set([...all.matchAll(/zq(\d+)/g)].map((it) => filled[Number(it[1])]));
      assert.deepEqual([...new Set(filled)].filter((it) => !seen.has(it) && !UNSEEN.test(it)), [], "fields that are shown nowhere");
      server = await serve(site);
      const { origin } = server;
      await withOpen(origin, name, (page) => look(page, origin, files));
      await withOpen(origin, `${name}, searched`, (page) => search(page, origin, { payload, count: filled.length }));
    } finally {
      server?.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test(`no text of the payload “${name}” runs in the preview, its status page and its overlay`, async () => {
    const { folder } = writeHostile(payload);
    const served = await preview(folder);
    try {
      await withOpen(served.origin, `${name}, previewed`, async (page) => {
        const bad = [];
        for (const file of ["index.html", "measures/M-1.html", "guide/a.html", "__preview/status"]) {
          await open(page, served.url(file));
          const badge = page.locator("controlbook-preview .badge");
          await badge.waitFor();
          if (await badge.getAttribute("aria-expanded") !== "true") await badge.click();
          await page.locator("controlbook-preview .panel").waitFor();
          bad.push(...await page.evaluate(stir));
        }
        // Mistakes that stop a build lie over the last good page.
        served.change("content/guide/a.md", "## Words", `${payload.replaceAll("N", "'mistake'")} [[${payload.replaceAll("N", "'link'")}]]\n\n## Words`);
        await open(page, served.url("guide/a.html"));
        await page.waitForTimeout(800);
        bad.push(...await page.evaluate(stir));
        expectNone(bad, "would run");
      });
    } finally {
      await served.close();
    }
  });
}
