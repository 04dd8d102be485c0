/** `vedette replay`: stored events judged again, as detection is set now. */
import { Command } from "commander";
import type { ReplayAnswer } from "../replay/answer.ts";
import { askHistory, type HistoryFlags, withHistoryOptions } from "./history.ts";
import { writeOut } from "./write-out.ts";

const EXAMPLES = `
Examples:
  vedette replay --since 7d
  vedette replay --since 2026-03-02T00:00:00Z --until 2026-03-03T00:00:00Z --service shop --output json

Without --url the data folder is asked itself, unless a server runs on it: then that server is asked.`;

export function replayCommand(): Command {
  return withHistoryOptions(
    new Command("replay").description("Judge stored events again, as detection is set now."),
  )
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(flags: HistoryFlags): Promise<void> {
  const answer = (await askHistory(flags, undefined)) as ReplayAnswer;
  if (flags.output === "json")
    return writeOut(`${JSON.stringify({ version: 1, ...answer }, undefined, 2)}\n`, undefined);
  const { replayText } = await import("../report/history.ts");
  await writeOut(replayText(answer), undefined);
}
