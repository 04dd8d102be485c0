/** How far each followed file was read, on disk: written beside, synced, and renamed into place. */
import { readFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Fingerprint } from "./fingerprint.ts";

export interface FileOffset {
  /** Given at first sight: a batch is named by it and by its offsets, never by what stands in it. */
  readonly id: string;
  /** "device:inode" */
  readonly place: string;
  readonly head: Fingerprint;
  /** Where it was last seen. */
  readonly path: string;
  /** Everything before was taken by the intake. */
  readonly offset: number;
  /** Records after `offset` that were taken: JSON that spans lines is resumed at the start of its document. */
  readonly skip: number;
  /** End of a batch that was on its way; its start is where everything before was taken. */
  readonly pending?: number;
  /** What copytruncate left beside the file it was taken from: all in it was read there. */
  readonly copy?: boolean;
  /** When it was last read, milliseconds of the tail's clock. */
  readonly seen: number;
}

export interface OffsetStore {
  load(): readonly FileOffset[];
  /** @returns once they are on disk; replaces what was saved before */
  save(offsets: readonly FileOffset[]): Promise<void>;
}

/** Saves that come while one is written share the next write. */
export function createOffsetFile(path: string): OffsetStore {
  let latest: readonly FileOffset[] = [];
  let waiting: Promise<void> | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const text = JSON.stringify({ version: 1, files: latest });
    await mkdir(dirname(path), { recursive: true });
    const file = await open(`${path}.new`, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    const folder = await open(dirname(path), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  return {
    load: () => readOffsets(path),
    save(offsets) {
      latest = offsets;
      waiting ??= writing.then(() => {
        waiting = undefined;
        const done = write();
        writing = done.catch(() => undefined);
        return done;
      });
      return waiting;
    },
  };
}

/** A file that is missing, damaged or of another version is no file: everything is read from its start again. */
function readOffsets(path: string): readonly FileOffset[] {
  try {
    const saved: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof saved !== "object" || saved === null || !("files" in saved)) return [];
    return Array.isArray(saved.files) ? saved.files.filter(isOffset) : [];
  } catch {
    return [];
  }
}

function isOffset(value: unknown): value is FileOffset {
  if (typeof value !== "object" || value === null) return false;
  const { id, place, head, path, offset, skip, pending, seen } = value as Record<keyof FileOffset, unknown>;
  const { length, hash } = (typeof head === "object" && head !== null ? head : {}) as Partial<Fingerprint>;
  return (
    [id, place, path, hash].every((text) => typeof text === "string") &&
    [length, offset, skip, seen, pending ?? 0].every((count) => Number.isFinite(count) && Number(count) >= 0)
  );
}
