// The built site for the tests: its pages, a server that sends its policy, and a browser without other network access.
//
// SITE is the folder of the built site. With FULL, `pages` are all pages instead of a sample.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { POLICY, launch, unwatch } from "./browser.mjs";

export { POLICY, expectNone, launch, watch } from "./browser.mjs";

export const WIDTHS = [320, 360, 768, 1440];

/** A page of every kind that the catalogue has. */
export const KINDS = Object.values(JSON.parse(readFileSync(new URL("kinds.json", import.meta.url), "utf8"))).flat();

export const folder = siteFolder();
export const allPages = filesBelow(".").filter((file) => file.endsWith(".html"));
/** The kinds that are built; a separate test fails if one is missing. */
export const kinds = KINDS.filter((page) => allPages.includes(page));
/** The kinds, the whole guide, all pages at the top level, and one page of each other folder. The catalogue as one document
 * takes a minute to load and has its own test. */
export const sample = samplePages();
export const pages = process.env.FULL ? allPages : sample;

function siteFolder() {
  const given = process.env.SITE;
  if (!given) throw new Error("SITE is not set: give the folder of the built site, SITE=public");
  const absolute = path.resolve(given);
  if (!statSync(path.join(absolute, "index.html"), { throwIfNoEntry: false })) {
    throw new Error(`no built site in SITE=${given}: index.html is missing`);
  }
  return absolute;
}

/** Every file below a folder of the site, as a path with slashes, sorted. */
export function filesBelow(under) {
  return readdirSync(path.join(folder, under), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"))
    .sort();
}

function samplePages() {
  const chosen = new Set(kinds);
  const folders = new Set([...chosen].map(path.posix.dirname));
  for (const page of allPages) {
    if (page === "print.html") continue;
    const parent = path.posix.dirname(page);
    if (parent === "." || parent === "guide" || !folders.has(parent)) chosen.add(page);
    folders.add(parent);
  }
  return [...chosen];
}

export const text = (file) => readFileSync(path.join(folder, file), "utf8");
export const bytes = (file) => statSync(path.join(folder, file)).size;
export const fileUrl = (file) => pathToFileURL(path.join(folder, file)).href;

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescape = (value) => value.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (all, hex, decimal, name) =>
  name ? (NAMED[name] ?? all) : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)));

/** The tags of a page with their attributes. Enough for generated markup, in which values are quoted and `>` is escaped. */
export function* tags(html) {
  const visible = html.replace(/<!--.*?-->/gs, "").replace(/(<script\b[^>]*>).*?<\/script>/gs, "$1");
  for (const [, name, rest] of visible.matchAll(/<([a-z][a-z0-9-]*)\b([^>]*)>/gi)) {
    const attributes = {};
    for (const [, key, value] of rest.matchAll(/([a-z:-]+)="([^"]*)"/gi)) attributes[key] = unescape(value);
    yield { name, attributes };
  }
}

/** The addresses of the style sheets and scripts of a page, as written. */
export function assets(page) {
  const all = [...tags(text(page))];
  return {
    styles: all.filter((tag) => tag.name === "link" && tag.attributes.rel === "stylesheet").map((tag) => tag.attributes.href),
    scripts: all.filter((tag) => tag.name === "script" && tag.attributes.src).map((tag) => tag.attributes.src),
  };
}

/** The path of the site's root in the 404 page, which is served at any depth; null where its addresses are relative. */
export function rootOf404() {
  if (!allPages.includes("404.html")) return null;
  const [here] = assets("404.html").styles;
  const [fromTop] = assets("index.html").styles;
  return here?.startsWith("/") && here.endsWith(fromTop) ? here.slice(0, -fromTop.length) : null;
}

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** Serves the site on the loopback interface, below a path as an organisation may, with the policy as a header. */
export async function serve() {
  const root = "/a/b/";
  const roots = [root, rootOf404()].filter(Boolean);
  const files = new Set(filesBelow("."));
  const server = createServer((request, response) => {
    const requested = decodeURIComponent(new URL(request.url, "http://site").pathname);
    const file = roots.map((base) => requested.startsWith(base) && requested.slice(base.length)).find((name) => files.has(name));
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Type", TYPES[path.extname(file ?? "")] ?? "application/octet-stream");
    response.statusCode = file ? 200 : 404;
    response.end(file ? readFileSync(path.join(folder, file)) : "no such file");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: (page) => origin + (page === "404.html" ? (rootOf404() ?? root) : root) + page,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** A browser and a server for the tests of a file, started before and stopped after them. */
export function stage() {
  const shared = { pages: new Map() };
  before(async () => {
    shared.server = await serve();
    shared.browser = await launch();
  });
  after(async () => {
    await shared.browser?.close();
    await shared.server?.close();
  });
  return {
    url: (page) => shared.server.url(page),
    /** Runs `work` with a page that later work with the same options reuses: for tests that only look at pages. */
    async withKept(options, work) {
      const key = JSON.stringify(options);
      if (!shared.pages.has(key)) {
        const context = await shared.browser.newContext(options);
        context.setDefaultTimeout(15_000);
        shared.pages.set(key, await context.newPage());
      }
      const page = shared.pages.get(key);
      const media = { colorScheme: null, media: null, forcedColors: null, reducedMotion: null };
      try {
        return await work(page);
      } finally {
        unwatch(page);
        await page.emulateMedia({ ...media, ...Object.fromEntries(Object.keys(media).filter((it) => options[it]).map((it) => [it, options[it]])) });
        if (options.viewport) await page.setViewportSize(options.viewport);
      }
    },
    /** Runs `work` with a page in a context of its own; `options` are Playwright's. */
    async withPage(options, work) {
      const context = await shared.browser.newContext(options);
      context.setDefaultTimeout(15_000);
      try {
        return await work(await context.newPage(), context);
      } finally {
        await context.close();
      }
    },
  };
}

/** Runs in the page: the elements wider than the window, or than a sheet of paper; null if all fit. */
export function overflow(sheet) {
  const root = document.documentElement;
  const edge = sheet ?? root.clientWidth;
  const scrolls = (element) => element && element !== root && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.right > edge + 0.5 && !scrolls(element.parentElement);
  });
  const excess = sheet ? Math.max(0, ...wide.map((element) => element.getBoundingClientRect().right - edge)) : root.scrollWidth - edge;
  if (excess <= 0) return null;
  const deepest = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return `${Math.ceil(excess)} px too wide: ` + deepest.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(" | ");
}

/** One line for each problem, with the states of the page that have it. Takes a list of [state, problem]. */
export function byProblem(pairs) {
  const states = new Map();
  for (const [state, problem] of pairs) states.set(problem, [...new Set([...(states.get(problem) ?? []), state])]);
  return [...states].map(([problem, list]) => `${problem} [${list.join("; ")}]`);
}
