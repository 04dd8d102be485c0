/** The program: one file per command, loaded only when it is asked for. */
import { Command, CommanderError } from "commander";
import { VedetteError } from "../errors.ts";
import { simulateCommand } from "./simulate.ts";

const program = new Command("vedette")
  .description("The first line of defence for HTTP APIs, from the logs they already write.")
  .exitOverride()
  .addCommand(simulateCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof VedetteError) {
    process.stderr.write(`${error.message} ${error.input}\n${error.remedy}\n`);
    process.exitCode = 3;
  } else throw error;
}
