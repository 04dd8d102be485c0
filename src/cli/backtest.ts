/** `vedette backtest`: what other thresholds would have told of stored events, beside what is told now. */
import { Command } from "commander";
import { VedetteError } from "../errors.ts";
import type { BacktestAnswer, Proposal } from "../replay/answer.ts";
import { askHistory, type HistoryFlags, withHistoryOptions } from "./history.ts";
import { writeOut } from "./write-out.ts";

interface Flags extends HistoryFlags {
  readonly detector?: string;
  readonly threshold: readonly string[];
  readonly off?: true;
  readonly propose?: string;
}

const EXAMPLES = `
Examples:
  vedette backtest --detector brute_force --threshold burst=8 --since 7d
  vedette backtest --detector scanner --threshold 5 --since 7d
  vedette backtest --detector traffic_anomaly --off --since 30d --output json
  vedette backtest --propose new-settings.yaml --since 7d

docs/detection.md has the detectors and the names and bounds of their thresholds.`;

export function backtestCommand(): Command {
  return withHistoryOptions(
    new Command("backtest").description("Say what other settings would have told of stored events."),
  )
    .option("--detector <id>", "the detector to set")
    .option(
      "--threshold <name=number>",
      "where it would begin; the name may be left out when it has only one",
      list,
      [],
    )
    .option("--off", "the detector would not run")
    .option("--propose <file>", "what this file says under detection: would be set (YAML)")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const answer = (await askHistory(flags, await proposalOf(flags))) as BacktestAnswer;
  if (flags.output === "json")
    return writeOut(`${JSON.stringify({ version: 1, ...answer }, undefined, 2)}\n`, undefined);
  const { backtestText } = await import("../report/history.ts");
  await writeOut(backtestText(answer), undefined);
}

/** @throws VedetteError USAGE, CONFIG_INVALID naming the detector or the threshold */
async function proposalOf({ detector, threshold, off, propose }: Flags): Promise<Proposal> {
  const [{ readDetection }, { detectionSettings }, { DETECTORS }] = await Promise.all([
    import("../config.ts"),
    import("../correlate/settings.ts"),
    import("../detect/detectors.ts"),
  ]);
  if (propose !== undefined) return readDetection(propose);
  if (detector === undefined || (threshold.length === 0 && off === undefined))
    throw new VedetteError("USAGE", "Name a --detector with a --threshold or --off, or a file to --propose");
  const known = DETECTORS.find(({ descriptor }) => descriptor.id === detector)?.descriptor;
  const thresholds = threshold.map((given) => {
    const [value = "", name] = given.split("=").reverse();
    const only = known?.thresholds.length === 1 ? known.thresholds[0]?.name : undefined;
    return [name ?? only ?? "", value === "" ? Number.NaN : Number(value)];
  });
  const read = detectionSettings.safeParse({
    detectors: { [detector]: { enabled: off === undefined, thresholds: Object.fromEntries(thresholds) } },
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new VedetteError(
    "CONFIG_INVALID",
    issue?.message ?? "Wrong settings",
    issue?.path.join(".") ?? detector,
  );
}

function list(text: string, soFar: readonly string[]): string[] {
  return [...soFar, text];
}
