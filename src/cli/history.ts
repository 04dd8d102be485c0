/** What `replay` and `backtest` share: which stretch of history, whose, and where it is. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { VedetteError } from "../errors.ts";
import type { BacktestAnswer, HistoryRequest, Proposal, ReplayAnswer } from "../replay/answer.ts";
import { folderOrServer } from "./folder-or-server.ts";

export interface HistoryFlags {
  readonly since: number;
  readonly until?: number;
  readonly service?: string;
  readonly learn: number;
  readonly url?: string;
  readonly data?: string;
  readonly key?: string;
  readonly config?: string;
  readonly output: "text" | "json";
}

const MOST_LEARN_HOURS = 336;

export function withHistoryOptions(command: Command): Command {
  return command
    .requiredOption("--since <time>", "from when on: a span (7d, 36h, 90m) or a time (RFC 3339)", moment)
    .option("--until <time>", "until when (default: now)", moment)
    .option("--service <name>", "only this service")
    .option("--learn <hours>", "hours before that are learned from and not told", hours, 24)
    .option("--url <url>", "a running server (default: the one that has the data folder)")
    .option("--data <folder>", "the data folder (default: ./vedette-data)")
    .option("--key <key>", "API key (scope history:replay); better in the environment: VEDETTE_API_KEY")
    .option("--config <file>", "the server's settings file, when its folder is asked")
    .addOption(new Option("--output <format>", "how to write it").choices(["text", "json"]).default("text"));
}

/** The folder itself, unless a server is named or has it: then that server. */
export async function askHistory(
  flags: HistoryFlags,
  proposal: Proposal | undefined,
): Promise<ReplayAnswer | BacktestAnswer> {
  const [{ askFolder, askServer }, { wrongTimes }] = await Promise.all([
    import("../replay/ask.ts"),
    import("../replay/answer.ts"),
  ]);
  const { since, until, service, learn, url, data, config } = flags;
  const now = Date.now();
  const request: HistoryRequest = { since, until, service, learn_hours: learn, sample: false };
  const wrong = wrongTimes(request, now);
  if (wrong !== undefined) throw new VedetteError("USAGE", wrong, "--since");
  const { readDetection, readRecordsUrl } = await import("../config.ts");
  const file = config === undefined ? undefined : readDetection(config);
  const recordsUrl = readRecordsUrl({ file: config, environment: process.env });
  return folderOrServer(
    { url, data, key: flags.key },
    (folder) => askFolder({ folder, file, recordsUrl, now }, request, proposal),
    (server) => askServer(server, request, proposal),
  );
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @returns milliseconds since the epoch */
function moment(text: string): number {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return Date.now() - Number(amount) * (UNITS[unit] ?? 0);
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError("It takes a span like 7d or a time like 2026-03-02T00:00:00Z.");
  return time;
}

function hours(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value > MOST_LEARN_HOURS)
    throw new InvalidArgumentError(`Hours are a number from 0 to ${MOST_LEARN_HOURS}.`);
  return value;
}
