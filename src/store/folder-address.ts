/**
 * How programs of the same user ask the server that has a data folder: its address, and a key that is as old as the
 * server and ends with it. Whoever can read the file could read the folder itself.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const address = z.object({ url: z.url({ protocol: /^https?$/ }), key: z.string().min(16).max(500) });
export type FolderAddress = z.infer<typeof address>;

const NAME = "server.json";
/** For its owner alone. */
const MODE = 0o600;

/** @returns the way to take it back */
export function writeFolderAddress(folder: string, { url, key }: FolderAddress): () => void {
  const path = join(folder, NAME);
  const fresh = `${path}.new`;
  // A file that is there keeps its mode when it is written over.
  rmSync(fresh, { force: true });
  writeFileSync(fresh, `${JSON.stringify({ url, key })}\n`, { mode: MODE });
  renameSync(fresh, path);
  return () => rmSync(path, { force: true });
}

/** @returns undefined when there is none, or none that may be read */
export function readFolderAddress(folder: string): FolderAddress | undefined {
  try {
    return address.parse(JSON.parse(readFileSync(join(folder, NAME), "utf8")));
  } catch {
    return undefined;
  }
}
