/**
 * libmodsecurity with the Core Rule Set, from Debian's packages (`apt-get install libmodsecurity-dev modsecurity-crs`):
 * a driver of a few lines is compiled where they are present.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiEvent } from "../../src/event.ts";
import { type Peer, type PeerVerdict, requestOfEvent } from "./peer.ts";

const RULES = "/usr/share/modsecurity-crs/rules";
const SETUP = "/etc/modsecurity/crs/crs-setup.conf";
const SOURCE = join(process.cwd(), "eval/peers/modsecurity.c");

const SETTINGS = `SecRuleEngine On
SecRequestBodyAccess On
SecResponseBodyAccess Off
SecAuditEngine Off
SecDebugLogLevel 0
SecRule REQUEST_HEADERS:Content-Type "^(?:application(?:/soap\\+|/)|text/)xml" "id:1,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:2,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
Include ${SETUP}
Include ${RULES}/*.conf
`;

/** @returns undefined, with a line that says why, where a part is absent */
export function createModSecurity(): Peer | undefined {
  if (!existsSync(RULES) || !existsSync(SETUP) || !existsSync("/usr/include/modsecurity")) {
    console.log(
      "libmodsecurity with the Core Rule Set is skipped: apt-get install libmodsecurity-dev modsecurity-crs gcc",
    );
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "vedette-modsecurity-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const driver = join(folder, "driver");
  const built = spawnSync("gcc", ["-O2", "-o", driver, SOURCE, "-lmodsecurity"], { encoding: "utf8" });
  if (built.status !== 0) {
    console.log(
      `libmodsecurity is skipped: its driver does not compile: ${built.stderr ?? built.error?.message ?? ""}`,
    );
    return undefined;
  }
  const settings = join(folder, "settings.conf");
  writeFileSync(settings, SETTINGS);
  return {
    name: `libmodsecurity, Core Rule Set ${versionOf()}, paranoia 1`,
    inspect: (events) => run(driver, settings, join(folder, "requests"), events),
  };
}

function versionOf(): string {
  const text = readFileSync(join(RULES, "REQUEST-901-INITIALIZATION.conf"), "utf8");
  return /ver:'OWASP_CRS\/([\d.]+)'/.exec(text)?.[1] ?? "of unknown version";
}

function run(
  driver: string,
  settings: string,
  file: string,
  events: readonly ApiEvent[],
): readonly PeerVerdict[] {
  writeFileSync(file, Buffer.concat(events.map(encoded)));
  const done = spawnSync(driver, [settings, file], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`The libmodsecurity driver failed: ${done.stderr}`);
  const lines = done.stdout.trim().split("\n");
  if (lines.length !== events.length)
    throw new Error(`${lines.length} verdicts for ${events.length} requests`);
  return lines.map((line) => {
    const [flagged, nanos] = line.split(" ");
    return { flagged: flagged === "1", micros: Number(nanos) / 1_000 };
  });
}

function encoded(event: ApiEvent): Buffer {
  const { method, target, headers, body } = requestOfEvent(event);
  const fields = [method, target, String(headers.length), ...headers.flat(), body];
  return Buffer.concat(
    fields.flatMap((text) => {
      // NUL ends a string of the library's; a line break ends a request line.
      const bytes = Buffer.from(text.replaceAll("\0", "%00"));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}
