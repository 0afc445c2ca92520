// Writes a book in which every text field holds a payload that runs where it is not escaped.
//
// The fields are read from the manual, which is generated from the program's types: new fields are filled, too.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { program } from "./preview.mjs";

/** Payloads that break out of each context that a text could be in. `N` is the number of the field, which a payload that runs reports. */
export const PAYLOADS = {
  "mark-up": "zqN hostile \"><img src=x onerror=pwned(N)><script>pwned(N)</script>' onmouseover='pwned(N)' autofocus onfocus='pwned(N)' x=' " +
    "</script></style></title></textarea></template></svg><svg onload=pwned(N)><style>@import url(//x.invalid/N)</style> --> ]]> &quot;&gt;&lt;script&gt;pwned(N)&lt;/script&gt;",
  scripts: "zqN hostile \";pwned(N);\" ';pwned(N);' `;pwned(N);` ${pwned(N)} \\\";pwned(N);// \\u003cimg src=x onerror=pwned(N)\\u003e \u2028pwned(N)\u2028 " +
    "{{ frame.title }} {% raw %} {# x #} } body { background: url(//x.invalid/N) } /* */ \", \"x\": \"</ScRiPt><script>pwned(N)//",
  addresses: "javascript:pwned(N)//zqN hostile https://x\" onclick=\"pwned(N) vbscript:pwned(N) data:text/html,<script>pwned(N)</script>",
  markdown: "zqN hostile [x](javascript:pwned(N)) [y](&#106;avascript:pwned(N) \"a\\\" onmouseover=pwned(N) b=\\\"\") <javascript:pwned(N)> [z](data:text/html,%3Cscript%3Epwned(N)%3C/script%3E) " +
    "**<img src=x onerror=pwned(N)>** `</code><img src=x onerror=pwned(N)>` ~~\"><svg onload=pwned(N)>~~ [](<\"onmouseover=pwned(N)>)",
};

/** Values of fields that are checked, such as references, dates and addresses: a payload would stop the build. `null` leaves a
 * field out. */
const FIXED = {
  "Measure.id": "M-1", "Measure.group": "all", "Measure.threats": ["t"], "Measure.draft": false, "Measure.use-cases": (make) => ({ u: make("Measure: Use case relevance") }),
  "Measure: Practice.id": "M-1.1", "Measure: Practice.essential-for": ["u"],
  "Measure: Related.measure": "M-2",
  "Groups of measures.id": "all",
  "Use case.id": "u", "Use case.nodes": (make) => [make("Use case: Flow node", { id: "a" }), make("Use case: Flow node", { id: "b", at: [2, 1] })],
  "Use case: Actor entry.id": "y",
  "Use case: Asset.id": "x", "Use case: Asset.node": "a",
  "Use case: Flow.from": "a", "Use case: Flow.to": "b", "Use case: Flow.measures": ["M-1"],
  "Use case: Flow node.zone": "z",
  "Use case: Weighed threat.threat": "t",
  "Use case: Zone.id": "z",
  "Framework.id": "f", "Framework.levels": ["low", "high"], "Framework.link": "https://example.org/",
  "Framework.kinds": (make) => [make("Framework: Kind", { name: "part", mappable: false }), make("Framework: Kind", { name: "rule" })],
  "Framework: Kind.slug": "{id}", "Framework: Kind.display": "{id}", "Framework: Kind.link": "https://example.org/{id}",
  "Framework: Cite.display": "{id}", "Framework: Cite.forms": ["{id}"], "Framework: Cite.between": [","],
  "Framework: Status.as-of": "2026-01-01", "Framework: Status.source": "https://example.org/",
  "Framework’s tree.id": "A", "Framework’s tree.kind": null, "Framework’s tree.level": null,
  "Framework’s tree.nodes": (make) => ["A-1", "A-2", "A-3"].map((id) => make("Framework’s tree", { id, level: "low", nodes: null })),
  "Set of mappings.framework": "f", "Set of mappings: Not mapped.target": "A-2",
  "Mappings.measure": "M-1", "Mappings: Mapping.from": "M-1.1", "Mappings: Mapping.to": "A-1", "Mappings: Mapping.property": null,
  "Threats.id": "t",
  "Glossary.see": null,
  "Page of the guide.cites": "f", "Page of the guide.draft": false, "Page of the guide.parts": ["figures", "errata"],
  "Home page: Task.to": "guide/a.md",
  "The book: Accessibility.status": "partial", "The book: Accessibility.prepared": "2026-01-01", "The book: Accessibility.reviewed": "2026-01-02",
  "The book: Book.date": "2026-01-01", "The book: Book.language": "en-GB", "The book: Book.src": "content",
  "The book: Build.build-dir": "public",
  "The book: Checks.at-least": null, "The book: Checks.except": null,
  // Errors that would stop the build are warnings, so that escaping alone protects the reader.
  "The book: Checks.severity": Object.fromEntries(["raw-html", "empty-link", "unsafe-url", "unknown-page", "unresolved-citation", "bad-keyword"].map((it) => [it, "warning"])),
  "The book: Markdown config.raw-html": false,
  "The book: Preview.editor": "vscode://file/{path}",
  "The book: Contact.form": "https://example.org/", "The book: Contact.mail": "a@example.org", "The book: Contact.phone": "+49 30 1234",
  "The book: Enforcement.url": "https://example.org/",
  "The book: Html.edit-url-template": "https://example.org/{path}", "The book: Html.git-repository-url": "https://example.org/",
  "The book: Html.precompress": false, "The book: Html.site-url": "https://example.org/",
  "The book: Theme.accent": null, "The book: Theme.accent-dark": null, "The book: Theme.hide": null,
  "The book: Theme.logo": "theme/logo.svg", "The book: Theme.logo-dark": null, "The book: Theme.favicon": null,
  "The book: Footer link.link": "https://example.org/",
};

const manual = readFileSync(path.join(import.meta.dirname, "../../manual/fields.md"), "utf8");
const slug = (title) => title.toLowerCase().replace(/[^a-z0-9 -]/g, "").replaceAll(" ", "-");

/** The tables of the manual by title: key and type of each field. */
const tables = new Map(manual.split(/^#{2,3} /m).slice(1).map((part) => [
  part.split("\n")[0],
  [...part.matchAll(/^\| `([^`]+)` \| (.+?) \| (?:yes)? ?\|/gm)].map(([, key, type]) => ({ key, type })),
]));
const titles = new Map([...tables.keys()].map((title) => [slug(title), title]));

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n';

/** Makes records whose texts are payloads; `filled` collects the names of their fields, in the order of their numbers. */
function maker(payload, filled) {
  const used = new Set();
  const text = (field) => {
    filled.push(field);
    return payload.replaceAll("N", String(filled.length - 1));
  };
  function value(type, field) {
    const [, list] = type.match(/^list of (.*)$/) ?? [];
    if (list) return [value(list, field)];
    const [, label, link] = type.match(/^\[(.*)\]\(#(.*)\)$/) ?? [];
    if (label?.startsWith("`")) return label.split("`")[1];
    if (link) return make(titles.get(link));
    if (type === "text") return text(field);
    if (type === "number") return 1;
    if (type === "[ number, number ]") return [1, 1];
    if (type === "`true` or `false`") return true;
    throw new Error(`${field} is of a type that is not known here: ${type}`);
  }
  function make(title, over = {}) {
    const record = {};
    for (const { key, type } of tables.get(title)) {
      const field = `${title}.${key}`;
      if (field in FIXED) used.add(field);
      const given = Object.hasOwn(over, key) ? over[key] : FIXED[field];
      const fixed = typeof given === "function" ? given(make) : given;
      const content = fixed === undefined ? value(type, field) : fixed;
      if (content !== null) record[key] = content;
    }
    return record;
  }
  return { make, text, unused: () => Object.keys(FIXED).filter((it) => !used.has(it)) };
}

/** A nested value as TOML, whose strings may be written like those of JSON. */
function toml(value) {
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  if (value !== null && typeof value === "object") return `{ ${Object.entries(value).map(([key, inner]) => `${key} = ${toml(inner)}`).join(", ")} }`;
  return JSON.stringify(value);
}

/** Writes a book of a payload into a temporary folder. Returns the folder, the field names by number, and the fixed values that no field used. */
export function writeHostile(payload) {
  const folder = mkdtempSync(path.join(tmpdir(), "controlbook-hostile-"));
  const filled = [];
  const { make, text, unused } = maker(payload, filled);
  const write = (file, bytes) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes);
  };
  // JSON is valid YAML.
  const record = (file, value) => write(`content/${file}`, JSON.stringify(value));
  const page = (file, matter, body) => write(`content/${file}`, `---\n${JSON.stringify(matter)}\n---\n\n${body}\n`);
  write("book.toml", Object.entries(make("The book")).map(([key, value]) => `${key} = ${toml(value)}\n`).join(""));
  write("theme/logo.svg", SVG);
  const prose = () => `## Words\n\n${text("prose")}\n\n- ${text("an item")}\n\n| a | b |\n|---|---|\n| ${text("a cell").replaceAll("|", "\\|")} | c |\n\n` +
    `> [!NOTE]\n> ${text("a note")}\n\nA footnote.[^1]\n\n[^1]: ${text("a footnote")}\n\n\`\`\`rust\n${text("code")}\n\`\`\`\n\n## ${text("a heading")}\n\nWords.`;
  page("index.md", make("Home page"), prose());
  page("guide/a.md", make("Page of the guide"), prose());
  record("measures/groups.yaml", [make("Groups of measures")]);
  for (const [id, other] of [["M-1", "M-2"], ["M-2", "M-1"]]) {
    const measure = make("Measure");
    measure.practices[0].id = `${id}.1`;
    measure.related[0].measure = other;
    record(`measures/${id}.yaml`, { ...measure, id });
    write(`content/measures/${id}.md`, prose());
  }
  record("use-cases/u.yaml", make("Use case"));
  write("content/use-cases/u.md", prose());
  record("threats.yaml", [make("Threats")]);
  record("glossary.yaml", [make("Glossary")]);
  for (const id of ["f", "g"]) {
    const framework = { ...make("Framework"), id };
    record(`frameworks/${id}/framework.yaml`, framework);
    record(`frameworks/${id}/A.yaml`, make("Framework’s tree"));
    record(`mappings/${id}/set.yaml`, make("Set of mappings", { framework: id, version: framework.version }));
    for (const measure of ["M-1", "M-2"]) {
      const { mappings: [mapping] } = make("Mappings");
      record(`mappings/${id}/${measure}.yaml`, { measure, mappings: [{ ...mapping, from: `${measure}.1` }] });
    }
  }
  const odd = ["javascript:pwned('name').md", "\"onmouseover=pwned('name') x=\".md", "{{ 7 }}.md", "a'b\"c&d.md"];
  for (const [i, name] of odd.entries()) page(`guide/${name}`, make("Page of the guide", { draft: false }), `Page ${i}.`);
  write("content/guide/\"><img src=x onerror=pwned('picture')>.svg", SVG);
  page("guide/pictures.md", make("Page of the guide"), `![${text("a picture")}](<"\\>\\<img src=x onerror=pwned('picture')\\>.svg>)`);
  return { folder, filled, unused: unused() };
}

/** Builds a book into a folder inside its own, and returns that folder. */
export function build(folder) {
  const site = path.join(folder, "public");
  execFileSync(program, ["build", folder, "-d", site], { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  return site;
}
