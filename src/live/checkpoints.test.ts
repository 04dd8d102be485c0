import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEngine, writeEngine } from "./checkpoints.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-checkpoint-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const saved = (text: string) => ({
  position: { segment: 7, offset: 4242 },
  state: new Uint8Array(Buffer.from(text)),
});

describe("the engine's checkpoint on disk", () => {
  it("comes back with its place in the journal, the newest one", async () => {
    expect(await readEngine(folder)).toBeUndefined();
    await writeEngine(folder, saved("first"));
    await writeEngine(folder, saved("second"));
    const found = await readEngine(folder);
    expect(found?.position).toEqual({ segment: 7, offset: 4242 });
    expect(Buffer.from(found?.state ?? []).toString()).toBe("second");
  });

  it("is passed over when a bit of it changed, or its end is missing", async () => {
    await writeEngine(folder, saved("some state"));
    const file = join(folder, "engine");
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      if (at >= 12 && at < 16) continue;
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect(await readEngine(folder), `byte ${at}`).toBeUndefined();
    }
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length));
      expect(await readEngine(folder), `${length} bytes`).toBeUndefined();
    }
  });
});
