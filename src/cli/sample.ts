/** `vedette sample remove`: the made-up traffic and all it brought, out of a running server or out of its folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { VedetteError } from "../errors.ts";
import { inert } from "../report/inert.ts";

interface Flags {
  readonly url?: string;
  readonly key?: string;
  readonly data?: string;
  readonly config?: string;
}

const EXAMPLES = `
Without --url the server that runs on the data folder is asked; when none runs, the folder itself is cleaned. Elsewhere
it takes an administrator's key for the API (scope sources:write) in --key or VEDETTE_API_KEY.`;

export function sampleCommand(): Command {
  const remove = new Command("remove")
    .description(
      "Remove the sample traffic with all it brought, for good. Nothing that was received is touched.",
    )
    .option("--url <url>", "a running server")
    .option("--key <key>", "API key; better in the environment: VEDETTE_API_KEY")
    .option("--data <folder>", "the data folder (default: ./vedette-data)")
    .option("--config <file>", "the server's settings, YAML or JSON")
    .addHelpText("after", EXAMPLES)
    .action(run)
    .exitOverride();
  return new Command("sample")
    .description("The made-up traffic that a first look is taken at.")
    .addCommand(remove);
}

async function run({ url, key = process.env.VEDETTE_API_KEY, data, config: file }: Flags): Promise<void> {
  const { readConfig } = await import("../config.ts");
  const config = readConfig({ file, environment: process.env, options: { data } });
  const before = (url === undefined ? await ofFolder() : undefined) ?? (await ofServer());
  const gone = before === "none" || before === "removed";
  process.stdout.write(gone ? "There is no sample traffic.\n" : "The sample traffic is removed.\n");

  /** @returns undefined when a server has it */
  async function ofFolder(): Promise<string | undefined> {
    const { removeStoredSample } = await import("../sample/remove-stored.ts");
    const { data: folder, store: storeUrl, records: recordsUrl, service, retention, budgetBytes } = config;
    if (!existsSync(join(folder, "journal")))
      throw new VedetteError(
        "INPUT_NOT_FOUND",
        "There is no data of a server here; name --data or --url",
        folder,
      );
    try {
      const stored = { folder, storeUrl, recordsUrl, service, retention, budgetBytes };
      return await removeStoredSample(stored, complain);
    } catch (error) {
      if (error instanceof VedetteError && error.code === "DATA_FOLDER_IN_USE") return undefined;
      throw error;
    }
  }

  async function ofServer(): Promise<string> {
    const { callServer, serverAddress } = await import("../explore/call.ts");
    const server = serverAddress({ url, key, data: config.data });
    const { state } = (await callServer(server, "GET", "/sample")) as { state: string };
    await callServer(server, "DELETE", "/sample");
    return state;
  }
}

function complain(level: "info" | "warn" | "error", message: string): void {
  if (level !== "info") process.stderr.write(`vedette: ${inert(message)}\n`);
}
