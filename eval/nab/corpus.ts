/** The Numenta Anomaly Benchmark's series and the windows in which their anomalies were labelled. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CORPORA } from "../corpora.ts";

export interface LabelledSeries {
  readonly name: string;
  /** Milliseconds; NAB's times carry no zone and are read as UTC. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** First and last point of each labelled window, in order. */
  readonly windows: readonly (readonly [number, number])[];
  /** By a hash of the name: one half was looked at while the scorer was written, the other only scored. */
  readonly half: "looked at" | "only scored";
}

const FOLDER = join(CORPORA, "nab");

export function hasNab(): boolean {
  return existsSync(join(FOLDER, "labels/combined_windows.json"));
}

export function readNab(): LabelledSeries[] {
  const labels = JSON.parse(readFileSync(join(FOLDER, "labels/combined_windows.json"), "utf8")) as Record<
    string,
    readonly (readonly [string, string])[]
  >;
  return Object.entries(labels).map(([name, labelled]) => {
    const rows = readFileSync(join(FOLDER, "data", name), "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1);
    const times = rows.map((row) => timeOf(row));
    return {
      name,
      times,
      values: rows.map((row) => Number(row.slice(row.indexOf(",") + 1))),
      windows: labelled.map(
        ([from, to]) =>
          [
            times.findIndex((time) => time >= timeOf(from)),
            times.findLastIndex((time) => time <= timeOf(to)),
          ] as const,
      ),
      half: (createHash("sha256").update(name).digest()[0] ?? 0) % 2 === 0 ? "looked at" : "only scored",
    };
  });
}

function timeOf(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(" ", "T")}Z`);
}
