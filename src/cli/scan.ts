/** `vedette scan`: log files in, incidents out. */
import { Command, InvalidArgumentError, Option } from "commander";
import { VedetteError } from "../errors.ts";
import { SEVERITIES, type Severity } from "../event.ts";
import type { ScanResult } from "../report/model.ts";
import { isMappedField } from "./field-option.ts";
import { keepHeapLean } from "./lean-heap.ts";
import { createProgressLine } from "./progress.ts";
import { writeOut } from "./write-out.ts";

interface Flags {
  readonly format: string;
  readonly map: Record<string, string>;
  readonly output: "text" | "json" | "html";
  readonly out?: string;
  readonly failOn?: Severity;
  readonly service: string;
  readonly trustedProxy: string[];
  readonly zone: number;
  readonly threads?: number;
  readonly config?: string;
  readonly country?: string;
  readonly systems?: string;
  readonly most: number;
  readonly color?: boolean;
  readonly listFormats?: boolean;
}

const EXAMPLES = `
Examples:
  vedette scan access.log
  vedette scan /var/log/nginx --fail-on high
  zcat old.gz | vedette scan - --output json
  vedette scan api.log --format '$remote_addr [$time_local] "$request" $status $request_time'
  vedette scan app.ndjson --map user.id=ctx.uid --map client.address=req.ip
  vedette scan access.log --output html --out report.html

Exit codes: 0 fine, 1 an incident at or above --fail-on, 2 wrong use, 3 failed.`;

export function scanCommand(): Command {
  return new Command("scan")
    .description("Read log files and say who attacked, how, whether it worked and what to do. Offline.")
    .argument("[inputs...]", "log files (gzip and zstd too), folders, globs, or - for standard input")
    .option("--format <name>", "a format's name or the server's own log_format string", "auto")
    .option("--map <field=path>", "JSON logs: read an event field from this path; repeatable", mapping, {})
    .addOption(
      new Option("--output <form>", "form of the report").choices(["text", "json", "html"]).default("text"),
    )
    .option("--out <file>", "write the report there instead of standard output")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity on").choices(SEVERITIES.slice(1)),
    )
    .option("--service <name>", "the service of events that name none", "default")
    .option(
      "--trusted-proxy <cidr>",
      "proxies whose X-Forwarded-For counts; repeatable (default: private)",
      list,
      [],
    )
    .option("--zone <offset>", "zone of times that carry none, like +02:00", zone, 0)
    .option("--threads <number>", "threads beside the main one (default: by size and cores)", whole)
    .option("--config <file>", "what it says under detection: thresholds, detectors, exceptions (YAML)")
    .option("--country <mmdb>", "your own country database")
    .option("--systems <mmdb>", "your own autonomous-system database")
    .option("--most <number>", "incidents told in full in the text report", whole, 10)
    .option("--color", "colour even when the output is no terminal")
    .option("--no-color", "no colour")
    .option("--list-formats", "show the known formats and stop")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(inputs: string[], flags: Flags): Promise<void> {
  keepHeapLean();
  if (flags.listFormats) {
    const { listFormats } = await import("./list-formats.ts");
    await writeOut(listFormats(), undefined);
    return;
  }
  if (inputs.length === 0) {
    throw new VedetteError("USAGE", "Name a log file, a folder, or - for standard input.");
  }
  const [{ scan }, detection] = await Promise.all([import("../scan/scan.ts"), detectionOf(flags.config)]);
  const progress = createProgressLine(process.stderr, () => performance.now());
  let result: ScanResult;
  try {
    result = await scan({
      names: inputs,
      format: flags.format,
      mapping: flags.map,
      service: flags.service,
      trustedProxies: flags.trustedProxy.length === 0 ? ["private"] : flags.trustedProxy,
      zoneMinutes: flags.zone,
      threads: flags.threads,
      ...(flags.country === undefined ? {} : { countryFile: flags.country }),
      ...(flags.systems === undefined ? {} : { systemFile: flags.systems }),
      detection,
      now: Date.now(),
      onProgress: progress.show,
    });
  } finally {
    progress.clear();
  }
  await writeOut(await render(result, flags), flags.out);
  const { rank } = await import("../detect/severity.ts");
  const { failOn } = flags;
  if (failOn !== undefined && result.incidents.some(({ severity }) => rank(severity) >= rank(failOn))) {
    process.exitCode = 1;
  }
}

/** The settings' schema is loaded only when there are settings. */
async function detectionOf(file: string | undefined) {
  if (file === undefined) return undefined;
  return (await import("../config.ts")).readDetection(file);
}

async function render(result: ScanResult, flags: Flags): Promise<string> {
  if (flags.output === "json") return (await import("../report/json.ts")).jsonReport(result);
  if (flags.output === "html") return (await import("../report/html.ts")).htmlReport(result);
  const { textReport } = await import("../report/text.ts");
  const terminal = flags.out === undefined && process.stdout.isTTY === true;
  const wanted =
    flags.color ?? (terminal && process.env.NO_COLOR === undefined && process.env.TERM !== "dumb");
  return textReport(result, { width: process.stdout.columns ?? 100, colour: wanted, most: flags.most });
}

function mapping(text: string, soFar: Record<string, string>): Record<string, string> {
  const equals = text.indexOf("=");
  const field = text.slice(0, equals);
  const path = text.slice(equals + 1);
  if (equals < 1 || path === "")
    throw new VedetteError("MAPPING_INVALID", "A mapping has the form field=path.", text);
  if (!isMappedField(field))
    throw new VedetteError("MAPPING_INVALID", `There is no event field "${field}".`, text);
  return { ...soFar, [field]: path };
}

function list(text: string, soFar: string[]): string[] {
  return [...soFar, ...text.split(",").map((each) => each.trim())];
}

function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}

/** "+02:00", "-0530", "Z" → minutes east of UTC. */
function zone(text: string): number {
  if (/^(?:z|utc)$/i.test(text)) return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (!match) throw new InvalidArgumentError("It takes an offset like +02:00.");
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}
