/**
 * `npm test`: types, lint, unused code, every test. The last line counts: `N passed, N failed`. What a machine
 * cannot run is said in one line each, with the way to get it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", name);
const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: "inherit" }).status ?? 1;

let passed = 0;
let failed = 0;
function note(name, code) {
  if (code === 0) passed++;
  else failed++;
  console.log(`${code === 0 ? "ok" : "FAILED"}: ${name}`);
}

installFromDebian("chromium", "the browser tests", () =>
  existsSync(process.env.VEDETTE_CHROMIUM ?? "/usr/bin/chromium"),
);
installFromDebian("postgresql", "the tests of records in PostgreSQL", () =>
  existsSync("/usr/lib/postgresql"),
);
note("types (tsc)", run(bin("tsc"), []));
note("types of the page (tsc)", run(bin("tsc"), ["-p", "src/report/html/client"]));
note("types of the console (tsc)", run(bin("tsc"), ["-p", "web"]));
note("style and lint (biome)", run(bin("biome"), ["check", "--error-on-warnings"]));
note("unused code (knip)", run(bin("knip"), []));

const folder = mkdtempSync(join(tmpdir(), "vedette-test-"));
const report = join(folder, "report.json");
const code = run(bin("vitest"), [
  "run",
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
let skipped = 0;
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  skipped = result.numPendingTests + result.numTodoTests;
  if (code !== 0 && result.numFailedTests === 0) failed++;
} else failed++;
rmSync(folder, { recursive: true });

if (skipped > 0) console.log(`${skipped} skipped (each says why above, or in its file)`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A program that some tests want, from Debian's packages where that is possible. */
function installFromDebian(name, what, isThere) {
  if (isThere()) return;
  const root = process.getuid?.() === 0;
  if (root && existsSync("/usr/bin/apt-get")) {
    console.log(`Installing ${name} from Debian's packages for ${what} ...`);
    const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    spawnSync("apt-get", ["update", "-qq"], options);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options);
  }
  if (!isThere()) console.log(`Skipped: ${what}, for want of ${name} (Debian: apt-get install ${name}).`);
}
