// The fork of a made-up hospital, built with BIN into a folder of its own.

import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { program } from "./preview.mjs";

export const FORK = path.join(import.meta.dirname, "../fixtures/fork");

/** Builds the fork; returns the folder of its site, which the caller removes. */
export function buildFork() {
  const folder = mkdtempSync(path.join(tmpdir(), "controlbook-fork-"));
  execFileSync(program, ["build", FORK, "-d", folder], { stdio: "pipe" });
  return folder;
}
