// A checklist is whole without scripts. With them it is narrowed and grouped by address, keeps its ticks on the machine,
// and gives exactly what it shows as a table.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { POLICY, expectNone, fileUrl, overflow, stage, text, watch } from "./site.mjs";

const { url, withPage } = stage();
const WIDE = { viewport: { width: 1440, height: 900 } };
const PROVIDER = "checklists/ehr-provider.html";
const ALL = "checklists/ehr-all.html";
const HEAD = ["id", "statement", "role", "phases", "models", "level", "evidence", "requirements", "ticked"];

const status = (page) => page.locator("[role=status]").innerText();
const shown = (page) => page.locator("[data-f]:visible [data-col=id]").allInnerTexts();
const words = (row) => row.getAttribute("data-f").then((it) => it.split(" "));

/** A table after RFC 4180 as lists of cells; anything that is not a table fails. */
function parse(csv) {
  const lines = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < csv.length) {
    const match = field.exec(csv);
    assert.ok(match, "not a table after RFC 4180");
    lines.at(-1).push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === "\r\n") lines.push([]);
  }
  assert.deepEqual(lines.pop(), [], "the last line has no end");
  return lines;
}

async function table(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-csv]")]);
  const raw = readFileSync(await download.path());
  assert.deepEqual([...raw.subarray(0, 3)], [0xef, 0xbb, 0xbf], "no byte order mark");
  return { name: download.suggestedFilename(), lines: parse(raw.subarray(3).toString("utf8")) };
}

/** The rows that a reader sees, read off the page by their looks. */
const seen = (page) => page.evaluate(() => [...document.querySelectorAll("[data-f]")].filter((row) => row.checkVisibility()).map((row) => {
  const flat = (element) => element.textContent.replace(/\s+/g, " ").trim();
  return {
    id: flat(row.querySelector("a.id")),
    statement: flat(row.querySelector("label")),
    evidence: flat(row.querySelector("p:not(.marks)")).replace(/^Ask for /, ""),
    requirements: [...row.querySelectorAll(".marks a")].map((link) => link.textContent),
    ticked: row.querySelector("input").checked ? "yes" : "no",
  };
}));

test("the choice of an address is restored, and other roles and use cases take it along", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(`${url(PROVIDER)}?phase=exit&level-eucs=basic`);
    const rows = await page.locator("[data-f]").all();
    let fit = 0;
    for (const row of rows) {
      const has = await words(row);
      const wanted = has.includes("phase=exit") && has.includes("level-eucs=basic");
      assert.equal(await row.isVisible(), wanted, has.join(" "));
      if (wanted) fit += 1;
    }
    assert.ok(fit > 0 && fit < rows.length);
    assert.equal(await status(page), `${fit} of ${rows.length} statements, 0 of ${fit} ticked`);
    await page.locator(".picks a", { hasText: "Remote Care" }).click();
    await page.waitForURL(/remote-care-provider\.html\?phase=exit&level-eucs=basic$/);
    await page.locator(".picks a", { hasText: "Customer" }).click();
    await page.waitForURL(/remote-care-customer\.html\?phase=exit&level-eucs=basic$/);
    for (const row of await page.locator("[data-f]:visible").all()) assert.ok((await words(row)).includes("phase=exit"));
    await page.goBack();
    await page.waitForURL(/remote-care-provider/);
    assert.ok(await page.locator("[value=exit]").isChecked());
  });
});

test("grouping by a facet puts each statement under its first choice, none under None, and back again", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url(ALL));
    const before = await shown(page);
    assert.equal(before.length, 170);
    for (const facet of ["level-eucs", "phase", "by", "essential"]) {
      await page.check(`[name=group][value="${facet}"]`);
      assert.equal(await page.evaluate(() => location.search), `?group=${facet}`);
      const groups = await page.locator("section:visible").evaluateAll((sections) => sections.map((section) => ({
        title: section.querySelector("h2").textContent,
        words: [...section.querySelectorAll("[data-f]")].map((row) => row.dataset.f.split(" ")),
      })));
      const options = await page.locator(`[data-facet] input[name="${facet}"]`).evaluateAll((boxes) => boxes.map((box) => [box.value, box.nextElementSibling.textContent]));
      const first = (has) => options.find(([value]) => has.includes(`${facet}=${value}`))[1];
      assert.ok(groups.length > 1 && groups.length <= options.length, facet);
      for (const { title, words } of groups) for (const has of words) assert.ok(title.endsWith(`: ${first(has)}`), `${title}: ${has}`);
      assert.equal(groups.reduce((sum, group) => sum + group.words.length, 0), 170, facet);
    }
    await page.reload();
    assert.ok(await page.locator("h2", { hasText: "The statement is: Essential" }).isVisible(), "the grouping is lost on reload");
    await page.check("[name=group] >> nth=0");
    assert.deepEqual(await shown(page), before, "the order of the list is lost");
    assert.equal(await page.evaluate(() => location.search), "");
  });
});

test("a statement without a level is found under None", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(`${url(ALL)}?level-eucs=none`);
    const rows = await page.locator("[data-f]:visible").all();
    assert.ok(rows.length > 0);
    for (const row of rows) assert.equal(await row.locator("[data-col=level]").count(), 0);
    const none = Number(await page.locator("[value=none] ~ .n").innerText());
    assert.equal(none, rows.length);
  });
});

test("ticks are counted, survive a reload, hold on every list of the use case only, and never leave the machine", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url(PROVIDER), { waitUntil: "networkidle" });
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    const id = await page.locator("[data-keep]").nth(1).getAttribute("data-keep");
    await page.locator("[data-keep]").nth(1).focus();
    await page.keyboard.press("Space");
    await page.locator(".checks label").first().click();
    assert.match(await status(page), /, 2 of 41 ticked$/);
    assert.match(await page.locator("[data-done]").first().innerText(), /2 of 3 ticked$/);
    assert.deepEqual(requests, [], "ticking causes a request");
    assert.equal(await page.evaluate(() => document.cookie), "");
    await page.reload();
    assert.match(await status(page), /, 2 of 41 ticked$/, "ticks are lost on reload");
    await page.goto(url(ALL));
    assert.match(await status(page), /, 2 of 170 ticked$/, "the list of all does not know the ticks");
    assert.ok(await page.locator(`[data-keep="${id}"]`).isChecked());
    await page.goto(url("checklists/remote-care-provider.html"));
    assert.match(await status(page), /, 0 of 41 ticked$/, "a tick holds for another use case");
    await page.goto(`${url(PROVIDER)}?phase=migrate`);
    assert.match(await status(page), /^1 of 41 statements, 0 of 1 ticked$/, "progress is not that of what is shown");
  });
});

test("clearing the ticks asks first, by keyboard", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url(PROVIDER));
    for (const at of [0, 1, 2]) await page.locator("[data-keep]").nth(at).check();
    const focus = () => page.evaluate(() => document.activeElement.textContent);
    await page.focus("[data-untick]");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("[data-ask]").innerText(), "Clear all 3 ticks on this page?");
    assert.equal(await focus(), "Keep");
    await page.keyboard.press("Escape");
    assert.equal(await focus(), "Clear ticks");
    assert.match(await status(page), /, 3 of 41 ticked$/, "Escape cleared the ticks");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Shift+Tab");
    assert.equal(await focus(), "Clear");
    await page.keyboard.press("Enter");
    assert.match(await status(page), /, 0 of 41 ticked$/);
    assert.equal(await focus(), "Clear ticks");
    await page.reload();
    assert.match(await status(page), /, 0 of 41 ticked$/);
  });
});

for (const [where, address] of [["under the policy", () => url(ALL)], ["from disk", () => fileUrl(ALL)]]) {
  test(`the table holds exactly the rows that are shown, in their order, ${where}`, async () => {
    await withPage({ ...WIDE, acceptDownloads: true }, async (page) => {
      const problems = watch(page, where === "from disk" ? fileUrl(".") : new URL(url("")).origin);
      await page.goto(`${address()}?by=provider&by=shared&phase=exit&group=level-eucs`);
      await page.locator("[data-keep]:visible").first().check();
      const { name, lines } = await table(page);
      const rows = await seen(page);
      assert.equal(name, "checklists-ehr-all.csv");
      assert.deepEqual(lines[0], HEAD);
      assert.ok(rows.length > 10 && rows.length < 127, `${rows.length} rows`);
      assert.equal(lines.length, rows.length + 1);
      for (const [at, row] of rows.entries()) {
        const line = Object.fromEntries(HEAD.map((key, column) => [key, lines[at + 1][column]]));
        for (const key of ["id", "statement", "evidence", "ticked"]) assert.equal(line[key], row[key], `${row.id}: ${key}`);
        assert.equal(line.requirements.split("; ").filter(Boolean).length, row.requirements.length, row.id);
        for (const requirement of row.requirements) assert.ok(line.requirements.includes(requirement), `${row.id}: ${requirement}`);
        assert.match(line.role, /^(provider|shared)$/);
        assert.ok(line.phases.split("; ").includes("exit"));
        assert.match(line.models, /^(iaas|paas|saas)(; (paas|saas))*$/);
        assert.match(line.level, /^(EUCS (Basic|Substantial|High))?$/);
      }
      expectNone(problems, "problems");
    });
  });
}

test("a cell that a spreadsheet would calculate is disarmed; quotes, commas and lines stay whole", async () => {
  const escape = (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const hostile = ["=HYPERLINK(\"http://x\",\"y\")", "+1+1", "-2+3", "@SUM(A1)", "a \"b\", c", "<b>=1</b>, 'd'", "plain"];
  let at = 0;
  const book = text(PROVIDER).replace(/(data-col="evidence" data-text>).*?(<\/span><\/p>)/g, (_, open, close) => open + escape(hostile[at++ % hostile.length]) + close);
  assert.equal(at, 41, "the fixture has no evidence");
  await withPage({ ...WIDE, acceptDownloads: true }, async (page) => {
    await page.route(url(PROVIDER), (route) => route.fulfill({ body: book, headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY } }));
    await page.goto(url(PROVIDER));
    const { lines } = await table(page);
    assert.equal(lines.length, 42);
    for (const [row, line] of lines.slice(1).entries()) {
      const wanted = hostile[row % hostile.length];
      assert.equal(line[6], /^[=+@-]/.test(wanted) ? `'${wanted}` : wanted);
      for (const cell of line) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
    }
  });
});

test("without scripts a list is whole, and nothing is offered that would not work", async () => {
  await withPage({ ...WIDE, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${url(PROVIDER)}?phase=exit`);
    assert.equal((await shown(page)).length, 41);
    assert.equal(await page.locator("form, [data-csv], [data-untick], [data-print]").and(page.locator(":visible")).count(), 0);
    assert.equal(await page.locator(".picks a:visible").count(), 7);
    assert.ok(await page.locator("[data-keep]").first().isEnabled());
  });
});

test("a printed list has its form, boxes and ticks, and says to what it was narrowed", async () => {
  await withPage({ viewport: { width: 794, height: 1123 } }, async (page) => {
    await page.goto(`${url(PROVIDER)}?phase=exit`);
    await page.locator("[data-keep]:visible").first().check();
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("table.form").isVisible());
    assert.equal(await page.locator("[data-choice]").innerText(), "Narrowed to Phase: Exit.");
    assert.equal(await page.locator(".picks a:visible").count(), 2, "choices that are not made are printed");
    for (const chrome of ["form", "[data-csv]", "[data-untick]"]) assert.equal(await page.locator(`${chrome}:visible`).count(), 0, chrome);
    const marks = await page.locator("[data-keep]:visible").evaluateAll((boxes) => boxes.map((box) => getComputedStyle(box, "::before").content));
    assert.deepEqual(marks, ['"✓"', ...marks.slice(1).map(() => "none")]);
    await page.evaluate(() => { document.documentElement.style.width = "665px"; });
    assert.equal(await page.evaluate(overflow, 665), null);
  });
});

test("where nothing can be kept, a list still ticks and counts", async () => {
  await withPage(WIDE, async (page) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("denied"); } }));
    const problems = watch(page, new URL(url("")).origin);
    await page.goto(url(PROVIDER));
    await page.locator("[data-keep]").first().check();
    assert.match(await status(page), /, 1 of 41 ticked$/);
    expectNone(problems, "problems");
  });
});
