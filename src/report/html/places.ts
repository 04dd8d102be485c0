/** File names as short as they stay clear: without the folder that all of them share. */
import type { SampleRef } from "../../event.ts";

/** The folder that all names share, with its slash; empty when there is none. Knows both kinds of slash. */
export function sharedFolder(files: readonly string[]): string {
  const [first = "", ...rest] = files;
  let folder = first.slice(0, lastSlash(first) + 1);
  for (const file of rest) {
    while (!file.startsWith(folder)) folder = folder.slice(0, lastSlash(folder.slice(0, -1)) + 1);
  }
  return folder;
}

export function below(folder: string, file: string): string {
  return file.startsWith(folder) && file.length > folder.length ? file.slice(folder.length) : file;
}

/** "access.log:5899", or the id of a stored event. */
export function placeOf(ref: SampleRef, folder: string): string {
  return "file" in ref ? `${below(folder, ref.file)}:${ref.line}` : ref.id;
}

function lastSlash(text: string): number {
  return Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\"));
}
