// The configurations for servers, on nginx and Caddy themselves: every header, revalidation, compression, lost addresses,
// paths that would leave the site, and the policy as a browser enforces it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { POLICY, expectNone, launch, watch } from "./browser.mjs";
import { begin, program } from "./preview.mjs";
import { INTRANET, PARTS, SERVERS, start } from "./servers.mjs";

const FOR_EVER = "public, max-age=31536000, immutable";
const held = {};

/** A new book, built as for this address, and readable by any user. */
function built(address) {
  const book = begin({ "book.toml": (text) => text.replace("[output.html]\n", `[output.html]\nprecompress = true\n${address ? `site-url = "${address}"\n` : ""}`) });
  execFileSync(program, ["build", book], { stdio: "ignore" });
  chmodSync(book, 0o755);
  const site = path.join(book, "public");
  mkdirSync(path.join(site, "files"), { recursive: true });
  const shard = readdirSync(path.join(site, "search/k")).find((it) => it.endsWith(".js"));
  return { book, site, base: address ? new URL(address).pathname : "/", shard: `search/k/${shard}`, read: (file) => readFileSync(path.join(site, file)) };
}

before(async () => {
  held.under = built("https://example.org/a/b/");
  held.top = built(null);
  held.browser = await launch();
});

after(async () => {
  await held.browser?.close();
  for (const it of [held.under, held.top]) if (it) rmSync(it.book, { recursive: true, force: true });
});

/** An answer as it is sent: `fetch` would unpack it. */
function ask(origin, target, headers = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(origin + target, { headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (it) => parts.push(it));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** A request with a path that no client would send. */
function raw(port, target) {
  return new Promise((resolve, reject) => {
    let out = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`));
    socket.setEncoding("latin1");
    socket.on("data", (it) => { out += it; });
    socket.on("close", () => resolve(out));
    socket.on("error", reject);
  });
}

/** The headers that `_headers` names for every file. */
function wanted(site) {
  const [every, kept] = site.read("_headers").toString().split(/^(?=\/)/m);
  const lines = (text) => text.trim().split("\n").slice(1).map((it) => it.trim().split(/: (.*)/s).slice(0, 2));
  assert.deepEqual(lines(kept), [["Cache-Control", FOR_EVER]]);
  const out = Object.fromEntries(lines(every));
  assert.equal(out["Content-Security-Policy"], POLICY);
  for (const name of ["X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"]) assert.ok(out[name], name);
  // It means something over HTTPS only, and these servers are asked over HTTP.
  delete out["Strict-Transport-Security"];
  return out;
}

const TYPES = {
  "index.html": "text/html; charset=utf-8",
  "assets/site.css": "text/css; charset=utf-8",
  "assets/site.js": "text/javascript; charset=utf-8",
  "assets/favicon.svg": "image/svg+xml",
  "data/catalogue.json": "application/json",
  "data/measures.csv": "text/csv; charset=utf-8",
  "robots.txt": "text/plain; charset=utf-8",
};

async function sends(server, site) {
  const { origin } = server;
  const expected = wanted(site);
  const common = (answer, what) => {
    for (const [name, value] of Object.entries(expected)) assert.equal(answer.headers[name.toLowerCase()], value, `${name} of ${what}`);
    assert.ok(!/\d/.test(answer.headers.server ?? ""), `the server tells its version: ${answer.headers.server}`);
  };
  for (const [file, type] of Object.entries({ ...TYPES, "search/index.js": TYPES["assets/site.js"], [site.shard]: TYPES["assets/site.js"] })) {
    const answer = await ask(origin, site.base + file);
    assert.equal(answer.status, 200, file);
    common(answer, file);
    assert.deepEqual(answer.body, site.read(file), file);
    assert.equal(answer.headers["content-type"].toLowerCase(), type, file);
    assert.equal(answer.headers["cache-control"], file === site.shard ? FOR_EVER : "no-cache", file);
    const again = await ask(origin, site.base + file, { "If-None-Match": answer.headers.etag });
    assert.equal(again.status, 304, `${file} with the tag ${answer.headers.etag}`);
    assert.equal(again.body.length, 0, file);
    assert.equal((await ask(origin, site.base + file, { "If-None-Match": '"other"' })).status, 200, file);
  }
  assert.deepEqual((await ask(origin, site.base)).body, site.read("index.html"), "the folder is the home page");
  // A lost address: our page, with the status, in any depth; never kept.
  const lost = ["nowhere", "measures/", "measures/deep/er/nowhere.html", "search/k/0000000000.js", "data/nothing.csv", ".controlbook", "measures/.git/config"];
  for (const target of lost) {
    const answer = await ask(origin, site.base + target);
    assert.equal(answer.status, 404, target);
    common(answer, target);
    assert.deepEqual(answer.body, site.read("404.html"), target);
    assert.equal(answer.headers["content-type"].toLowerCase(), TYPES["index.html"], target);
    assert.equal(answer.headers["cache-control"], "no-cache", target);
  }
}

async function compresses(server, site, brotli) {
  for (const file of ["index.html", "assets/site.css", "assets/palette.js", site.shard]) {
    for (const [accepted, coding, unpacked] of [["gzip", "gzip", gunzipSync], ["gzip, br", brotli ? "br" : "gzip", brotli ? brotliDecompressSync : gunzipSync], ["identity", undefined, (it) => it]]) {
      const answer = await ask(server.origin, site.base + file, { "Accept-Encoding": accepted });
      const hasOne = readdirSync(path.dirname(path.join(site.site, file))).includes(path.basename(file) + ".gz");
      if (coding && !hasOne) continue;
      assert.equal(answer.headers["content-encoding"], coding, `${file} for ${accepted}`);
      assert.deepEqual(unpacked(answer.body), site.read(file), `${file} for ${accepted}`);
      if (coding === undefined) continue;
      assert.match(answer.headers.vary ?? "", /accept-encoding/i, file);
      const ending = coding === "br" ? ".br" : ".gz";
      assert.deepEqual(answer.body, site.read(file + ending), `${file}${ending} is sent as it is`);
      const again = await ask(server.origin, site.base + file, { "Accept-Encoding": accepted, "If-None-Match": answer.headers.etag });
      assert.equal(again.status, 304, `${file} for ${accepted}, with its tag`);
    }
  }
}

async function keepsInside(server, site, isPart = false) {
  for (const target of ["../book.toml", "%2e%2e/book.toml", "..%2fbook.toml", "x/../../book.toml", "%2e%2e%2f%2e%2e%2fetc/passwd", "..\\book.toml", "assets/..%5c..%5cbook.toml", "%00"]) {
    const answer = await raw(server.port, site.base + target);
    // What leaves the sub-path is an address of the server that has the site as a part.
    if (isPart && answer.endsWith(INTRANET)) continue;
    // Caddy 2.6 takes a name with a NUL for a fault of its own.
    assert.match(answer, target === "%00" ? /^HTTP\/1\.[01] (400|404|500) / : /^HTTP\/1\.[01] (400|403|404) /, target);
    assert.ok(!answer.includes("[book]") && !answer.includes("root:"), target);
  }
  if (site.base === "/") return;
  const moved = await ask(server.origin, site.base.slice(0, -1));
  assert.deepEqual([moved.status, moved.headers.location], [301, site.base]);
  for (const target of ["/", "/index.html", "/a/index.html", "/a/bindex.html", "/a/b../book.toml"]) {
    const answer = await ask(server.origin, target);
    // What is not under the sub-path is the server's own.
    assert.equal(answer.status, isPart ? 200 : 404, target);
    assert.deepEqual(answer.body.toString(), isPart ? INTRANET : site.read("404.html").toString(), target);
    if (isPart) assert.equal(answer.headers["content-security-policy"], undefined, target);
  }
}

async function browses(server, site) {
  const pages = ["index.html", "measures.html", "measures/ACME-01.html", "use-cases/web-shop.html", "frameworks/example.html", "frameworks/example/A.html", "checklists.html", "matrix.html", "coverage.html", "guide.html", "glossary.html", "threats.html", "data.html", "search.html"];
  const there = pages.filter((page) => readdirSync(path.dirname(path.join(site.site, page)), { withFileTypes: true }).some((it) => it.name === path.basename(page)));
  const context = await held.browser.newContext();
  try {
    const page = await context.newPage();
    const problems = watch(page, server.origin);
    await page.addInitScript(() => addEventListener("securitypolicyviolation", (it) => console.error(`violation: ${it.violatedDirective} ${it.blockedURI}`)));
    for (const name of there) {
      await page.goto(server.origin + site.base + name);
      const data = await page.locator('script[type="application/ld+json"]').allTextContents();
      for (const block of data) assert.equal(JSON.parse(block)["@context"], "https://schema.org", name);
      if (data.length === 0) assert.equal(name, "search.html");
    }
    assert.ok(there.length >= 12, `only ${there}`);
    await page.goto(`${server.origin}${site.base}search.html?q=ACME-01`);
    await page.locator(".hits a[href*='ACME-01']").first().waitFor();
    expectNone(problems, "under the policy");
    // The policy is enforced, not merely sent.
    const refused = await page.evaluate(async () => {
      const said = new Promise((resolve) => { addEventListener("securitypolicyviolation", (it) => resolve(it.violatedDirective), { once: true }); });
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.head.append(script);
      return [await said, "ran" in window];
    });
    assert.deepEqual(refused, ["script-src-elem", false]);
    // The page for lost addresses is whole, in a deep folder too.
    const lost = await page.goto(`${server.origin}${site.base}measures/deep/er/nowhere.html`);
    assert.equal(lost.status(), 404);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontFamily.length > 0 && document.styleSheets.length), 2);
    await page.locator('.site-nav a[href$="measures.html"]').first().click();
    await page.waitForURL(`${server.origin}${site.base}measures.html`);
    // A frame elsewhere stays empty.
    await page.goto("about:blank");
    await page.setContent(`<iframe src="${server.origin}${site.base}index.html"></iframe>`);
    assert.ok(!(await page.frames()[1]?.content().catch(() => ""))?.includes("site-head"), "the page lets itself be framed");
  } finally {
    await context.close();
  }
}

for (const name of Object.keys(SERVERS)) {
  test(`${name}: headers, revalidation, compression, lost addresses and paths, under a sub-path and at the root`, async () => {
    for (const site of [held.under, held.top]) {
      const server = await start(name, site.book, site.site);
      try {
        await sends(server, site);
        await compresses(server, site, !name.includes("container"));
        await keepsInside(server, site);
        if (site === held.under) await browses(server, site);
      } catch (error) {
        error.message += `\n${server.output().slice(-2000)}`;
        throw error;
      } finally {
        await server.stop();
      }
    }
  });
}

for (const name of Object.keys(PARTS)) {
  test(`${name} of a server that is there already: the site has all its headers, and the server keeps its own addresses`, async () => {
    const site = held.under;
    const server = await start(name, site.book, site.site);
    try {
      await sends(server, site);
      await compresses(server, site, true);
      await keepsInside(server, site, true);
      await browses(server, site);
    } catch (error) {
      error.message += `\n${server.output().slice(-2000)}`;
      throw error;
    } finally {
      await server.stop();
    }
  });
}
