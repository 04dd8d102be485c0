import { FORMATS } from "../capture/formats/table.ts";

/** One line a format: its name for `--format`, and what it is. */
export function listFormats(): string {
  const width = Math.max(...FORMATS.map(({ id }) => id.length));
  return `${FORMATS.map(({ id, title }) => `${id.padEnd(width)}  ${title}`).join("\n")}\n`;
}
