/** `vedette doctor`: what a server would meet here, before it meets it. */
import { Command, Option } from "commander";
import type { Finding } from "../doctor/check.ts";
import { inert } from "../report/inert.ts";
import { type ServerFlags, withServerOptions } from "./server-options.ts";

interface Flags extends ServerFlags {
  readonly output: "text" | "json";
}

export function doctorCommand(): Command {
  return withServerOptions(new Command("doctor"))
    .description("Check settings, data folder, disk, clock, port and alerts, and say what to do.")
    .addOption(new Option("--output <form>", "text or json").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExit code: 0 when a server can run, 3 when it cannot.")
    .action(run);
}

async function run({ config: file, data, host, port, output }: Flags): Promise<void> {
  const { readConfig } = await import("../config.ts");
  const { examine } = await import("../doctor/examine.ts");
  const config = readConfig({ file, environment: process.env, options: { data, host, port } });
  const findings = await examine(config, Date.now());
  process.stdout.write(
    output === "json"
      ? `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`
      : findings.map(line).join(""),
  );
  if (findings.some(({ status }) => status === "fail")) process.exitCode = 3;
}

function line({ check, status, found, remedy }: Finding): string {
  const said = `${status.padEnd(5)}${check}: ${inert(found)}\n`;
  return remedy === undefined ? said : `${said}     ${inert(remedy)}\n`;
}
