import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockFolder } from "./folder-lock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is had by one at a time", () => {
  const free = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({ code: "DATA_FOLDER_IN_USE", input: folder }),
  );
  free();
  free();
  lockFolder(folder)();
});

it("is made for its owner alone, and left as it is where it was", () => {
  const made = join(folder, "made");
  lockFolder(made)();
  expect(statSync(made).mode & 0o777).toBe(0o700);
  chmodSync(made, 0o750);
  lockFolder(made)();
  expect(statSync(made).mode & 0o777).toBe(0o750);
});

it("is free again when its process was killed", async () => {
  const libsql = import.meta.resolve("libsql");
  const script = join(folder, "hold.mjs");
  writeFileSync(
    script,
    `import Database from ${JSON.stringify(libsql)};
     const database = new Database(${JSON.stringify(join(folder, "lock"))});
     database.exec("BEGIN EXCLUSIVE");
     console.log("held");
     setInterval(() => database, 1000);`,
  );
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: "DATA_FOLDER_IN_USE" }));
  const closed = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGKILL");
  await closed;
  lockFolder(folder)();
});

it("says so when the folder cannot be made", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => lockFolder(join(folder, "file", "x"))).toThrow(
    expect.objectContaining({ code: "STORE_UNAVAILABLE" }),
  );
});

it.skipIf(process.platform !== "linux")("says so where no folder can ever be made", () => {
  expect(() => lockFolder("/proc/vedette/data")).toThrow(
    expect.objectContaining({ code: "STORE_UNAVAILABLE", input: "/proc/vedette/data" }),
  );
});
