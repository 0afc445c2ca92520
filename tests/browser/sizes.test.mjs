// A page view stays small: style sheets and scripts within their budgets.

import path from "node:path";
import { test } from "node:test";
import { allPages, assets, bytes, expectNone, filesBelow, rootOf404 } from "./site.mjs";

const KB = 1024;
// Before compression. Names in scripts stay whole when they are published, so that plain names cost bytes: the search page's
// 45 KB travel as 14.
const BUDGET = { styles: 36 * KB, scripts: 45 * KB };
const files = new Set(filesBelow("."));

/** The file that a page's link names, or null for one that is not there. */
function resolve(page, link) {
  const clean = link.replace(/[?#].*$/, "");
  const root = rootOf404();
  const file = root && clean.startsWith(root) ? clean.slice(root.length) : path.posix.join(path.posix.dirname(page), clean);
  return files.has(file) ? file : null;
}

for (const kind of ["styles", "scripts"]) {
  test(`no page names more than ${BUDGET[kind] / KB} KB of ${kind}`, () => {
    const problems = [];
    for (const page of allPages) {
      const named = assets(page)[kind].map((link) => [link, resolve(page, link)]);
      problems.push(...named.filter(([, file]) => !file).map(([link]) => `${page}: ${link} is not there`));
      const sizes = named.filter(([, file]) => file).map(([, file]) => [file, bytes(file)]);
      const total = sizes.reduce((sum, [, size]) => sum + size, 0);
      if (total > BUDGET[kind]) problems.push(`${page}: ${total} bytes: ${sizes.map((pair) => pair.join(" ")).join(", ")}`);
      if (kind === "styles" && named.length === 0) problems.push(`${page}: no style sheet`);
    }
    expectNone(problems, `${kind}, at most ${BUDGET[kind]} bytes`);
  });
}

test(`all style sheets of the site take at most ${BUDGET.styles / KB} KB`, () => {
  const sheets = [...files].filter((file) => file.endsWith(".css"));
  const total = sheets.reduce((sum, file) => sum + bytes(file), 0);
  expectNone(total > BUDGET.styles ? sheets.map((file) => `${file}: ${bytes(file)} bytes`) : [], `${total} bytes of CSS`);
});
