/** One schema for the server's settings: file, then environment, then options of the command; the last one said holds. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { sourceSettings } from "./capture/live/settings.ts";
import { type DetectionSettings, detectionSettings } from "./correlate/settings.ts";
import { VedetteError } from "./errors.ts";
import { isProxy } from "./normalize/client-address.ts";
import { alertSettings } from "./respond/settings.ts";

const GIGABYTE = 1e9;
const port = z.coerce.number().int().min(0).max(65_535);
const days = z.coerce.number().int().min(1).max(3_650);

const records = z.url({ protocol: /^postgres(?:ql)?$/ }).optional();

const schema = z.strictObject({
  /** Folder of the journal, the store and the records. */
  data: z.string().min(1).default("./vedette-data"),
  host: z.string().min(1).default("127.0.0.1"),
  port: port.default(4800),
  /** URL of a ClickHouse server; without one the store is in the data folder. */
  store: z.url({ protocol: /^https?$/ }).optional(),
  /** URL of a PostgreSQL server; without one the records are in the data folder. */
  records,
  /** Threads that read and inspect events. */
  threads: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(1, availableParallelism() - 1)),
  /** Proxies whose forwarded headers are believed: addresses, CIDR ranges, "private". */
  trusted_proxies: z
    .array(z.string().refine(isProxy, 'It is neither an address, a CIDR range nor "private"'))
    .max(1_000)
    .default(["private"]),
  /** Name of the service for events that name none. */
  service: z.string().min(1).max(200).default("default"),
  /** Days that each class of data is kept. */
  retention: z.strictObject({ events: days.default(30), minutes: days.default(395) }).prefault({}),
  /** Most bytes that stored events may take; the oldest days go first. */
  disk_budget_gb: z.coerce.number().positive().max(1_000_000).default(50),
  /** Most bytes that wait in the journal while the store takes nothing; then senders are turned away. */
  journal_budget_gb: z.coerce.number().positive().max(1_000_000).default(10),
  /** The address that people use: for one-time links, and for cookies over TLS that ends before the server. */
  public_url: z.url({ protocol: /^https?$/ }).optional(),
  /** A proxy before the server sets X-Forwarded-For and X-Forwarded-Proto. */
  behind_proxy: z.stringbool().or(z.boolean()).default(false),
  /** A first ingest key for scripted set-ups; otherwise one is made at the first start. */
  ingest_key: z.string().min(16).max(500).optional(),
  /** Made-up traffic to look around with; "auto": until there is traffic of one's own. */
  sample: z.literal("auto").or(z.stringbool()).or(z.boolean()).default(false),
  /** What is read beside what is sent: docs/capture.md. */
  sources: sourceSettings.prefault({}),
  /** Who is told of incidents, how and when: docs/alerts.md. */
  alerts: alertSettings.prefault({}),
  /** Which detectors run, where their thresholds begin, and what is expected: docs/detection.md. */
  detection: detectionSettings.prefault({}),
});

export type Config = z.infer<typeof schema> & {
  readonly budgetBytes: number;
  readonly journalBytes: number;
};

/** Environment variable of each top-level setting that has one. */
const ENVIRONMENT = {
  VEDETTE_DATA: "data",
  VEDETTE_HOST: "host",
  VEDETTE_PORT: "port",
  VEDETTE_STORE: "store",
  VEDETTE_RECORDS: "records",
  VEDETTE_THREADS: "threads",
  VEDETTE_SERVICE: "service",
  VEDETTE_DISK_BUDGET_GB: "disk_budget_gb",
  VEDETTE_JOURNAL_BUDGET_GB: "journal_budget_gb",
  VEDETTE_PUBLIC_URL: "public_url",
  VEDETTE_BEHIND_PROXY: "behind_proxy",
  VEDETTE_INGEST_KEY: "ingest_key",
  VEDETTE_SAMPLE: "sample",
} as const;

export interface ConfigSources {
  /** A YAML or JSON file. */
  readonly file?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the command line says. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** @throws VedetteError CONFIG_INVALID naming the setting */
export function readConfig({ file, environment, options }: ConfigSources): Config {
  const settings: Record<string, unknown> = file === undefined ? {} : readSettings(file);
  for (const [variable, name] of Object.entries(ENVIRONMENT)) {
    const value = environment[variable];
    if (value !== undefined && value !== "") settings[name] = value;
  }
  for (const [name, value] of Object.entries(options)) if (value !== undefined) settings[name] = value;
  if (settings.alerts !== undefined) settings.alerts = fromEnvironment(settings.alerts, environment);
  const result = schema.safeParse(settings);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw new VedetteError("CONFIG_INVALID", issue?.message ?? "Wrong settings", where || (file ?? ""));
  }
  const config = result.data;
  return {
    ...config,
    data: resolve(config.data),
    budgetBytes: config.disk_budget_gb * GIGABYTE,
    journalBytes: config.journal_budget_gb * GIGABYTE,
  };
}

/**
 * What a settings file says of detection, whatever else it says: `scan` takes the file of a server as it is.
 * @throws VedetteError CONFIG_INVALID naming the setting, INPUT_NOT_FOUND
 */
export function readDetection(file: string): DetectionSettings {
  const result = detectionSettings.safeParse(readSettings(file).detection ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = ["detection", ...(issue?.path ?? [])].join(".");
  throw new VedetteError("CONFIG_INVALID", issue?.message ?? "Wrong settings", where);
}

/**
 * Where the records of a server are, whatever else its settings say.
 * @throws VedetteError CONFIG_INVALID, INPUT_NOT_FOUND
 */
export function readRecordsUrl({ file, environment }: Omit<ConfigSources, "options">): string | undefined {
  const said = environment.VEDETTE_RECORDS || (file === undefined ? undefined : readSettings(file).records);
  const result = records.safeParse(said);
  if (result.success) return result.data;
  throw new VedetteError("CONFIG_INVALID", result.error.issues[0]?.message ?? "Wrong URL", "records");
}

/** Secrets need not stand in a file: `{ env: NAME }` is the value of that variable. */
function fromEnvironment(value: unknown, environment: ConfigSources["environment"]): unknown {
  if (Array.isArray(value)) return value.map((each) => fromEnvironment(each, environment));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "env" && typeof first[1] === "string") {
    const found = environment[first[1]];
    if (found !== undefined && found !== "") return found;
    throw new VedetteError("CONFIG_INVALID", "The environment variable is not set", first[1]);
  }
  return Object.fromEntries(entries.map(([name, each]) => [name, fromEnvironment(each, environment)]));
}

function readSettings(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new VedetteError("INPUT_NOT_FOUND", "The configuration file cannot be read", file, { cause });
  }
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    // Without the line it is about, which may hold a secret.
    const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n", 1);
    throw new VedetteError("CONFIG_INVALID", reason, file);
  }
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new VedetteError("CONFIG_INVALID", "A configuration is a list of settings by name", file);
  return { ...value };
}
