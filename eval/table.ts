/** One measured number against its goal. */
export interface Row {
  readonly area: string;
  readonly measure: string;
  readonly value: string;
  readonly goal: string;
  /** undefined: told, not judged. */
  readonly met: boolean | undefined;
}

export function share(part: number, whole: number): string {
  return whole === 0 ? "none" : `${((part / whole) * 100).toFixed(1)} % (${part} of ${whole})`;
}

export function printTable(rows: readonly Row[]): string {
  const head = ["area", "measure", "value", "goal", ""];
  const cells = rows.map((row) => [
    row.area,
    row.measure,
    row.value,
    row.goal,
    row.met === undefined ? "" : row.met ? "met" : "NOT MET",
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((cell) => cell[column]?.length ?? 0)),
  );
  const line = (cell: readonly string[]) =>
    cell
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}
