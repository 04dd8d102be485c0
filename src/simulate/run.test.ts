import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VedetteError } from "../errors.ts";
import { type RunOptions, run } from "./run.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-simulate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const options = (changes: Partial<RunOptions> = {}): RunOptions => ({
  events: 3_000,
  days: 0.5,
  attacks: "probing:loud",
  format: "nginx-combined",
  out: at("access.log"),
  logUsers: false,
  ...changes,
});
const linesOf = (text: string) => text.split("\n").slice(0, -1);

describe("run", () => {
  it("writes the log, the labels, and which line belongs to which attack", async () => {
    const result = await run(options({ labels: at("labels.ndjson"), eventLabels: at("events.ndjson") }));
    const log = linesOf(readFileSync(at("access.log"), "utf8"));
    expect(log).toHaveLength(result.lines);
    expect(statSync(at("access.log")).size).toBe(result.bytes);
    expect(result.attacks).toBe(1);

    const labels = linesOf(readFileSync(at("labels.ndjson"), "utf8")).map((line) => JSON.parse(line));
    expect(labels[0]).toMatchObject({
      attack: "probing-loud-1",
      category: "probing",
      intensity: "loud",
      outcome: "attempted",
    });
    const marks = linesOf(readFileSync(at("events.ndjson"), "utf8")).map((line) => JSON.parse(line));
    const ofAttack = marks.filter((mark) => mark.label === "probing-loud-1");
    expect(ofAttack).toHaveLength(labels[0].events);
    for (const { line } of ofAttack) expect(labels[0].sources).toContain(log[line - 1].split(" ")[0]);
  });

  it("compresses by the name of the file, the same bytes inside", async () => {
    await run(options());
    await run(options({ out: at("access.log.gz") }));
    expect(gunzipSync(readFileSync(at("access.log.gz")))).toEqual(readFileSync(at("access.log")));
  });

  it("starts a new file when one is full, each with its own header", async () => {
    const result = await run(options({ out: at("cf.log"), format: "aws-cloudfront", rotateMb: 0.3 }));
    expect(result.files.length).toBeGreaterThan(2);
    expect(readdirSync(folder).sort()).toEqual(
      result.files.map((file) => file.slice(folder.length + 1)).sort(),
    );
    let rows = 0;
    for (const file of result.files) {
      const lines = linesOf(readFileSync(file, "utf8"));
      expect(lines[0]).toBe("#Version: 1.0");
      rows += lines.length - 2;
    }
    expect(rows).toBe(result.lines);
  });

  it("numbers labelled lines as they stand in the file, headers and rotation counted", async () => {
    for (const format of ["iis-w3c", "aws-cloudfront"]) {
      await run(
        options({ out: at(format), format, rotateMb: 0.3, eventLabels: at("marks"), labels: at("labels") }),
      );
      const [label] = linesOf(readFileSync(at("labels"), "utf8")).map((line) => JSON.parse(line));
      const marks = linesOf(readFileSync(at("marks"), "utf8")).map((line) => JSON.parse(line));
      const ofAttack = marks.filter((mark) => mark.label === "probing-loud-1");
      expect(ofAttack).toHaveLength(label.events);
      for (const { file, line } of ofAttack) {
        expect(readFileSync(file, "utf8").split("\n")[line - 1]).toContain(label.sources[0]);
      }
    }
  });

  it("says what it cannot do", async () => {
    const failure = async (changes: Partial<RunOptions>) => {
      const error = await run(options(changes)).catch((cause: unknown) => cause);
      if (!(error instanceof VedetteError)) throw new Error("no VedetteError");
      return [error.code, error.message];
    };
    expect(await failure({ format: "nginx" })).toEqual([
      "FORMAT_UNKNOWN",
      expect.stringContaining("simulate writes nginx-combined"),
    ]);
    expect(await failure({ out: at("no/such/folder/a.log") })).toEqual([
      "OUTPUT_UNWRITABLE",
      expect.stringContaining("ENOENT"),
    ]);
    expect(await failure({ out: at("no/such/folder/a.log.gz") })).toEqual([
      "OUTPUT_UNWRITABLE",
      expect.stringContaining("ENOENT"),
    ]);
    expect(await failure({ labels: at("no/such/folder/l.ndjson") })).toEqual([
      "OUTPUT_UNWRITABLE",
      expect.stringContaining("ENOENT"),
    ]);
    expect(await failure({ attacks: "bruteforce" })).toEqual([
      "USAGE",
      expect.stringContaining("there is no attack named"),
    ]);
  });
});
