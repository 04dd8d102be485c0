/** Wakes the tail when a folder changes. Only a hint: network drives tell nothing, so the tail also looks by itself. */
import { type FSWatcher, watch } from "node:fs";

export interface FolderWatch {
  /** Resolves when something changed, or after so many milliseconds. */
  change(atMost: number): Promise<void>;
  close(): void;
}

export function watchFolders(folders: readonly string[]): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let changed = false;
  let wake = (): void => {};
  let closed = false;

  function note(): void {
    changed = true;
    wake();
  }

  /** A folder that is not there yet, or cannot be watched, is tried again with every wait. */
  function open(folder: string): void {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, note);
      watcher.on("error", () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, watcher);
    } catch {
      // The tail looks by itself.
    }
  }

  return {
    async change(atMost) {
      for (const folder of closed ? [] : folders) open(folder);
      if (!changed && !closed) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, atMost);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      changed = false;
    },
    close() {
      closed = true;
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
      wake();
    },
  };
}
