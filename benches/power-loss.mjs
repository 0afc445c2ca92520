// What a power loss leaves of a site on ext4, and whether the next build repairs it. Linux, as root.
//   BIN=target/release/controlbook node benches/power-loss.mjs [COPIES] [BOOK]
// A site is built over another one on a file system in an image file. The image is copied before the file system has written
// everything, as if the power were lost then; the build is stopped meanwhile. The copy is mounted, examined, and built into
// again. The unit tests (`src/host/write/tests/power_loss.rs`) try every step, on a simulated disk that keeps less than ext4.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [copies = "10", book = "."] = process.argv.slice(2);
const bin = path.resolve(process.env.BIN ?? "target/release/controlbook");
const work = mkdtempSync(path.join(tmpdir(), "controlbook-power-"));
const inWork = (name) => path.join(work, name);

function run(program, ...args) {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${status} ${stderr}`);
}
const build = (root, folder) => spawnSync(bin, ["build", "--quiet", root, "-d", folder], { encoding: "utf8" });

function files(folder, prefix = "") {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((it) =>
    it.isDirectory() ? files(path.join(folder, it.name), `${prefix}${it.name}/`) : [`${prefix}${it.name}`],
  );
}
const contents = (folder) =>
  new Map(files(folder).filter((it) => !it.startsWith(".controlbook")).map((it) => [it, readFileSync(path.join(folder, it), "latin1")]));

// The second version renames the first measure.
const roots = ["one", "two"].map((name) => {
  for (const part of ["book.toml", "content", "theme"]) if (existsSync(path.join(book, part))) cpSync(path.join(book, part), path.join(inWork(name), part), { recursive: true });
  return inWork(name);
});
const id = files(path.join(roots[1], "content/measures")).map((it) => /^([A-Z]+-)(\d\d)\.yaml$/.exec(it)).find(Boolean);
for (const file of files(roots[1]).filter((it) => /\.(ya?ml|md)$/.test(it))) {
  const rename = (text) => text.replaceAll(`${id[1]}${id[2]}`, `${id[1]}${Number(id[2]) + 60}`);
  const old = path.join(roots[1], file);
  const text = rename(readFileSync(old, "utf8"));
  rmSync(old);
  writeFileSync(path.join(roots[1], rename(file)), text);
}
const cold = roots.map((root, i) => {
  const { status, stderr } = build(root, inWork(`cold-${i}`));
  if (status !== 0) throw new Error(stderr);
  return contents(inWork(`cold-${i}`));
});

for (const name of ["disk", "copy"]) mkdirSync(inWork(name));

/** Mounts the copy of the image, counts the damaged files, and builds into it again. */
function examine() {
  run("mount", "-o", "loop", inWork("copy.img"), inWork("copy"));
  const site = path.join(inWork("copy"), "site");
  const now = contents(site);
  const bad = [...now].filter(([file, bytes]) => cold[0].get(file) !== bytes && cold[1].get(file) !== bytes);
  const manifest = path.join(site, ".controlbook");
  const isCut = existsSync(manifest) && readFileSync(manifest).length === 0;
  const again = build(roots[1], site);
  const after = contents(site);
  const isEqual = again.status === 0 && after.size === cold[1].size && [...after].every(([file, bytes]) => cold[1].get(file) === bytes);
  run("umount", inWork("copy"));
  return { files: now.size, empty: bad.filter(([, bytes]) => bytes === "").length, torn: bad.length, isCut, isEqual, stderr: again.stderr };
}

console.log("| ext4 mounted with | power lost | copies | files | empty at most | neither old nor new at most | manifest empty | next build refused or not equal to cold |");
console.log("|---|---|---|---|---|---|---|---|");
for (const options of ["defaults", "noauto_da_alloc,commit=1"]) {
  for (const moment of ["during the build", "at its end", "1 s later", "2 s later"]) {
    const results = [];
    const turns = moment === "during the build" ? Number(copies) : 2;
    for (let turn = 0; turn < turns; turn++) {
      rmSync(inWork("disk.img"), { force: true });
      run("truncate", "-s", "96M", inWork("disk.img"));
      run("mkfs.ext4", "-q", inWork("disk.img"));
      run("mount", "-o", `loop,${options}`, inWork("disk.img"), inWork("disk"));
      const site = path.join(inWork("disk"), "site");
      if (build(roots[0], site).status !== 0) throw new Error("the first build failed");
      run("sync", "-f", site);
      const manifest = () => { try { return readFileSync(path.join(site, ".controlbook"), "latin1").includes('"inputs":""'); } catch { return false; } };
      const child = spawn(bin, ["build", "--quiet", roots[1], "-d", site], { stdio: "ignore" });
      const end = new Promise((resolve) => child.on("exit", resolve));
      if (moment === "during the build") {
        const start = performance.now();
        while (!manifest() && performance.now() - start < 60_000) await sleep(0);
        await sleep(turn * 60);
        child.kill("SIGSTOP");
        run("cp", "--sparse=always", inWork("disk.img"), inWork("copy.img"));
        child.kill("SIGCONT");
        await end;
      } else {
        await end;
        await sleep(Number(/^\d+/.exec(moment)?.[0] ?? 0) * 1000);
        run("cp", "--sparse=always", inWork("disk.img"), inWork("copy.img"));
      }
      run("umount", inWork("disk"));
      results.push(examine());
    }
    const most = (key) => Math.max(...results.map((it) => it[key]));
    console.log(`| ${options} | ${moment} | ${results.length} | ${most("files")} | ${most("empty")} | ${most("torn")} | ${results.filter((it) => it.isCut).length} | ${results.filter((it) => !it.isEqual).length} |`);
    const stderr = results.find((it) => it.stderr)?.stderr;
    if (stderr) console.log(stderr);
  }
}
rmSync(work, { recursive: true, force: true });
