/** What can be asked for, for people: formats and attacks. */
import { intensitiesOf } from "./attacks/attack.ts";
import { ATTACKS } from "./attacks/table.ts";
import { WRITERS } from "./writers/table.ts";

export function listFormats(): string {
  return columns(WRITERS.map((writer) => [writer.name, writer.title]));
}

/** Name, intensities (the first is the usual one), what it is. */
export function listAttacks(): string {
  return columns(ATTACKS.map((attack) => [attack.name, intensitiesOf(attack).join(" "), attack.title]));
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i]))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
