// Takes screenshots of each kind of page for review: three widths, light and dark, and a PDF, into out/.
// Run with SITE set: `SITE=public node tests/browser/screenshots.mjs`.

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { launch, sample, serve } from "./site.mjs";

const out = path.join(import.meta.dirname, "out");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const server = await serve();
const browser = await launch();
let taken = 0;
try {
  for (const name of sample) {
    const stem = path.join(out, name.replace(/\.html$/, "").replaceAll("/", "-"));
    const page = await browser.newPage({ reducedMotion: "reduce" });
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.goto(server.url(name), { waitUntil: "load" });
        await page.screenshot({ path: `${stem}.${width}.${colorScheme}.png`, fullPage: true });
        taken += 1;
      }
    }
    await page.pdf({ path: `${stem}.pdf`, tagged: true, outline: true, preferCSSPageSize: true });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${taken} screenshots and ${sample.length} PDFs of ${sample.length} pages in tests/browser/out`);
