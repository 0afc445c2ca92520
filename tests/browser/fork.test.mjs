// A made-up hospital's fork, built from its own files alone: it looks like its owner's, can be read by all, and keeps the policy.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { expectNone, launch, watch } from "./browser.mjs";
import { FORK, buildFork } from "./fork.mjs";
import { begin, preview, program } from "./preview.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const PAGES = ["index.html", "measures/HMH-02.html", "coverage/havenmoor.html", "checklists/appointments-customer.html", "guide/imprint.html"];
/** The accent of its book.toml, as a browser says it. */
const ACCENT = { light: "rgb(138, 34, 82)", dark: "rgb(240, 163, 196)" };

let browser;
let folder;
before(async () => {
  folder = buildFork();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const url = (page) => pathToFileURL(path.join(folder, page)).href;

test("the fork has no diagnostic", () => {
  const checked = spawnSync(program, ["check", FORK, "--deny-warnings"], { encoding: "utf8" });
  assert.equal(checked.status, 0, checked.stderr);
});

for (const colorScheme of ["light", "dark"]) {
  test(`its pages are its own and accessible, ${colorScheme}`, async () => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 800 } });
    const problems = [];
    try {
      for (const name of PAGES) {
        const page = await context.newPage();
        const seen = watch(page, pathToFileURL(folder).href);
        await page.goto(url(name));
        const looks = await page.evaluate(() => {
          const shown = [...document.querySelectorAll(".brand img")].filter((it) => it.getBoundingClientRect().width > 0);
          return {
            accent: getComputedStyle(document.querySelector(".site-head")).borderBlockStartColor,
            logos: shown.map((it) => [it.getAttribute("src").split("/").at(-1), it.naturalWidth > 0]),
            brand: document.querySelector(".brand").textContent.trim(),
            foot: [...document.querySelectorAll(".legal a")].map((it) => it.textContent),
            excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          };
        });
        assert.deepEqual(looks, {
          accent: ACCENT[colorScheme],
          logos: [[colorScheme === "dark" ? "logo-dark.svg" : "logo.svg", true]],
          brand: "Havenmoor controls",
          foot: ["Imprint", "Privacy", "Write to us"],
          excess: 0,
        }, name);
        problems.push(...seen.map((it) => `${name}: ${it}`));
        // What axe itself asks for is no fault of the page.
        await page.evaluate(axe);
        const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: values, resultTypes: ["violations"] }), TAGS);
        problems.push(...violations.flatMap((rule) => rule.nodes.map((it) => `${name}: ${rule.id}: ${it.target.join(" ")}`)));
        await page.close();
      }
    } finally {
      await context.close();
    }
    expectNone(problems, `the fork, ${colorScheme}`);
  });
}

test("the reader's switch, forced colours and paper have their own logo and accent", async () => {
  const context = await browser.newContext({ colorScheme: "light", viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(url("measures/HMH-01.html"));
    const logo = () => page.evaluate(() => [...document.querySelectorAll(".brand img")].find((it) => it.getBoundingClientRect().width > 0)?.getAttribute("src"));
    const ring = async () => {
      for (let at = 0; at < 3 && (await page.evaluate(() => document.documentElement.dataset.theme)) !== "dark"; at += 1) await page.click("[data-tone]");
    };
    await ring();
    assert.match(await logo(), /logo-dark\.svg$/);
    assert.match(await page.evaluate(() => getComputedStyle(document.querySelector(".site-head")).borderBlockStartColor), /240, 163, 196/);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim()), "#8a2252");
    await page.emulateMedia({ media: "screen", forcedColors: "active" });
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim()), "LinkText");
  } finally {
    await context.close();
  }
});

test("colours, a logo and a template appear in the preview as they are saved", async () => {
  const served = await preview(begin());
  const context = await browser.newContext({ colorScheme: "light", reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  try {
    const page = await context.newPage();
    await page.goto(served.url("measures/ACME-01.html"));
    await page.waitForFunction(() => document.querySelector("controlbook-preview"));
    await page.evaluate(() => { window.isSame = true; });
    const settings = served.read("book.toml");
    served.write("book.toml", `${settings}\n[theme]\naccent = "#8a2252"\n`);
    await page.waitForFunction((accent) => getComputedStyle(document.querySelector(".site-head")).borderBlockStartColor === accent, ACCENT.light);
    assert.ok(await page.evaluate(() => window.isSame), "the page was not loaded anew");
    served.write("theme/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 4\"><path d=\"M0 0h8v4z\"/></svg>\n");
    served.write("book.toml", `${settings}\n[theme]\nlogo = "theme/logo.svg"\n`);
    await page.waitForFunction(() => document.querySelector(".brand img")?.naturalWidth > 0);
    served.write("theme/templates/layout.html", "{% extends \"built-in/layout.html\" %}\n{% block footer_start %}<p>Ours</p>{% endblock footer_start %}\n");
    await page.waitForFunction(() => document.querySelector(".site-foot").textContent.includes("Ours"));
  } finally {
    await context.close();
    await served.close();
  }
});
