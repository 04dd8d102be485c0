/**
 * From a bare clone to a running program with nothing but Node and npm: installs what the lock file names when
 * it is missing or stale, builds what is missing or stale, then runs the asked task. Plain JavaScript, no
 * dependencies: it has to run before anything is installed.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const INSTALLED = join(root, "node_modules", ".vedette-installed");
const BUILT = join(root, "dist", ".built-from");
const bin = (name) => join(root, "node_modules", ".bin", name);

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Vedette needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org/.`);
  process.exit(3);
}

/** The same for a command that only matters when it fails: its output is shown then. */
function runQuietly(command, args) {
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (done.status === 0) return;
  console.error(done.stdout ?? "", done.stderr ?? "", done.error?.message ?? "");
  process.exit(done.status ?? 3);
}

/** Runs a command in the project; ends this process with its code when it fails. */
function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (done.error) {
    console.error(`${command}: ${done.error.message}`);
    process.exit(3);
  }
  if (done.status !== 0) process.exit(done.status ?? 3);
  return done;
}

function install() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256")
    .update(lock)
    .update(`${process.platform} ${process.arch} ${major}`)
    .digest("hex");
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, "utf8") === wanted) return;
  console.error("Installing dependencies (npm ci) ...");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    shell: process.platform === "win32",
    stdio: ["ignore", 2, 2],
  });
  writeFileSync(INSTALLED, wanted);
}

/** A digest of names, sizes and times of everything that a part is built from. */
function digestOf(paths) {
  const hash = createHash("sha256");
  const walk = (path) => {
    const entry = statSync(path);
    if (entry.isDirectory()) {
      for (const name of readdirSync(path).sort()) walk(join(path, name));
    } else if (!path.includes(".test.") && !path.includes(".cases.")) {
      hash.update(`${path} ${entry.size} ${entry.mtimeMs}\n`);
    }
  };
  for (const path of paths) walk(join(root, path));
  return hash.digest("hex");
}

/** What is built, from what, and the file that says from which state of it. */
const PARTS = [
  {
    name: "Building",
    stamp: BUILT,
    from: ["src", "scripts", "rolldown.config.ts", "package-lock.json"],
    make() {
      for (const name of ["vedette.js", "pipeline-worker.js", "chunks"]) {
        rmSync(join(root, "dist", name), { recursive: true, force: true });
      }
      runQuietly(bin("rolldown"), ["-c", "rolldown.config.ts"]);
      runQuietly(process.execPath, [join("scripts", "build-geo.mjs")]);
    },
  },
  {
    name: "Building the console",
    stamp: join(root, "dist", ".web-built-from"),
    // Of the program it shares the words and how they are written.
    from: ["web", "src/event.ts", "src/report", "scripts/build-web.mjs", "package-lock.json"],
    make: () => runQuietly(process.execPath, [join("scripts", "build-web.mjs")]),
  },
];

function build() {
  install();
  mkdirSync(join(root, "dist"), { recursive: true });
  for (const { name, stamp, from, make } of PARTS) {
    const wanted = digestOf(from);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) continue;
    console.error(`${name} ...`);
    make();
    writeFileSync(stamp, wanted);
  }
}

/** Bundles a development program that uses the sources directly, and runs it. */
function runBundled(entry) {
  const out = join(root, "dist", "dev", dirname(entry));
  const external = ["--external", "/^[^./]/"];
  runQuietly(bin("rolldown"), [entry, "--platform", "node", "--format", "esm", ...external, "-d", out]);
  run(process.execPath, [join(out, basename(entry).replace(/\.ts$/, ".js")), ...rest]);
}

function check() {
  install();
  run(bin("tsc"), []);
  run(bin("tsc"), ["-p", "src/report/html/client"]);
  run(bin("tsc"), ["-p", "web"]);
  run(bin("biome"), ["check", "--error-on-warnings"]);
  run(bin("knip"), []);
}

/**
 * The program in this very process, so that signals and exit codes are its own. Without a command it is the server,
 * with traffic to look around with until there is some of one's own.
 */
async function start() {
  build();
  const isCommand =
    rest.length > 0 && (!rest[0].startsWith("-") || ["--help", "-h", "--version"].includes(rest[0]));
  if (!isCommand && !rest.includes("--config")) process.env.VEDETTE_SAMPLE ??= "auto";
  const program = join(root, "dist", "vedette.js");
  process.argv = [process.argv[0], program, ...(isCommand ? [] : ["serve", "--view"]), ...rest];
  await import(pathToFileURL(program).href);
}

const rest = process.argv.slice(3);
const tasks = {
  start,
  build,
  check,
  test() {
    build();
    run(process.execPath, [join("scripts", "test.mjs"), ...rest]);
  },
  "test:soak"() {
    build();
    const env = { ...process.env, VEDETTE_SOAK: "1", VEDETTE_KILLS: process.env.VEDETTE_KILLS ?? "200" };
    const tests = rest.length > 0 ? rest : ["test/faults", "test/durability"];
    // One after the other: each measures how a server does on a machine that does nothing else.
    run(bin("vitest"), ["run", "--no-file-parallelism", "--reporter=verbose", ...tests], { env });
  },
  dev() {
    install();
    run(bin("vitest"), ["--watch", ...rest]);
  },
  bench() {
    build();
    runBundled("bench/main.ts");
  },
  eval() {
    build();
    runBundled("eval/main.ts");
  },
  "eval:behaviour"() {
    build();
    runBundled("eval/behaviour.ts");
  },
  "eval:inspect"() {
    build();
    runBundled("eval/detection-quality.ts");
  },
};

const task = process.argv[2] ?? "";
if (!Object.hasOwn(tasks, task)) {
  console.error(`Unknown task "${task}"; there are ${Object.keys(tasks).join(", ")}.`);
  process.exit(2);
}
await tasks[task]();
