// A book that the program serves while a test or a benchmark edits it.
//
// BIN is the program; without it, the newest of those that cargo has built.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const target = path.join(import.meta.dirname, "../../target");

export const program = binary();

function binary() {
  if (process.env.BIN) return path.resolve(process.env.BIN);
  const built = ["release", "debug"].map((kind) => path.join(target, kind, "controlbook")).filter((file) => existsSync(file));
  if (built.length === 0) throw new Error("BIN is not set, and cargo has built no program: cargo build, or BIN=target/release/controlbook");
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** A folder with a new book in it, and files laid over it. */
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

/** Serves a book, and resolves once it listens. */
export async function preview(folder, port = 0) {
  const child = spawn(program, ["serve", folder, "-p", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const ended = new Promise((resolve) => { child.on("exit", resolve); });
  const origin = await new Promise((resolve, reject) => {
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const address = said.match(/http:\/\/[^/]+/);
      if (address) resolve(address[0]);
    });
    child.on("exit", () => reject(new Error(`the preview ended: ${said}`)));
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
    /** Stops it and removes the book. */
    async close() {
      await this.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
