/** `vedette simulate`: seeded, believable API traffic with labelled attacks, in any log format. */
import { Command, InvalidArgumentError } from "commander";
import type { RunOptions } from "../simulate/run.ts";

interface Flags extends Omit<RunOptions, "start"> {
  readonly start?: number;
  readonly listFormats?: boolean;
  readonly listAttacks?: boolean;
}

export function simulateCommand(): Command {
  return new Command("simulate")
    .description("Write believable API traffic with labelled attacks: the same options, the same bytes.")
    .option("--seed <number>", "what everything is drawn from", number, 1)
    .option("--days <number>", "how long the log covers", number, 3)
    .option("--events <number>", "ordinary requests in all (attacks come on top)", number, 400_000)
    .option("--start <time>", "when it begins (default: 2026-03-02T00:00:00Z)", time)
    .option("--format <name>", "log format; --list-formats shows them", "nginx-combined")
    .option("--attacks <list>", "default, lab, none, all, or name[:intensity][*count][@hours],…", "default")
    .option("--noise", "add the single probes that any public server meets")
    .option("--users <number>", "customers of the shop", number)
    .option("--addresses <number>", "at least so many distinct client addresses", number)
    .option("--paths <number>", "at least so many distinct paths", number)
    .option("--log-users", "write user names where the format has a field for them", false)
    .option("--out <file>", "where the log goes, gzipped if it ends in .gz; - is standard output", "-")
    .option("--rotate-mb <number>", "start a new file after so many megabytes", number)
    .option("--labels <file>", "where to tell what the attacks were (NDJSON)")
    .option("--event-labels <file>", "which line belongs to which attack (NDJSON)")
    .option("--list-formats", "show the formats and stop")
    .option("--list-attacks", "show the attacks and stop")
    .addHelpText("after", EXAMPLES)
    .action(simulate);
}

const EXAMPLES = `
Examples:
  vedette simulate --out access.log --labels labels.ndjson
  vedette simulate --attacks credential_stuffing:distributed,brute_force:slow@12 --format caddy-json | head
  vedette simulate --events 10000000 --addresses 1000000 --paths 500000 --out big.log.gz`;

async function simulate(flags: Flags): Promise<void> {
  if (flags.listFormats || flags.listAttacks) {
    const { listAttacks, listFormats } = await import("../simulate/lists.ts");
    process.stdout.write(flags.listFormats ? listFormats() : listAttacks());
    return;
  }
  const { run } = await import("../simulate/run.ts");
  const result = await run(flags);
  if (!process.stderr.isTTY) return;
  const where = result.files.length === 0 ? "standard output" : result.files.join(", ");
  process.stderr.write(
    `${result.lines.toLocaleString("en")} lines, ${result.attacks} attacks, written to ${where}\n`,
  );
}

function number(text: string): number {
  const value = Number(text.replaceAll("_", ""));
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("It takes a number.");
  return value;
}

function time(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError("It takes a time such as 2026-03-02T00:00:00Z.");
  return value;
}
