/** A TypeScript program as one file that Node runs: for tests that kill processes. */
import { join } from "node:path";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "../..");

/** @returns path of the bundled program; packages stay outside of it */
export async function bundleProgram(entry: string): Promise<string> {
  const bundle = await rolldown({ input: join(root, entry), platform: "node", external: [/^[^./]/] });
  const dir = join(root, "dist/dev/test", `${process.pid}-${process.hrtime.bigint()}`);
  const { output } = await bundle.write({ dir, format: "esm", entryFileNames: "[name].mjs" });
  await bundle.close();
  return join(dir, output[0].fileName);
}
