/** What the user named → the files to read: plain paths, folders with everything below, globs, and `-`. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";
import { VedetteError } from "../../errors.ts";

export const STANDARD_INPUT = "-";

/** More files than this in one command are a mistake more often than a wish. */
export const MAX_FILES = 10_000;

export interface Input {
  /** As people should see it. */
  readonly name: string;
  readonly path: string;
  /** Bytes on disk; undefined for standard input. */
  readonly size: number | undefined;
  /** Last change, milliseconds. */
  readonly modified: number;
  /** Found in a folder or by a glob: not being a log is then no error. */
  readonly found: boolean;
}

export interface Discovery {
  readonly inputs: readonly Input[];
  /** INPUT_NOT_FOUND, INPUT_UNREADABLE: the rest can still be scanned. */
  readonly failures: readonly VedetteError[];
}

/** @throws VedetteError USAGE when there are too many */
export function discoverInputs(names: readonly string[]): Discovery {
  const inputs = new Map<string, Input>();
  const failures: VedetteError[] = [];
  const take = (input: Input) => {
    const place = input.path === STANDARD_INPUT ? input.path : resolve(input.path);
    if (!inputs.has(place)) inputs.set(place, input);
    if (inputs.size > MAX_FILES) {
      throw new VedetteError("USAGE", `More than ${MAX_FILES} files were named`, input.name);
    }
  };
  for (const name of names) {
    try {
      for (const input of inputsNamed(name)) take(input);
    } catch (cause) {
      if (!(cause instanceof VedetteError) || cause.code === "USAGE") throw cause;
      failures.push(cause);
    }
  }
  return { inputs: [...inputs.values()], failures };
}

function inputsNamed(name: string): Input[] {
  if (name === STANDARD_INPUT) {
    return [{ name: "standard input", path: name, size: undefined, modified: Number.NaN, found: false }];
  }
  const own = statOf(name);
  if (own?.isDirectory()) {
    const below = filesBelow("**/*", name);
    if (below.length === 0) throw new VedetteError("INPUT_NOT_FOUND", "The folder holds no files.", name);
    return below.map((file) => inputAt(join(name, file), true));
  }
  if (own !== undefined) return [inputAt(name, false)];
  if (!isDynamicPattern(name))
    throw new VedetteError("INPUT_NOT_FOUND", "There is no such file or folder.", name);
  const matches = filesBelow(name, undefined);
  if (matches.length === 0) throw new VedetteError("INPUT_NOT_FOUND", "No file matches the pattern.", name);
  return matches.map((file) => inputAt(file, true));
}

function filesBelow(pattern: string, cwd: string | undefined): string[] {
  const files = globSync(pattern, {
    ...(cwd === undefined ? {} : { cwd }),
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  });
  return files.sort();
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (cause) {
    if (isErrno(cause) && (cause.code === "ENOENT" || cause.code === "ENOTDIR")) return undefined;
    throw new VedetteError("INPUT_UNREADABLE", reasonOf(cause), path, { cause });
  }
}

function inputAt(path: string, found: boolean): Input {
  const stat = statOf(path);
  return { name: path, path, size: stat?.size, modified: stat?.mtimeMs ?? Number.NaN, found };
}

function isErrno(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && "code" in cause;
}

/** "EACCES: permission denied" without the path that Node repeats. */
export function reasonOf(cause: unknown): string {
  if (!isErrno(cause)) return cause instanceof Error ? cause.message : String(cause);
  return cause.message.replace(/, \w+(?: '.*')?$/s, "");
}
