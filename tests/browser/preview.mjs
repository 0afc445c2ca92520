// Runs the preview of a book that a test or a benchmark edits.
//
// BIN is the program; by default the newest that cargo has built.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const target = path.join(import.meta.dirname, "../../target");

export const program = findProgram();

function findProgram() {
  if (process.env.BIN) return path.resolve(process.env.BIN);
  const built = ["release", "debug"].map((kind) => path.join(target, kind, "controlbook")).filter((file) => existsSync(file));
  if (built.length === 0) throw new Error("BIN is not set, and cargo has built no program: cargo build, or BIN=target/release/controlbook");
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** Creates a book in a temporary folder, with files replaced or added. */
export function begin(files = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "controlbook-"));
  execFileSync(program, ["init", folder], { stdio: "ignore" });
  for (const [file, text] of Object.entries(files)) write(folder, file, typeof text === "function" ? text(read(folder, file)) : text);
  return folder;
}

export const read = (folder, file) => readFileSync(path.join(folder, file), "utf8");
export function write(folder, file, text) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** Starts the preview of a book, and resolves when it listens. */
export async function preview(folder, port = 0) {
  const child = spawn(program, ["serve", folder, "-p", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  const ended = new Promise((resolve) => { child.on("exit", resolve); });
  const origin = await new Promise((resolve, reject) => {
    child.stderr.on("data", (bytes) => {
      output += bytes;
      const address = output.match(/http:\/\/[^/]+/);
      if (address) resolve(address[0]);
    });
    child.on("exit", () => reject(new Error(`the preview ended: ${output}`)));
  });
  return {
    origin,
    port: Number(new URL(origin).port),
    url: (page) => `${origin}/${page}`,
    read: (file) => read(folder, file),
    write: (file, text) => write(folder, file, text),
    change: (file, from, to) => {
      const text = read(folder, file);
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      write(folder, file, text.replace(from, to));
    },
    async stop() {
      child.kill("SIGINT");
      await ended;
    },
    /** Stops the preview and deletes the book. */
    async close() {
      await this.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
