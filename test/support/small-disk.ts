/** A disk of a few megabytes that fills up and can be made read-only, where this machine lets us mount one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly path: string;
  readOnly(on: boolean): void;
  remove(): void;
}

/** @returns undefined where mounting needs rights that this process lacks */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), "vedette-disk-"));
  if (!mount(["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path])) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    readOnly(on) {
      if (!mount(["-o", `remount,${on ? "ro" : "rw"}`, path])) throw new Error(`cannot remount ${path}`);
    },
    remove() {
      spawnSync("umount", ["-l", path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function mount(args: readonly string[]): boolean {
  return spawnSync("mount", args, { stdio: "ignore" }).status === 0;
}
