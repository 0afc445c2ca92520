// The index of measures narrows as a naive filter over the content files does, keeps its choice in the address, and
// works by keyboard, on a narrow screen and from disk.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { expectNone, fileUrl, stage, watch } from "./site.mjs";

const { url, withPage } = stage();
const WIDE = { viewport: { width: 1440, height: 900 } };
const content = path.join(import.meta.dirname, "../../content");
const read = (...parts) => readFileSync(path.join(content, ...parts), "utf8");
const field = (text, name) => text.match(new RegExp(`^${name}: (.*)$`, "m"))[1].trim();
const listed = (value) => value.replace(/[[\]]/g, "").split(", ");

/** The level of each requirement of EUCS, as its files say. */
const levels = new Map(readdirSync(path.join(content, "frameworks/eucs")).flatMap((file) =>
  [...read("frameworks/eucs", file).matchAll(/- (?:\{ )?id: ([^\s,]+)[,\n]\s*(?:printed: \S+\s*)?level: (\w+)/g)].map(([, id, level]) => [id, level])));

/** The measures as their files say, with what each facet may ask of them. */
const measures = readdirSync(path.join(content, "measures")).filter((file) => /^HCS-\d+\.yaml$/.test(file)).sort().map((file) => {
  const text = read("measures", file);
  const weights = [...text.split("\nuse-cases:\n")[1].matchAll(/^ {2}([a-z-]+): \{ relevance: (\w+)/gm)];
  const mapped = ["eucs", "gdpr"].filter((framework) => readdirSync(path.join(content, "mappings", framework)).includes(file));
  const targets = [...read("mappings/eucs", file).matchAll(/^\s+to: "?([^"\n]+)"?$/gm)].map(([, id]) => id.trim());
  return {
    id: field(text, "id"),
    title: field(text, "title"),
    facets: {
      by: [field(text, "responsibility")],
      kind: [field(text, "kind")],
      phase: listed(field(text, "phases")),
      "maps-to": mapped,
      "level-eucs": [...new Set(targets.map((id) => levels.get(id)))],
      ...Object.fromEntries(weights.map(([, useCase, weight]) => [`for-${useCase}`, [weight]])),
    },
  };
});

/** A naive filter: any within a facet, all between facets, every word in identifier or title. */
const filter = (chosen, words = "") => measures.filter(({ id, title, facets }) =>
  Object.entries(chosen).every(([facet, values]) => values.some((value) => facets[facet].includes(value))) &&
  words.toLowerCase().split(" ").every((word) => `${id} ${title}`.toLowerCase().includes(word))).map(({ id }) => id);

const queryOf = (chosen, words) => {
  const params = new URLSearchParams(words ? { q: words } : {});
  for (const [facet, values] of Object.entries(chosen)) for (const value of values) params.append(facet, value);
  return `?${params}`;
};
const shown = (page) => page.locator("[data-f]:visible td .id").allInnerTexts();
const box = (page, facet, value) => page.locator(`input[name="${facet}"][value="${value}"]`);

test("the naive filter has read the content", () => {
  assert.equal(measures.length, 17);
  assert.ok(levels.size > 400, `${levels.size} levels`);
  for (const { id, facets } of measures) for (const [facet, values] of Object.entries(facets)) assert.ok(values.length && values.every(Boolean), `${id}: ${facet}`);
});

test("any one, two or three choices leave what the naive filter leaves, and every count is right", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url("measures.html"));
    const options = await page.locator("[data-facet] input").evaluateAll((inputs) => inputs.map(({ name, value }) => [name, value]));
    const divides = ([facet, value]) => { const count = filter({ [facet]: [value] }).length; return count > 0 && count < 17; };
    const all = Object.entries(measures.reduce((sets, { facets }) => {
      for (const [facet, values] of Object.entries(facets)) for (const value of values) (sets[facet] ??= new Set()).add(value);
      return sets;
    }, {})).flatMap(([facet, values]) => [...values].map((value) => [facet, value]));
    assert.deepEqual(options.map(String).toSorted(), all.filter(divides).map(String).toSorted(), "choices that do not divide, or are missing");
    assert.ok(options.length >= 12, `${options.length} choices`);
    const longer = (sets) => sets.flatMap((set) => options.slice(options.indexOf(set.at(-1)) + 1).map((option) => [...set, option]));
    const ones = options.map((option) => [option]);
    // Each seventh of the many threes; with FULL all.
    const threes = longer(longer(ones)).filter((_, at) => process.env.FULL || at % 7 === 0);
    const sets = [...ones, ...longer(ones), ...threes];
    const actual = await page.evaluate((sets) => {
      const form = document.querySelector("[data-facets]");
      const input = ([name, value]) => form.querySelector(`[name="${name}"][value="${value}"]`);
      return sets.map((set) => {
        form.querySelectorAll("[type=checkbox]").forEach((box) => { box.checked = false; });
        set.forEach((option) => { input(option).checked = true; });
        form.dispatchEvent(new Event("input", { bubbles: true }));
        const ids = [...document.querySelectorAll("[data-f]")].filter((row) => row.checkVisibility()).map((row) => row.querySelector(".id").textContent);
        const counts = [...form.querySelectorAll("[data-facet] label")].map((label) => [label.querySelector("input").name, label.querySelector("input").value, Number(label.querySelector(".n").textContent)]);
        return { ids, counts, tally: document.querySelector("[data-tally]").textContent };
      });
    }, sets);
    const problems = [];
    for (const [at, set] of sets.entries()) {
      const chosen = {};
      for (const [facet, value] of set) (chosen[facet] ??= []).push(value);
      const wanted = filter(chosen);
      const label = set.map((option) => option.join("=")).join(" ");
      if (actual[at].ids.toSorted().join() !== wanted.join()) problems.push(`${label}: ${actual[at].ids} for ${wanted}`);
      const tally = wanted.length === 17 ? "17 measures" : `${wanted.length} of 17 measures`;
      if (actual[at].tally !== tally) problems.push(`${label}: “${actual[at].tally}”`);
      for (const [facet, value, count] of actual[at].counts) {
        const { [facet]: _, ...others } = chosen;
        const left = filter({ ...others, [facet]: [value] }).length;
        if (left !== count) problems.push(`${label}: ${facet}=${value} says ${count} for ${left}`);
      }
    }
    assert.ok(sets.length > 100, `${sets.length} sets of choices`);
    expectNone(problems, "facets");
  });
});

const COMBOS = [
  [{ "for-ehr": ["essential"], phase: ["exit"] }, ""],
  [{ "for-ehr": ["important"], "for-remote-care": ["essential"] }, ""],
  [{ "for-remote-care": ["important", "supporting"], phase: ["migrate", "exit"], kind: ["technical"] }, ""],
  [{ kind: ["organisational"] }, "data"],
  [{}, "hcs-1 encryption"],
];

test("what an address chooses is chosen on load, is told, and survives a reload and the way back", async () => {
  await withPage(WIDE, async (page) => {
    for (const [chosen, words] of COMBOS) {
      const wanted = filter(chosen, words);
      assert.ok(wanted.length > 0 && wanted.length < 17, `a choice that leaves ${wanted.length}`);
      await page.goto(url("measures.html") + queryOf(chosen, words));
      const check = async (when) => {
        assert.deepEqual((await shown(page)).toSorted(), wanted, `${when}: ${queryOf(chosen, words)}`);
        assert.equal(await page.locator("[role=status]").innerText(), `${wanted.length} of 17 measures`);
        for (const [facet, values] of Object.entries(chosen)) for (const value of values) assert.ok(await box(page, facet, value).isChecked(), `${when}: ${facet}=${value}`);
        assert.equal(await page.inputValue("#fq"), words, when);
      };
      await check("on load");
      await page.reload();
      await check("after a reload");
      await page.locator("[data-f]:visible .title").first().click();
      await page.waitForURL(/measures\/HCS/);
      await page.goBack();
      await check("on the way back");
    }
  });
});

test("a choice is written into the address and taken out again; other parts of the address stay", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(`${url("measures.html")}?nonsense=1&phase=never#group-plan`);
    assert.equal((await shown(page)).length, 17, "what the form does not know narrows nothing");
    await box(page, "for-ehr", "essential").check();
    await box(page, "phase", "exit").check();
    await page.fill("#fq", "Secur");
    const address = new URL(await page.evaluate(() => location.href));
    assert.equal(address.search, "?q=Secur&for-ehr=essential&phase=exit");
    assert.equal(address.hash, "#group-plan");
    await page.click("button[type=reset]");
    await page.waitForFunction(() => location.search === "");
    assert.equal((await shown(page)).length, 17);
    assert.equal(await page.locator("[role=status]").innerText(), "17 measures");
  });
});

test("groups without a measure vanish, and nothing found says so and clears", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(`${url("measures.html")}?q=encryption`);
    assert.equal(await page.locator("main h2:visible").count(), 1, "headings over nothing");
    assert.equal(await page.locator("[data-none]").isVisible(), false);
    await page.fill("#fq", "encryption zebra");
    assert.equal(await page.locator("main h2:visible").count(), 0);
    assert.ok(await page.locator("[data-none]").isVisible(), "nothing found is not said");
    assert.equal(await page.locator("[role=status]").innerText(), "0 of 17 measures");
    await page.focus("[data-clear]");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("[data-none]").hidden);
    assert.equal((await shown(page)).length, 17);
    assert.equal(await page.evaluate(() => document.activeElement.id), "fq", "focus is lost with the button");
  });
});

test("a choice is made by keyboard alone", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(url("measures.html"));
    await page.focus("#fq");
    await page.keyboard.press("Tab");
    const [name, value] = await page.evaluate(() => [document.activeElement.name, document.activeElement.value]);
    await page.keyboard.press("Space");
    assert.deepEqual((await shown(page)).toSorted(), filter({ [name]: [value] }));
  });
});

test("on a narrow screen the form is folded, says how much is chosen, and unfolds by keyboard", async () => {
  await withPage({ viewport: { width: 360, height: 800 } }, async (page) => {
    await page.goto(`${url("measures.html")}?phase=exit&kind=technical`);
    assert.equal(await page.locator("#fq").isVisible(), false, "the form is open");
    assert.equal(await page.locator(".facets summary").innerText(), "Filters: 2 in use");
    await page.focus(".facets summary");
    await page.keyboard.press("Enter");
    assert.ok(await page.locator("#fq").isVisible(), "Enter does not unfold the form");
    await page.setViewportSize({ width: 1440, height: 900 });
    // The page hears of a width with the next frame.
    await page.evaluate(() => new Promise((heard) => requestAnimationFrame(() => requestAnimationFrame(heard))));
    await page.setViewportSize({ width: 700, height: 900 });
    await page.waitForFunction(() => !document.querySelector("#fq").checkVisibility());
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.waitForFunction(() => document.querySelector("#fq").checkVisibility());
  });
});

test("paper says what the list was narrowed to", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(`${url("measures.html")}?phase=exit&phase=migrate&for-ehr=essential`);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("[data-choice]").innerText(), "Narrowed to Relevance for Electronic Health Record: Essential; Phase: Migrate or Exit.");
    assert.equal(await page.locator("[data-facets]").isVisible(), false);
  });
});

test("the facets work from disk and cause no request", async () => {
  await withPage(WIDE, async (page) => {
    await page.goto(`${fileUrl("measures.html")}?kind=technical`);
    const problems = watch(page, fileUrl("assets/favicon.svg"));
    await box(page, "phase", "exit").check();
    assert.deepEqual((await shown(page)).toSorted(), filter({ kind: ["technical"], phase: ["exit"] }));
    assert.equal(await page.evaluate(() => location.search), "?phase=exit&kind=technical");
    expectNone(problems, "requests");
    await page.reload();
    assert.deepEqual((await shown(page)).toSorted(), filter({ kind: ["technical"], phase: ["exit"] }));
  });
});

test("without scripts the list is whole and no form is offered", async () => {
  await withPage({ ...WIDE, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${url("measures.html")}?phase=exit`);
    assert.equal((await shown(page)).length, 17);
    assert.equal(await page.locator("form").isVisible(), false);
  });
});
