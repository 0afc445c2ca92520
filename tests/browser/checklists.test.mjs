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
      const wanted = has.includes("phase=exit") && (has.includes("level-eucs=basic") || has.includes("level-eucs=~"));
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

test("grouping by a facet puts each statement under its first value, those without one last, and back again", async () => {
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
      const options = JSON.parse(await page.locator(`[name=group][value="${facet}"]`).getAttribute("data-groups"))[1];
      const first = (has) => options.find(([value]) => has.includes(`${facet}=${value}`))[1];
      assert.ok(groups.length > 1 && groups.length <= options.length, facet);
      for (const { title, words } of groups) for (const has of words) assert.equal(title.replace(/^[^:]*: /, ""), first(has), `${title}: ${has}`);
      assert.equal(groups.reduce((sum, group) => sum + group.words.length, 0), 170, facet);
    }
    await page.reload();
    assert.ok(await page.locator("h2", { hasText: "The statement is: Essential" }).isVisible(), "the grouping is lost on reload");
    await page.check("[name=group] >> nth=0");
    assert.deepEqual(await shown(page), before, "the order of the list is lost");
    assert.equal(await page.evaluate(() => location.search), "");
  });
});

test("levels add up: a choice shows those below it, and statements without a requirement until they are left out", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url(ALL));
    const ORDER = ["basic", "substantial", "high"];
    const all = await page.locator("[data-f]").evaluateAll((rows) => rows.map((row) => [row.id, row.dataset.f.split(" ").find((word) => word.startsWith("level-eucs=")).slice(11)]));
    assert.equal(all.length, 170);
    /** Those that a choice should leave. */
    const wanted = (step, without) => all.filter(([, level]) => (level === "~" ? without : step < 0 || ORDER.indexOf(level) <= step)).map(([id]) => id);
    const left = () => page.locator("[data-f]:visible").evaluateAll((rows) => rows.map((row) => row.id));
    const box = page.locator("[name=without-level-eucs]");
    assert.ok(await box.isChecked(), "statements without a requirement are left out from the start");
    for (const without of [true, false]) {
      for (const [step, value] of [[-1, ""], [0, "basic"], [1, "substantial"], [2, "high"]]) {
        await page.goto(url(ALL));
        await page.check(`[name=level-eucs][value="${value}"]`);
        await box.setChecked(without);
        const label = `${value}, ${without}`;
        assert.deepEqual(await left(), wanted(step, without), label);
        const params = new URLSearchParams([...without ? [] : [["without-level-eucs", "hide"]], ...value ? [["level-eucs", value]] : []]);
        assert.equal(await page.evaluate(() => location.search), params.size ? `?${params}` : "", label);
        for (const [at, count] of (await page.locator("[name=level-eucs] ~ .n").allInnerTexts()).entries()) assert.equal(Number(count), wanted(at - 1, without).length, `${label}: ${at}`);
        assert.equal(Number(await box.locator("~ .n").innerText()), all.filter(([, level]) => level === "~").length, label);
        await page.reload();
        assert.deepEqual(await left(), wanted(step, without), `${label}, after a reload`);
      }
    }
    assert.equal(wanted(1, true).length, 160, "basic, substantial and those without");
  });
});

test("a level with other choices, on paper, in the table and cleared", async () => {
  await withPage({ ...WIDE, acceptDownloads: true }, async (page) => {
    await page.goto(`${url(ALL)}?without-level-eucs=hide&by=provider&level-eucs=substantial`);
    const rows = await page.locator("[data-f]:visible").all();
    for (const row of rows) {
      const has = await words(row);
      assert.ok(has.includes("by=provider") && (has.includes("level-eucs=basic") || has.includes("level-eucs=substantial")), has.join(" "));
    }
    assert.ok(rows.length > 20 && rows.length < 41, `${rows.length} rows`);
    const { lines } = await table(page);
    assert.equal(lines.length, rows.length + 1);
    assert.deepEqual([...new Set(lines.slice(1).map((line) => line[5]))].toSorted(), ["EUCS Basic", "EUCS Substantial"]);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("[data-choice]").innerText(), "Narrowed to Who acts: Provider; EUCS level: up to Substantial, not shown: without a requirement.");
    await page.emulateMedia({ media: "screen" });
    await page.click("button[type=reset]");
    await page.waitForFunction(() => location.search === "");
    assert.equal((await shown(page)).length, 170);
    assert.ok(await page.locator("[name=without-level-eucs]").isChecked());
  });
});

test("a level is chosen by keyboard, and a list offers only what divides it", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url(PROVIDER));
    await page.focus('[name=level-eucs][value=""]');
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => location.search), "?level-eucs=basic");
    for (const list of [PROVIDER, ALL, "checklists/ehr-customer.html", "checklists/remote-care-shared.html", "measures.html"]) {
      await page.goto(url(list));
      const total = await page.locator("[data-f]").count();
      const boxes = await page.locator("[data-facet]:not([data-adds-up]) .n").allInnerTexts();
      for (const count of boxes) assert.ok(Number(count) > 0 && Number(count) < total, `${list}: ${count} of ${total}`);
      for (const set of await page.locator("[data-adds-up]").all()) assert.ok(new Set(await set.locator(".n").allInnerTexts()).size > 1, list);
    }
    await page.goto(url("checklists/ehr-customer.html"));
    assert.equal(await page.locator("[name=model]").count(), 0, "each statement holds for each model");
  });
});

test("the index says how the lists of a role differ", async () => {
  const index = text("checklists.html");
  for (const list of ["ehr-customer", "remote-care-customer", "medical-devices-all"]) {
    const page = text(`checklists/${list}.html`);
    const [, statements, essential] = page.match(/<p class="lead">(\d+) statements, (\d+) of them essential/);
    assert.match(index, new RegExp(`${list}\\.html[^]*?<span class="quiet">${statements} statements, ${essential} essential here</span>`));
  }
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
