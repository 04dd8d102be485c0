/** The program: one file per command, each loading its stages only when it is asked for. */
import { Command, CommanderError } from "commander";
import { ERRORS, VedetteError } from "../errors.ts";
import { inert } from "../report/inert.ts";
import { backtestCommand } from "./backtest.ts";
import { doctorCommand } from "./doctor.ts";
import { inspectCommand } from "./inspect.ts";
import { queryCommand } from "./query.ts";
import { replayCommand } from "./replay.ts";
import { sampleCommand } from "./sample.ts";
import { scanCommand } from "./scan.ts";
import { serveCommand } from "./serve.ts";
import { simulateCommand } from "./simulate.ts";
import { statusCommand } from "./status.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe left (`vedette scan … | head`): there is nobody to tell.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const program = new Command("vedette")
  .description("The first line of defence for HTTP APIs, from the logs they already write.")
  .version("0.1.0")
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });
const commands = [
  scanCommand(),
  inspectCommand(),
  simulateCommand(),
  serveCommand(),
  queryCommand(),
  replayCommand(),
  backtestCommand(),
  statusCommand(),
  sampleCommand(),
  doctorCommand(),
];
for (const command of commands) program.addCommand(command.exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Tells the person what happened, to which input, and what to do. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof VedetteError) {
    const input = error.input === "" ? "" : `${inert(error.input)}: `;
    process.stderr.write(`vedette: ${input}${inert(error.message)}\n${error.remedy} [${error.code}]\n`);
    return ERRORS[error.code].exit || 3;
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `vedette: an unexpected error. ${ERRORS.INTERNAL.remedy} [INTERNAL]\n${inert(reason).replaceAll("\\x0a", "\n")}\n`,
  );
  return ERRORS.INTERNAL.exit;
}
