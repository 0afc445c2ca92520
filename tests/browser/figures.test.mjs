// Figures as a reader meets them: large enough to read, named, by keyboard, in every appearance and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadAxe, colourViolations, violations } from "./axe.mjs";
import { expectNone, fileUrl, stage } from "./site.mjs";

const PAGES = ["use-cases/ehr.html", "use-cases/remote-care.html", "use-cases/medical-devices.html", "measures/HCS-09.html", "measures/HCS-17.html", "coverage/eucs.html"];
const { withPage } = stage();

/** In the page: what is wrong with its figure as it stands. */
function faults(least) {
  const out = [];
  const figure = document.querySelector("svg.fig");
  for (const key of ["aria-labelledby", "aria-describedby"]) {
    const named = document.getElementById(figure.getAttribute(key));
    if (!named?.textContent.trim()) out.push(`${key} names nothing`);
  }
  const whole = figure.getBoundingClientRect();
  const boxes = [...figure.querySelectorAll(".box, a > path")].map((box) => box.getBoundingClientRect());
  for (const text of figure.querySelectorAll("text, tspan")) {
    const matrix = text.ownerSVGElement.getScreenCTM();
    const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.b, matrix.d);
    const name = text.textContent;
    if (size < least) out.push(`${name}: ${size.toFixed(1)} px`);
    const box = text.getBoundingClientRect();
    if (box.left < whole.left - 1 || box.right > whole.right + 1 || box.bottom > whole.bottom + 1) out.push(`${name} sticks out of the figure`);
    // A text that begins in a box ends in it.
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const around = boxes.find((it) => it.left < x && x < it.right && it.top < y && y < it.bottom);
    if (around && (box.left < around.left || box.right > around.right)) out.push(`${name} is wider than its box`);
  }
  return out;
}

for (const name of PAGES) {
  test(`${name}: the figure is read at 360 px and on paper, named, and breaks no rule of axe`, async () => {
    await withPage({ bypassCSP: true, viewport: { width: 360, height: 900 } }, async (page) => {
      await page.goto(fileUrl(name));
      const findings = await page.evaluate(faults, 10);
      await loadAxe(page);
      findings.push(...(await violations(page)));
      await page.emulateMedia({ colorScheme: "dark" });
      findings.push(...(await colourViolations(page)).map((it) => `dark: ${it}`));
      await page.setViewportSize({ width: 1440, height: 900 });
      findings.push(...(await page.evaluate(faults, 12)).map((it) => `1440 px: ${it}`));
      await page.setViewportSize({ width: 680, height: 900 });
      await page.emulateMedia({ media: "print" });
      findings.push(...(await page.evaluate(faults, 9)).map((it) => `on paper: ${it}`));
      expectNone(findings, name);
    });
  });
}

test("by keyboard, the number of a flow leads to its line and back, and is seen when it is reached", async () => {
  await withPage({ viewport: { width: 1440, height: 900 }, javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl("use-cases/ehr.html"));
    const number = page.locator("#edge-5 a");
    await page.locator("#edge-4 a").focus();
    await page.keyboard.press("Tab");
    assert.equal(await number.evaluate((link) => link === document.activeElement && link.matches(":focus-visible")), true);
    const ring = await number.evaluate((link) => getComputedStyle(link).outlineStyle);
    assert.notEqual(ring, "none");
    const wide = await page.locator("#edge-5 .edge").evaluate((line) => getComputedStyle(line).strokeWidth);
    assert.equal(wide, "3px", "the line of a number that has the focus is thicker");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#flow-5$/);
    await page.locator("#flow-5 .no").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#edge-5$/);
    const seen = await page.locator("#edge-5").evaluate((it) => {
      const box = it.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight;
    });
    assert.equal(seen, true);
  });
});

test("figures follow forced colours and the dark appearance", async () => {
  await withPage({ viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto(fileUrl("use-cases/ehr.html"));
    const colours = () => page.evaluate(() => {
      const of = (name, key) => getComputedStyle(document.querySelector(`.fig ${name}`))[key];
      return { paper: getComputedStyle(document.body).backgroundColor, box: of(".box", "fill"), edge: of(".edge:not(.weak)", "stroke"), text: of("text:not(.tw)", "fill") };
    });
    const light = await colours();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colours();
    assert.equal(dark.box, dark.paper);
    for (const key of ["box", "edge", "text"]) assert.notEqual(dark[key], light[key], key);
    await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
    const forced = await colours();
    const system = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const of = (name) => {
        probe.style.color = name;
        return getComputedStyle(probe).color;
      };
      return { text: of("CanvasText"), edge: of("LinkText"), box: of("Canvas") };
    });
    assert.deepEqual({ text: forced.text, edge: forced.edge, box: forced.box }, system);
  });
});
