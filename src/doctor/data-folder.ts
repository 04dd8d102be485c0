/** The data folder: may we write there, may others read there, how much room is left, and does the clock fit it. */
import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { type Finding, fail, ok, warn } from "./check.ts";

const LEAST_FREE_BYTES = 1e9;
const SKEW_MS = 60_000;
const OTHERS = 0o007;

/** @param now milliseconds since the epoch */
export async function checkDataFolder(folder: string, budgetBytes: number, now: number): Promise<Finding[]> {
  const name = "data folder";
  const existing = await nearest(folder);
  try {
    await access(existing, constants.W_OK | constants.X_OK);
  } catch {
    const remedy = `Give the user that runs Vedette the right to write there: chown or chmod ${existing}.`;
    return [fail(name, `${existing} is not writable`, remedy)];
  }
  const made = existing === folder;
  const findings = [ok(name, made ? `${folder} is writable` : `${folder} will be made in ${existing}`)];
  const { mode, mtimeMs } = await stat(existing);
  if (made && (mode & OTHERS) !== 0) {
    const found = `Every user of this machine can look into ${folder}`;
    findings.push(warn("permissions", found, `Take the right from others: chmod o-rwx ${folder}`));
  } else if (made) findings.push(ok("permissions", "only its owner and group can look into it"));
  findings.push(await roomIn(existing, budgetBytes), clockAgainst(mtimeMs, now));
  return findings;
}

async function roomIn(folder: string, budgetBytes: number): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const found = `${gigabytes(free)} free, the budget is ${gigabytes(budgetBytes)}`;
  if (free < LEAST_FREE_BYTES)
    return fail("free space", found, "Free some space, or put the data folder on a larger disk: --data.");
  if (free < budgetBytes) {
    const remedy =
      "Set disk_budget_gb below what is free, so that the oldest data goes before the disk is full.";
    return warn("free space", found, remedy);
  }
  return ok("free space", found);
}

/** Nothing that was written can be younger than now. */
function clockAgainst(written: number, now: number): Finding {
  const found = `it is ${new Date(now).toISOString()}`;
  if (written <= now + SKEW_MS) return ok("clock", found);
  const seconds = Math.round((written - now) / 1000);
  const remedy =
    "Set the clock, and keep it with NTP: detection goes by the times of events, alerts by the clock.";
  return fail("clock", `${found}, ${seconds} s before the folder was last changed`, remedy);
}

async function nearest(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory() || dirname(folder) === folder) return folder;
  return nearest(dirname(folder));
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
