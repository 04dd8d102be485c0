/** The options that name a server and its settings, as all commands take them. */
import { type Command, InvalidArgumentError } from "commander";

export interface ServerFlags {
  readonly config?: string;
  readonly data?: string;
  readonly host?: string;
  readonly port?: number;
}

export function withServerOptions(command: Command): Command {
  return command
    .option("--config <file>", "settings, YAML or JSON")
    .option("--data <folder>", "where everything is kept (default: ./vedette-data)")
    .option("--host <address>", "address to listen on (default: 127.0.0.1)")
    .option("--port <number>", "port to listen on (default: 4800)", port);
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535)
    throw new InvalidArgumentError("A port is a number up to 65535.");
  return value;
}
