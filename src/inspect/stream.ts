/** NDJSON events in, one line of findings out for each, in order, whatever the lines hold. */
import type { ErrorCode } from "../errors.ts";
import type { ApiEvent, Finding, Json } from "../event.ts";
import { inspect } from "./inspect.ts";
import { TRUNCATED } from "./inspection.ts";
import { type Line, linesOf } from "./lines.ts";
import { eventOfRecord } from "./record.ts";

export type Parsed =
  | { readonly ok: true; readonly event: ApiEvent }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

export async function* inspectLines(
  chunks: AsyncIterable<Buffer | string>,
  minScore: number,
): AsyncGenerator<string> {
  let i = 0;
  for await (const line of linesOf(chunks)) {
    const parsed = parseLine(line);
    yield parsed.ok
      ? resultOf(i, inspect(parsed.event), minScore)
      : failureOf(i, parsed.code, parsed.message);
    i++;
  }
}

export function parseLine(line: Line): Parsed {
  if (!line.ok) return { ok: false, code: "LINE_TOO_LONG", message: `The line has ${line.bytes} bytes.` };
  let value: Json;
  try {
    value = JSON.parse(line.text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : "";
    return { ok: false, code: "INPUT_CORRUPT", message: `The line is no JSON: ${reason}` };
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return { ok: false, code: "INPUT_CORRUPT", message: "The line is no JSON object." };
  }
  return { ok: true, event: eventOfRecord(value as { readonly [key: string]: Json }) };
}

export function resultOf(i: number, findings: readonly Finding[], minScore: number): string {
  const shown = findings
    .filter(({ score }) => score >= minScore)
    .map((found) => ({
      class: found.class,
      location: found.location,
      evidence: found.evidence,
      decoded: found.decoded,
      score: found.score,
      rule: found.rule,
      reason: found.reason,
    }));
  const truncated = findings.includes(TRUNCATED) ? { truncated: true } : {};
  return `${JSON.stringify({ i, findings: shown, ...truncated })}\n`;
}

function failureOf(i: number, code: ErrorCode, message: string): string {
  const truncated = code === "LINE_TOO_LONG" ? { truncated: true } : {};
  return `${JSON.stringify({ i, findings: [], ...truncated, error: { code, message } })}\n`;
}
