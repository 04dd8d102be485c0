/** A home of its own for CrowdSec's agent: its packaged configuration and hub, in a temporary folder. */
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const AGENT = "crowdsec";
const CONTROL = "cscli";
const CONFIGURATION = "/etc/crowdsec";
const SHARED = "/usr/share/crowdsec";
/** What reads the lines, and what makes HTTP facts of them. */
const PARSERS = [
  "s00-raw/crowdsecurity/syslog-logs.yaml",
  "s01-parse/crowdsecurity/nginx-logs.yaml",
  "s02-enrich/crowdsecurity/dateparse-enrich.yaml",
  "s02-enrich/crowdsecurity/http-logs.yaml",
];
const COLLECTION = "crowdsecurity/nginx";
/** Nothing in it came from a hub; the agent wants to find each kind in the list. */
const EMPTY_INDEX = '{"collections":{},"parsers":{},"scenarios":{},"postoverflows":{}}';
const FINISHED = "Acquisition is finished";
const PATIENCE_MS = 15 * 60_000;

export interface CrowdSec {
  /** @returns seconds from the start of the agent until all lines are read */
  read(file: string): Promise<number>;
  remove(): void;
}

export async function createCrowdSec(): Promise<CrowdSec> {
  const home = mkdtempSync(join(tmpdir(), "vedette-crowdsec-"));
  const config = join(home, "etc", "config.yaml");
  cpSync(CONFIGURATION, join(home, "etc"), { recursive: true, dereference: true });
  for (const folder of ["data", "hub", "etc/scenarios"]) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, "hub", ".index.json"), EMPTY_INDEX);
  writeFileSync(config, configured(home, readFileSync(config, "utf8"), await freePort()));
  for (const parser of PARSERS) {
    const [stage = "", , file = ""] = parser.split("/");
    mkdirSync(join(home, "etc/parsers", stage), { recursive: true });
    copyFileSync(join(SHARED, "hub/parsers", parser), join(home, "etc/parsers", stage, file));
  }
  for (const scenario of scenariosOf(COLLECTION)) addScenario(home, scenario);
  const registered = spawnSync(CONTROL, ["-c", config, "machines", "add", "-a", "--force"], {
    encoding: "utf8",
  });
  if (registered.status !== 0) throw new Error(`${CONTROL}: ${registered.stderr.slice(0, 500)}`);

  return {
    read: (file) => timeOfReading(config, file),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Its own folders, a port that is free, nothing else listening, messages in a file. */
function configured(home: string, text: string, port: number): string {
  return text
    .replaceAll(`${CONFIGURATION}/`, `${home}/etc/`)
    .replaceAll("/var/lib/crowdsec/", `${home}/`)
    .replaceAll("/var/log/", `${home}/`)
    .replace(/listen_uri: .*/, `listen_uri: 127.0.0.1:${port}`)
    .replace(/(prometheus:\s+enabled:) true/, "$1 false");
}

/** The names of a collection and of those inside it. */
function scenariosOf(collection: string): string[] {
  const text = readFileSync(join(SHARED, "hub/collections", `${collection}.yaml`), "utf8");
  return [...namesUnder(text, "scenarios"), ...namesUnder(text, "collections").flatMap(scenariosOf)];
}

function namesUnder(yaml: string, key: string): string[] {
  const block = new RegExp(`^${key}:\\n((?:[ \\t]*- .*\\n?)*)`, "m").exec(yaml)?.[1] ?? "";
  return [...block.matchAll(/- (\S+)/g)].map(([, name = ""]) => name);
}

/** A scenario with the word lists it reads; one that the package lacks is empty. */
function addScenario(home: string, name: string): void {
  const file = join(SHARED, "hub/scenarios", `${name}.yaml`);
  if (!existsSync(file)) return;
  copyFileSync(file, join(home, "etc/scenarios", basename(file)));
  for (const [, list = ""] of readFileSync(file, "utf8").matchAll(/dest_file: (\S+)/g)) {
    const from = join(SHARED, "data", list);
    if (existsSync(from)) copyFileSync(from, join(home, "data", list));
    else writeFileSync(join(home, "data", list), "");
  }
}

/** The agent stays when it has read everything: it says so, and is stopped. */
function timeOfReading(config: string, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const args = ["-c", config, "-no-capi", "-dsn", `file://${file}`, "-type", "nginx", "-warning"];
    const child = spawn(AGENT, args, { stdio: ["ignore", "ignore", "pipe"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    let said = "";
    let seconds = Number.NaN;
    child.stderr.on("data", (text) => {
      said = `${said}${text}`.slice(-4000);
      if (!said.includes(FINISHED) || !Number.isNaN(seconds)) return;
      seconds = (performance.now() - started) / 1000;
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      if (Number.isNaN(seconds)) reject(new Error(`${AGENT} ended with ${code}: ${said}`));
      else resolve(seconds);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
