// Counts the instructions of a build on one thread, in total and by stage: unlike the time, they are the same on a busy machine.
//   cargo bench --bench books -- 100 /tmp/book
//   cargo build --release
//   BIN=target/release/controlbook node benches/instructions.mjs /tmp/book
// Not with the profile `dist`: its link-time optimisation inlines stages into each other.
// Needs valgrind, under which a build takes about fifty times as long: 100 measures are enough, since the cost is linear.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const [book] = process.argv.slice(2);
if (!book || !process.env.BIN) {
  console.log("usage: BIN=target/release/controlbook node benches/instructions.mjs BOOK");
  process.exit(2);
}

/** The stages, and for each the function whose inclusive count it is. */
const STAGES = {
  "read": "host::read::read_again",
  "digest of inputs and program": "cli::build::digest",
  "parse": "pipeline::parse::parse",
  "of that, highlight": "markdown::highlight::Highlighter::highlight",
  "link": "catalogue::link::link",
  "check": "check::check",
  "plan": "site::plan::pages",
  "theme": "theme::Theme::load",
  "render": "render::Renderer::page",
  "of that, templates": "tera::vm::interpreter::VirtualMachine::interpret",
  "search index": "export::search::put",
  "data": "export::data::put",
  "write, file by file": "<controlbook::host::write::stage::Stage as controlbook::output::Sink>::put",
  "names at the end": "host::write::stage::Stage::finish",
};

const work = mkdtempSync(path.join(tmpdir(), "instructions-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

function run(program, ...given) {
  const { status, error, stdout, stderr } = spawnSync(program, given,
    { env: { ...process.env, RAYON_NUM_THREADS: "1" }, encoding: "utf8", maxBuffer: 1 << 30 });
  if (error) throw new Error(`${program}: ${error.message}; Debian has it in the package valgrind`);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

const counts = path.join(work, "counts");
run("valgrind", "--tool=callgrind", `--callgrind-out-file=${counts}`, process.env.BIN, "build", book, "-d", path.join(work, "site"));
const lines = run("callgrind_annotate", "--inclusive=yes", "--threshold=100", counts).split("\n");
const count = (name) => {
  const line = lines.find((it) => it.includes(`:${name} [`) || it.includes(`:controlbook::${name} [`) || it.includes(`${name}  (`));
  return line ? Number(line.trim().split(/[ (]/)[0].replaceAll(",", "")) : undefined;
};
const all = Number(lines.find((it) => it.includes("PROGRAM TOTALS")).trim().split(" ")[0].replaceAll(",", ""));
const format = (number) => (number === undefined ? "not found" : `${(number / 1e6).toFixed(1)} million`);
console.log("| stage | instructions | share |\n|---|---|---|");
for (const [stage, name] of [...Object.entries(STAGES), ["all", undefined]]) {
  const number = name ? count(name) : all;
  const share = number === undefined ? "" : `${((100 * number) / all).toFixed(1)} %`;
  console.log(`| ${stage} | ${format(number)} | ${share} |`);
}
