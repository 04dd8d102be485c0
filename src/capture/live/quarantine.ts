/**
 * What could not be read, kept for a person to look at: a bounded ring in memory, written to one file so that it
 * outlives a restart. The text is redacted before it is kept. Losing an entry to a full disk harms nothing.
 */
import { readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";

export interface QuarantineEntry {
  /** Grows by one with every entry; entries that were pushed out leave a gap. */
  readonly id: number;
  readonly source: string;
  /** Milliseconds since the epoch, of the given clock. */
  readonly at: number;
  readonly reason: string;
  /** Redacted, and cut when it was long. */
  readonly text: string;
}

export interface QuarantineOptions {
  /** Where the entries outlive a restart; in memory only without one. */
  readonly file?: string;
  readonly clock: () => number;
  /** Masks secrets in a line of any form. */
  readonly redact: (text: string) => string;
  readonly maxEntries?: number;
  /** Characters of all entries together. */
  readonly maxSize?: number;
  /** A longer text is cut. */
  readonly maxText?: number;
  /** The file is written at most so often, in milliseconds. */
  readonly writeEvery?: number;
}

export interface Quarantine {
  /** Never throws. */
  add(source: string, reason: string, text: string): void;
  /** Newest first; `before` an id. */
  list(options?: { readonly limit?: number; readonly before?: number; readonly source?: string }): {
    readonly entries: readonly QuarantineEntry[];
  };
  clear(): Promise<void>;
  /** Writes what is not written yet. */
  close(): Promise<void>;
  /** Entries now held, entries ever taken, entries pushed out by newer ones. */
  readonly figures: { readonly held: number; readonly taken: number; readonly pushedOut: number };
}

export function openQuarantine(options: QuarantineOptions): Quarantine {
  const { file, clock, redact } = options;
  const maxEntries = options.maxEntries ?? 1_000;
  const maxSize = options.maxSize ?? 1 << 20;
  const maxText = options.maxText ?? 4_096;
  const writeEvery = options.writeEvery ?? 1_000;
  let entries = file === undefined ? [] : readEntries(file, maxEntries);
  let size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  let next = (entries.at(-1)?.id ?? 0) + 1;
  let taken = 0;
  let pushedOut = 0;
  let timer: NodeJS.Timeout | undefined;
  let dirty = false;
  let writing: Promise<void> = Promise.resolve();
  trim();

  function trim(): void {
    let from = 0;
    while (from < entries.length && (entries.length - from > maxEntries || size > maxSize)) {
      const oldest = entries[from++];
      if (oldest !== undefined) size -= sizeOf(oldest);
    }
    if (from === 0) return;
    pushedOut += from;
    entries = entries.slice(from);
  }

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(async () => {
      if (!dirty || file === undefined) return;
      dirty = false;
      const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      try {
        await writeFile(`${file}.new`, text, { mode: 0o600 });
        await rename(`${file}.new`, file);
      } catch {
        dirty = true;
      }
    });
    return writing;
  }

  return {
    get figures() {
      return { held: entries.length, taken, pushedOut };
    },
    add(source, reason, text) {
      // Cut first: masking costs time by the character. What is cut in the middle of a secret is masked still.
      const cut = text.length > maxText ? `${text.slice(0, maxText)} […]` : text;
      const entry = {
        id: next++,
        source,
        at: clock(),
        reason: redact(reason.slice(0, 500)),
        text: redact(cut.replaceAll("\0", "�")),
      };
      taken++;
      entries.push(entry);
      size += sizeOf(entry);
      trim();
      dirty = true;
      if (file === undefined || timer !== undefined) return;
      timer = setTimeout(() => void write(), writeEvery);
      timer.unref();
    },
    list({ limit = 100, before = Number.POSITIVE_INFINITY, source } = {}) {
      const chosen = entries.filter(
        (entry) => entry.id < before && (source === undefined || entry.source === source),
      );
      return { entries: chosen.slice(-limit).reverse() };
    },
    async clear() {
      entries = [];
      size = 0;
      dirty = false;
      await write();
      if (file !== undefined) await rm(file, { force: true });
    },
    close: write,
  };
}

function sizeOf(entry: QuarantineEntry): number {
  return entry.text.length + entry.reason.length + entry.source.length + 64;
}

function readEntries(file: string, most: number): QuarantineEntry[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text
    .split("\n")
    .map(readEntry)
    .filter((entry) => entry !== undefined)
    .slice(-most);
}

function readEntry(line: string): QuarantineEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is QuarantineEntry {
  if (typeof value !== "object" || value === null) return false;
  const { id, source, at, reason, text } = value as Record<keyof QuarantineEntry, unknown>;
  return (
    Number.isSafeInteger(id) &&
    typeof at === "number" &&
    typeof source === "string" &&
    typeof reason === "string" &&
    typeof text === "string"
  );
}
