/** Where a page ended, as opaque text. It carries a position and no rights: what it says is checked like any input. */
import type { z } from "zod";
import { VedetteError } from "../../errors.ts";

const MOST_CHARS = 1_000;

function writeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** @throws VedetteError REQUEST_INVALID */
export function readCursor<T>(text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    if (text.length <= MOST_CHARS) value = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    value = undefined;
  }
  const read = schema.safeParse(value);
  if (!read.success)
    throw new VedetteError(
      "REQUEST_INVALID",
      "Cursors are taken as they came, from the page before",
      "cursor",
    );
  return read.data;
}

/** A page of what was read with one more than asked for, and where the next one begins. */
export function pageOf<T>(
  found: readonly T[],
  limit: number,
  positionOf: (last: T) => readonly (string | number)[],
): { readonly page: readonly T[]; readonly next: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: last === undefined || found.length <= limit ? null : writeCursor(positionOf(last)) };
}
