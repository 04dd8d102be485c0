/** Lines a second of the formats that matter most, each on its plainest case, two thousand lines a round. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bench, describe } from "vitest";
import { emptyEvent } from "../../event.ts";
import { clearEvent } from "./clear-event.ts";
import { formatById } from "./table.ts";

const LINES = 2000;
const IDS = [
  "nginx-combined",
  "common",
  "nginx-main",
  "nginx-combined-timed",
  "clf",
  "haproxy",
  "iis",
  "aws-alb",
  "aws-cloudfront",
  "caddy",
  "json",
  "vedette",
];

describe("parse 2,000 lines", () => {
  for (const id of IDS) {
    const format = formatById(id);
    if (format === undefined) continue;
    const cases = readFileSync(join(import.meta.dirname, `${id}.cases.ndjson`), "utf8")
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as { line: string; result?: string });
    const plain = cases.find(({ result }) => result === undefined)?.line ?? "";
    const lines = Array.from({ length: LINES }, () => plain);
    const parser = format.open({ zoneMinutes: 0, newest: Date.UTC(2023, 11, 31) });
    const event = emptyEvent();
    bench(id, () => {
      for (const line of lines) {
        clearEvent(event);
        parser.parse(line, event);
      }
    });
  }
});
