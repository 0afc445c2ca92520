// Kills builds while they rename staged files into the site, and counts what is wrong afterwards.
//   BIN=target/release/controlbook node benches/kills.mjs [RUNS] [SIGNAL] [BOOK]
// Two versions of the book are built in turn into one folder: an empty one, a finished site, and what a killed build left.
// A build is killed at a random time after it wrote its manifest of old and new files; every third, at a random time after its
// start. `tests/it/kill.rs` does the same with a small book. The folder is made in TMPDIR.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const [runs = "500", signal = "SIGKILL", book = "."] = process.argv.slice(2);
const bin = path.resolve(process.env.BIN ?? "target/release/controlbook");
const work = mkdtempSync(path.join(tmpdir(), "controlbook-kills-"));
const site = path.join(work, "site");

/** Every file below a folder, as paths with slashes. */
function files(folder, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((it) =>
    it.isDirectory() ? files(path.join(folder, it.name), `${prefix}${it.name}/`) : [`${prefix}${it.name}`],
  );
}

/** Copies the book; the second version renames the last three measures. */
function copyBook(name, isOther) {
  const root = path.join(work, name);
  for (const part of ["book.toml", "content", "theme"]) {
    if (existsSync(path.join(book, part))) cpSync(path.join(book, part), path.join(root, part), { recursive: true });
  }
  if (!isOther) return root;
  const ids = files(path.join(root, "content/measures")).map((it) => /^([A-Z]+-)(\d\d)\.yaml$/.exec(it)).filter(Boolean);
  for (const [, prefix, number] of ids.slice(-3)) {
    const [from, to] = [`${prefix}${number}`, `${prefix}${Number(number) + 60}`];
    const anywhere = new RegExp(`\\b${from}\\b`, "g");
    for (const file of files(root)) {
      const old = path.join(root, file);
      if (!/\.(ya?ml|md|toml)$/.test(file)) continue;
      writeFileSync(old, readFileSync(old, "utf8").replace(anywhere, to));
      if (anywhere.test(file)) renameSync(old, path.join(root, file.replace(anywhere, to)));
    }
  }
  return root;
}

function build(root, folder) {
  const { status, stderr } = spawnSync(bin, ["build", "--quiet", root, "-d", folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`build of ${root}: ${status}\n${stderr}`);
}

const isOwn = (file) => file.startsWith(".controlbook");

/** The files of a folder, each with its bytes as text. */
const contents = (folder) => new Map(files(folder).map((it) => [it, readFileSync(path.join(folder, it), "latin1")]));

const roots = [copyBook("one", false), copyBook("two", true)];
const cold = roots.map((root, i) => {
  const folder = path.join(work, `cold-${i}`);
  build(root, folder);
  return new Map([...contents(folder)].filter(([file]) => !isOwn(file)));
});
const both = [...cold[0].keys()].filter((it) => cold[1].has(it));
const differing = both.filter((it) => cold[0].get(it) !== cold[1].get(it));
const only = cold.map((it, i) => [...it.keys()].filter((file) => !cold[1 - i].has(file)));
console.log(`${both.length} files in both versions, ${differing.length} of them differ; ${only[0].length} and ${only[1].length} in one alone`);

/** The files of the site that a page links to. */
function* links(file, html) {
  for (const [, address] of html.matchAll(/\s(?:href|src)="([^"#?]+)[^"]*"/g)) {
    if (!/^[a-z]+:|^\/\//i.test(address)) yield path.posix.join(path.posix.dirname(file), decodeURIComponent(address)).replace(/\/$/, "/index.html");
  }
}

const spin = (until) => { while (performance.now() < until); };
const inode = () => { try { return statSync(path.join(site, ".controlbook"), { bigint: true }).ino; } catch { return 0n; } };

/** Starts a build and kills it; `aim` waits in a busy loop for the moment. Returns the signal that ended the build, if any. */
async function killBuild(root, aim) {
  const child = spawn(bin, ["build", "--quiet", root, "-d", site], { stdio: "ignore" });
  let isOver = false;
  const end = new Promise((resolve) => child.on("exit", (_, by) => { isOver = true; resolve(by); }));
  const before = inode();
  const isRunning = () => { try { return readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1][0] !== "Z"; } catch { return false; } };
  aim(() => inode() !== before, isRunning);
  if (!isOver) child.kill(signal);
  return end;
}

// Medians of the time of a build, and of that from its first manifest to its end.
const times = { whole: [], names: [] };
for (let i = 0; i < 7; i++) {
  const start = performance.now();
  await killBuild(roots[i % 2], (stands, isRunning) => {
    while (!stands() && isRunning());
    const seen = performance.now();
    while (isRunning());
    times.whole.push(performance.now() - start);
    times.names.push(performance.now() - seen);
  });
}
const [whole, names] = [times.whole, times.names].map((it) => it.sort((a, b) => a - b)[3]);
console.log(`a build takes ${whole.toFixed(0)} ms, of which ${names.toFixed(0)} ms from its first manifest on`);

const count = { runs: 0, killed: 0, mixed: 0, torn: 0, deadReachable: 0, deadAnywhere: 0, repairs: 0, unequal: 0, left: 0, refused: 0 };
const wrong = [];
function report() {
  console.log("| signal | runs | killed while running | mixed states | torn files | dead links reachable from home or an old page | states with any dead link | next runs | refused | not equal to cold | leftovers after it |");
  console.log("|---|---|---|---|---|---|---|---|---|---|---|");
  const { runs, killed, mixed, torn, deadReachable, deadAnywhere, repairs, refused, unequal, left } = count;
  console.log(`| ${signal} | ${[runs, killed, mixed, torn, deadReachable, deadAnywhere, repairs, refused, unequal, left].join(" | ")} |`);
}
for (let run = 0; run < Number(runs); run++) {
  const target = run % 2;
  if (run % 5 === 0) rmSync(site, { recursive: true, force: true });
  else if (run % 5 === 1) build(roots[1 - target], site);
  const by = await killBuild(roots[target], (stands, isRunning) => {
    if (run % 3 === 2) return spin(performance.now() + Math.random() * whole);
    while (!stands() && isRunning());
    spin(performance.now() + Math.random() * names);
  });
  if (run % 50 === 49) report();
  count.runs++;
  if (by) count.killed++;
  const now = existsSync(site) ? contents(site) : new Map();
  const published = [...now.keys()].filter((it) => !isOwn(it));
  const isOf = (i) => published.some((it) => now.get(it) === cold[i].get(it) && now.get(it) !== cold[1 - i].get(it));
  if (isOf(0) && isOf(1)) count.mixed++;
  const torn = published.filter((it) => now.get(it) !== cold[0].get(it) && now.get(it) !== cold[1].get(it));
  count.torn += torn.length;
  const dead = new Set();
  const pages = published.filter((it) => it.endsWith(".html"));
  for (const page of pages) for (const to of links(page, now.get(page))) if (!now.has(to)) dead.add(page);
  if (dead.size > 0) count.deadAnywhere++;
  const open = pages.filter((it) => it === "index.html" || (cold[0].has(it) && cold[1].has(it)));
  const seen = new Set(open);
  for (let page = open.pop(); page; page = open.pop()) {
    if (dead.has(page)) { count.deadReachable++; wrong.push(`run ${run}: ${page}`); }
    for (const to of links(page, now.get(page))) if (now.has(to) && to.endsWith(".html") && !seen.has(to)) { seen.add(to); open.push(to); }
  }
  if (run % 2 === 1) continue;
  // The next run, of the same version or of the other.
  const next = run % 4 === 0 ? target : 1 - target;
  const { status, stderr } = spawnSync(bin, ["build", "--quiet", roots[next], "-d", site], { encoding: "utf8" });
  count.repairs++;
  if (status !== 0) { count.refused++; wrong.push(stderr); continue; }
  const after = contents(site);
  if ([...after.keys()].some((it) => /^\.controlbook-(new|tmp)/.test(it)) || existsSync(path.join(site, ".controlbook-new"))) count.left++;
  const rest = [...after].filter(([it]) => !isOwn(it));
  if (rest.length !== cold[next].size || rest.some(([it, bytes]) => cold[next].get(it) !== bytes)) count.unequal++;
}
report();
for (const line of wrong.slice(0, 20)) console.log(line);
rmSync(work, { recursive: true, force: true });
process.exit(count.torn + count.deadReachable + count.unequal + count.left + count.refused > 0 ? 1 : 0);
