/**
 * Follows log files: paths and globs, files that come later, rotation by rename, copytruncate. How far each file was
 * taken is on disk after the intake has its events on disk; a batch is announced there before it is sent, so a crash
 * sends the same bytes under the same key again and the intake knows them. Compressed files are what rotation made
 * of files that were read: they are left alone.
 */
import { randomUUID } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { newHealth, noteError, type SourceHealth } from "./health.ts";
import type { Intake } from "./intake.ts";
import type { Quarantine } from "./quarantine.ts";
import { ANY_FORMAT, createRecogniser, type FormatWish } from "./recognise.ts";
import {
  describe,
  type FoundFile,
  findFiles,
  foldersOf,
  isRotatedName,
  siblingsOf,
} from "./tail/find-files.ts";
import {
  beginsWith,
  FINGERPRINT_BYTES,
  type Fingerprint,
  fingerprint,
  isCompressed,
  TELLING_BYTES,
} from "./tail/fingerprint.ts";
import { type Followed, headOf, offsetOf } from "./tail/followed-file.ts";
import type { FileOffset, OffsetStore } from "./tail/offset-store.ts";
import { visit } from "./tail/visit.ts";
import { watchFolders } from "./tail/watch-folders.ts";

export interface TailOptions {
  /** Paths and globs. */
  readonly paths: readonly string[];
  readonly intake: Intake;
  readonly offsets: OffsetStore;
  readonly format?: FormatWish;
  /** Service of events that name none. */
  readonly service?: string;
  readonly services?: readonly string[];
  readonly quarantine?: Pick<Quarantine, "add">;
  /** Where files begin that are there at the first start; later ones are read whole. */
  readonly from?: "start" | "end";
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly maxFiles?: number;
  /** Files are looked at so often, in milliseconds, when nothing tells of a change. */
  readonly pollEvery?: number;
  /** A last line without its end is taken when nothing was added for so long, in milliseconds. */
  readonly partialAfter?: number;
  /** A file that was rotated away is closed when nothing was added for so long, in milliseconds. */
  readonly rotatedAfter?: number;
  /** First pause after the journal refused, in milliseconds. */
  readonly retryAfter?: number;
}

export interface Tail {
  /** Follows from now on. */
  start(): void;
  /** Looks once at every file and reads what is there. */
  round(): Promise<void>;
  close(): Promise<void>;
  /** One for each file. */
  health(): readonly SourceHealth[];
  /** Files that match and are not followed, because there are too many. */
  readonly leftOut: number;
}

/** Files that are read side by side: each holds a batch in memory. */
const READERS = 4;
/** Changes that come together are read together: each round costs a few syncs of the disk. */
const SETTLE = 150;

/** @throws VedetteError FORMAT_UNKNOWN, FORMAT_STRING_INVALID */
export function openTail(options: TailOptions): Tail {
  const clock = options.clock ?? Date.now;
  const maxFiles = options.maxFiles ?? 1_000;
  const pollEvery = options.pollEvery ?? 1_000;
  const partialAfter = options.partialAfter ?? 5_000;
  const rotatedAfter = options.rotatedAfter ?? 60_000;
  const stopping = new AbortController();
  /** By "device:inode". */
  const files = new Map<string, Followed>();
  /** Offsets of files that are not open: rotated away, or not there now. */
  const past = new Map<string, FileOffset>();
  for (const saved of options.offsets.load()) past.set(saved.place, saved);
  /** Files that are not to be followed, by place and path: compressed ones, copies. */
  let passedBy = new Set<string>();
  const watch = watchFolders(foldersOf(options.paths));
  /** The round that finds what was there before. */
  let first = true;
  const neverRan = past.size === 0;
  let leftOut = 0;
  let running: Promise<void> | undefined;

  const context = {
    intake: options.intake,
    clock,
    recognise: createRecogniser(options.format ?? ANY_FORMAT, clock),
    quarantine: options.quarantine,
    partialAfter,
    signal: stopping.signal,
    save,
    ...(options.service !== undefined && { service: options.service }),
    ...(options.services !== undefined && { services: options.services }),
    ...(options.retryAfter !== undefined && { retryAfter: options.retryAfter }),
  };

  function save(): Promise<void> {
    const now = clock();
    const kept = [...past.values()].sort((a, b) => b.seen - a.seen).slice(0, maxFiles * 2);
    return options.offsets.save([...kept, ...[...files.values()].map((file) => offsetOf(file, now))]);
  }

  async function round(): Promise<void> {
    const found = await findFiles(options.paths);
    const names = new Set(found.map(({ place, path }) => `${place} ${path}`));
    passedBy = new Set([...passedBy].filter((name) => names.has(name)));
    for (const followed of files.values()) followed.listed = false;
    await Promise.all([...files.values()].map((followed) => look(followed, found)));
    if (first) await findRotated(found);
    leftOut = 0;
    for (const file of found) {
      if (files.has(file.place) || passedBy.has(`${file.place} ${file.path}`)) continue;
      if (files.size >= maxFiles) leftOut++;
      else await discover(file);
    }
    first = false;
    await readAll();
    for (const followed of files.values()) await closeWhenDone(followed);
  }

  /** Each reads its turn until there is nothing more, so that one large file does not hold up the others. */
  async function readAll(): Promise<void> {
    let turn = [...files.values()];
    while (turn.length > 0 && !stopping.signal.aborted) {
      const again: Followed[] = [];
      const queue = turn.values();
      const reader = async (): Promise<void> => {
        for (const followed of queue) {
          try {
            if (await visit(followed, context)) again.push(followed);
          } catch (cause) {
            noteError(followed.health, "failing", cause, clock());
          }
        }
      };
      await Promise.all(Array.from({ length: READERS }, reader));
      turn = again;
    }
  }

  /** Has it grown, moved, or been cut? */
  async function look(followed: Followed, found: readonly FoundFile[]): Promise<void> {
    const listed = found.find(({ place }) => place === followed.place);
    followed.listed = listed !== undefined;
    if (listed !== undefined) followed.path = listed.path;
    const now = describe(followed.path, await followed.file.stat({ bigint: true }));
    if (now.size === followed.size && now.modified === followed.modified) return;
    const same = now.size >= followed.head.length && (await beginsWith(followed.file, followed.head));
    if (!same || now.size < (followed.documents?.at ?? followed.offset)) await restart(followed);
    if (followed.head.length < FINGERPRINT_BYTES) followed.head = await fingerprint(followed.file);
    followed.size = now.size;
    followed.modified = now.modified;
    followed.grownAt = clock();
  }

  /** The same inode with new content. What was not read of the old may be in the copy that was made of it. */
  async function restart(followed: Followed): Promise<void> {
    await takeUpCopy(offsetOf(followed, clock()));
    followed.id = randomUUID();
    followed.head = await fingerprint(followed.file);
    followed.offset = 0;
    followed.skip = 0;
    followed.pending = undefined;
    followed.choice = undefined;
    followed.unrecognised = 0;
    followed.passingOver = false;
    followed.documents = undefined;
  }

  async function takeUpCopy(lost: FileOffset): Promise<void> {
    if (lost.head.length < TELLING_BYTES) return;
    let taken = false;
    for (const sibling of await siblingsOf(lost.path)) {
      const known = past.get(sibling.place);
      if (files.has(sibling.place) || (known !== undefined && known.copy !== true)) continue;
      const file = await open(sibling.path, "r").catch(() => undefined);
      if (file === undefined) continue;
      if (!(await beginsWith(file, lost.head))) {
        await file.close();
      } else if (taken || sibling.size <= lost.offset) {
        await file.close();
        noteCopy(sibling, lost.head);
      } else {
        taken = true;
        past.delete(sibling.place);
        follow(file, sibling, lost.head, { ...lost, place: sibling.place });
      }
    }
  }

  function noteCopy({ place, path }: FoundFile, head: Fingerprint): void {
    past.set(place, { id: randomUUID(), place, head, path, offset: 0, skip: 0, copy: true, seen: clock() });
  }

  /** What was renamed while nobody looked is read to its end under its new name. */
  async function findRotated(found: readonly FoundFile[]): Promise<void> {
    const here = new Set(found.map(({ place }) => place));
    for (const saved of past.values()) {
      if (saved.copy === true || here.has(saved.place) || files.has(saved.place)) continue;
      const sibling = (await siblingsOf(saved.path)).find(({ place }) => place === saved.place);
      if (sibling === undefined || sibling.size <= saved.offset) continue;
      await discover(sibling);
    }
  }

  async function discover(found: FoundFile): Promise<void> {
    const file = await open(found.path, "r").catch((cause: unknown) => {
      unreadable(found.path, cause);
      return undefined;
    });
    if (file === undefined) return;
    unreadablePaths.delete(found.path);
    // What was opened may be another file than what was found.
    const own = describe(found.path, await file.stat({ bigint: true }));
    if (files.has(own.place) || isCompressed(await headOf(file, 8))) {
      if (own.place === found.place && !files.has(own.place)) passedBy.add(`${found.place} ${found.path}`);
      await file.close();
      return;
    }
    const saved = past.get(own.place);
    const head = await fingerprint(file);
    if (saved !== undefined && own.size >= saved.head.length && (await beginsWith(file, saved.head))) {
      if (saved.copy === true) {
        passedBy.add(`${own.place} ${own.path}`);
        await file.close();
        return;
      }
      if (own.size >= saved.offset) {
        past.delete(own.place);
        follow(file, own, head, saved);
        return;
      }
    }
    if (saved !== undefined) {
      // Cut, or its inode given to another file, while nobody looked.
      past.delete(own.place);
      await takeUpCopy(saved);
      if (files.has(own.place)) {
        await file.close();
        return;
      }
    }
    if (await isCopy(file, own)) {
      noteCopy(own, head);
      passedBy.add(`${own.place} ${own.path}`);
      await file.close();
      return;
    }
    const skipsOld = first && neverRan && options.from === "end";
    follow(file, own, head, undefined, skipsOld ? await endOf(file, own.size) : undefined);
  }

  /** copytruncate copies a file that is followed before it cuts it. */
  async function isCopy(file: FileHandle, own: FoundFile): Promise<boolean> {
    for (const other of [...files.values(), ...past.values()]) {
      if (dirname(other.path) !== dirname(own.path)) continue;
      if (!isRotatedName(basename(own.path), basename(other.path))) continue;
      if (other.head.length < TELLING_BYTES || own.size < other.head.length) continue;
      if (await beginsWith(file, other.head)) return true;
    }
    return false;
  }

  function follow(
    file: FileHandle,
    found: FoundFile,
    head: Fingerprint,
    saved: FileOffset | undefined,
    end?: { readonly offset: number; readonly passingOver: boolean },
  ): void {
    files.set(found.place, {
      id: saved?.id ?? randomUUID(),
      place: found.place,
      head,
      path: found.path,
      offset: saved?.offset ?? end?.offset ?? 0,
      skip: saved?.skip ?? 0,
      pending: saved?.pending,
      file,
      health: newHealth(found.path, "tail"),
      choice: undefined,
      unrecognised: 0,
      size: found.size,
      modified: found.modified,
      grownAt: clock(),
      listed: true,
      passingOver: end?.passingOver ?? false,
      documents: undefined,
    });
  }

  async function closeWhenDone(followed: Followed): Promise<void> {
    if (followed.listed || clock() - followed.grownAt < rotatedAfter || followed.health.lag > 0) return;
    files.delete(followed.place);
    past.set(followed.place, offsetOf(followed, clock()));
    await followed.file.close();
  }

  const unreadablePaths = new Map<string, SourceHealth>();
  function unreadable(path: string, cause: unknown): void {
    const health = unreadablePaths.get(path) ?? newHealth(path, "tail");
    noteError(health, "failing", cause, clock());
    if (unreadablePaths.size < maxFiles) unreadablePaths.set(path, health);
  }

  function once(): Promise<void> {
    running ??= round().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function followOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      // A folder that cannot be listed now may be later.
      await once().catch(() => undefined);
      await watch.change(pollEvery);
      await new Promise((resolve) => setTimeout(resolve, SETTLE));
    }
  }

  let following: Promise<void> | undefined;
  return {
    start() {
      following ??= followOn();
    },
    round: once,
    async close() {
      stopping.abort();
      watch.close();
      await following;
      await running?.catch(() => undefined);
      for (const followed of files.values()) {
        followed.health.state = "stopped";
        await followed.file.close();
      }
      files.clear();
    },
    health: () => [...[...files.values()].map(({ health }) => health), ...unreadablePaths.values()],
    get leftOut() {
      return leftOut;
    },
  };
}

/** Where new lines begin: after a line that is still being written. */
async function endOf(file: FileHandle, size: number): Promise<{ offset: number; passingOver: boolean }> {
  const last = Buffer.alloc(1);
  if (size > 0) await file.read(last, 0, 1, size - 1);
  return { offset: size, passingOver: size > 0 && last[0] !== 10 };
}
