/** The program itself: Node, what was built, memory, and the engine of the store. */
import { existsSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { DIST_FOLDER } from "../dist-folder.ts";
import { type Finding, fail, ok, warn } from "./check.ts";

const LEAST_MEMORY_BYTES = 1.5e9;
const TIMEOUT_MS = 5_000;
const MEANWHILE = "Until it answers, a server runs and events wait in its journal.";
/** What package.json asks for. */
const LEAST_NODE = [20, 19] as const;

/** @param version as in process.versions.node */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return ok("node", version);
  return fail("node", version, `Install Node ${LEAST_NODE.join(".")} or newer from https://nodejs.org/.`);
}

export function checkBuild(folder = DIST_FOLDER): Finding {
  const missing = ["front-worker.js", "geo"].filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return ok("build", folder);
  return fail(
    "build",
    `${folder} lacks ${missing.join(" and ")}`,
    "Build it (npm run build) or install it again.",
  );
}

export function checkMemory(bytes = totalmem()): Finding {
  const found = `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= LEAST_MEMORY_BYTES) return ok("memory", found);
  return warn("memory", found, "Give it 1.5 GB or more, or put the store on a ClickHouse server: store.");
}

/** @param url of a ClickHouse server; without one the store is embedded */
export async function checkStoreEngine(url: string | undefined): Promise<Finding> {
  if (url !== undefined) return checkClickHouse(url);
  try {
    await import("chdb/connection");
    return ok("store engine", "embedded (chDB)");
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    const remedy = "Install with optional packages (npm ci), or name a ClickHouse server: store.";
    return fail("store engine", `chDB cannot be loaded: ${reason}`, remedy);
  }
}

async function checkClickHouse(url: string): Promise<Finding> {
  const { origin } = new URL(url);
  try {
    const answer = await fetch(`${origin}/ping`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.ok) return ok("store engine", `ClickHouse at ${origin}`);
    return warn(
      "store engine",
      `${origin} answered ${answer.status}`,
      `Check that store names it. ${MEANWHILE}`,
    );
  } catch {
    const remedy = `Start the ClickHouse server, or correct store. ${MEANWHILE}`;
    return warn("store engine", `${origin} does not answer`, remedy);
  }
}
