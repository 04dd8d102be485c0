/**
 * `npm start`: sample traffic of a made-up shop with attacks in it, scanned and reported, so that the first minute
 * shows what the program does. Real logs come next: `npm start -- scan /var/log/nginx/access.log`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, "dist", "vedette.js");
const sample = join(root, "sample");
const log = join(sample, "access.log");

/** @returns the exit code */
function vedette(...args) {
  return spawnSync(process.execPath, [program, ...args], { stdio: "inherit" }).status ?? 3;
}

const asked = process.argv.slice(2);
if (asked.length > 0) process.exit(vedette(...asked));

mkdirSync(sample, { recursive: true });
if (!existsSync(log)) {
  console.log("Writing a day of sample traffic of a made-up shop, with attacks in it ...");
  const code = vedette(
    ...["simulate", "--days", "1", "--events", "60000", "--out", log],
    ...[
      "--attacks",
      "credential_stuffing,injection_sqli,scanner_tool,enumeration_ids,denial_of_service",
      "--noise",
    ],
  );
  if (code !== 0) process.exit(code);
}
const code = vedette("scan", log);
const report = join(sample, "report.html");
vedette("scan", log, "--output", "html", "--out", report);
const here = (path) => relative(process.cwd(), path) || ".";
console.log(`This was sample traffic, in ${here(log)}. The same as a page: ${here(report)}

Your own logs:   npm start -- scan /var/log/nginx/access.log
All it can do:   npm start -- --help`);
process.exit(code);
