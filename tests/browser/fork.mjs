// Builds the fork of an invented hospital with BIN.

import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { program } from "./preview.mjs";

export const FORK = path.join(import.meta.dirname, "../fixtures/fork");

/** Builds the fork into a temporary folder, and returns it; the caller deletes it. */
export function buildFork() {
  const folder = mkdtempSync(path.join(tmpdir(), "controlbook-fork-"));
  execFileSync(program, ["build", FORK, "-d", folder], { stdio: "pipe" });
  return folder;
}
