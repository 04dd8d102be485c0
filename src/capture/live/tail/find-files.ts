/** Paths and globs → the files that are there now; and where a file went that is no longer at its path. */
import type { BigIntStats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";

export interface FoundFile {
  readonly path: string;
  /** "device:inode" */
  readonly place: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/** @returns the files with the newest first; a file that two names lead to once */
export async function findFiles(names: readonly string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const path of await expand(names)) {
    const file = await statFile(path);
    if (file !== undefined && !found.has(file.place)) found.set(file.place, file);
  }
  return [...found.values()].sort((a, b) => b.modified - a.modified);
}

async function expand(names: readonly string[]): Promise<string[]> {
  const plain = names.filter((name) => !isDynamicPattern(name));
  const patterns = names.filter((name) => isDynamicPattern(name));
  if (patterns.length === 0) return plain;
  const matches = await glob(patterns, {
    absolute: true,
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  });
  return [...plain, ...matches.sort()];
}

/** @returns undefined for what is no plain file, or gone again */
export async function statFile(path: string): Promise<FoundFile | undefined> {
  try {
    const stats = await stat(path, { bigint: true });
    return stats.isFile() ? describe(path, stats) : undefined;
  } catch {
    return undefined;
  }
}

export function describe(path: string, stats: BigIntStats): FoundFile {
  return {
    path: resolve(path),
    place: `${stats.dev}:${stats.ino}`,
    size: Number(stats.size),
    modified: Number(stats.mtimeMs),
  };
}

const MOST_SIBLINGS = 200;

/** Names that rotation gives: access.log → access.log.1, access.log-20261123, access-2026-11-23.log. */
export function isRotatedName(name: string, of: string): boolean {
  if (name === of) return false;
  const stem = of.replace(/\.\w+$/, "");
  return name.startsWith(of) || (name.startsWith(stem) && /^[-_.]\d/.test(name.slice(stem.length)));
}

/** Files beside `path` that may be what it was before a rotation. */
export async function siblingsOf(path: string): Promise<FoundFile[]> {
  const name = basename(path);
  const names = await readdir(dirname(path)).catch(() => []);
  const near = names.filter((other) => isRotatedName(other, name)).slice(0, MOST_SIBLINGS);
  const files = await Promise.all(near.map((other) => statFile(join(dirname(path), other))));
  return files.filter((file) => file !== undefined).sort((a, b) => b.modified - a.modified);
}

/** The folders in which a change may concern these names. */
export function foldersOf(names: readonly string[]): string[] {
  const folders = names.map((name) => {
    if (!isDynamicPattern(name)) return dirname(resolve(name));
    const parts = name.split("/");
    const first = parts.findIndex((part) => isDynamicPattern(part));
    return resolve(parts.slice(0, first).join("/") || (name.startsWith("/") ? "/" : "."));
  });
  return [...new Set(folders)];
}
