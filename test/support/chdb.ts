/** chDB, where this machine has it: it is an optional dependency of half a gigabyte, and not made for every platform. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

function installed(): boolean {
  try {
    const library = require.resolve(`@chdb/lib-${process.platform}-${process.arch}${libc()}/package.json`);
    return existsSync(library);
  } catch {
    return false;
  }
}

function libc(): string {
  return process.platform === "linux" ? "-gnu" : "";
}

export const HAS_CHDB = installed();
if (!HAS_CHDB)
  console.log("Skipped: what needs the embedded store (the optional package chdb is not installed).");
