/** The report for programs. This form is stable: version 1 only ever gains fields. */
import { rfc3339 } from "../detect/verdict.ts";
import type { ScanResult } from "./model.ts";

export function jsonReport(result: ScanResult): string {
  const formats = [...new Set(result.inputs.map((input) => input.format))];
  const time = (at: number) => (Number.isNaN(at) ? null : rfc3339(at));
  return `${JSON.stringify(
    {
      version: 1,
      source: {
        files: result.inputs.map((input) => input.file),
        format: formats.length === 1 ? formats[0] : "mixed",
        lines: result.lines,
        parsed: result.parsed,
        skipped: result.skipped,
        first_time: time(result.firstTime),
        last_time: time(result.lastTime),
      },
      incidents: result.incidents,
      detections: result.detections,
      blind_spots: result.blindSpots,
    },
    undefined,
    2,
  )}\n`;
}
