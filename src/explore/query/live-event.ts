/** Columns of `events` read from an event that has just come in, as the store would hold them. */
import { EVENT_FIELDS, type EventField, type Json } from "../../event.ts";
import type { Evaluate, Value } from "./evaluate.ts";
import type { Column } from "./schema.ts";

export function readerFor(column: Column): Evaluate {
  const field = EVENT_FIELDS.find((name) => name === column.name);
  if (field !== undefined) return fieldReader(field, column);
  return FINDING_READERS[column.name] ?? (() => null);
}

function fieldReader(field: EventField, column: Column): Evaluate {
  switch (column.type) {
    case "string":
      return ({ event }) => kept((event[field] as string | undefined) ?? "", KEPT.text);
    case "json":
      return ({ event }) => kept(bodyText(event[field] as Json | undefined), KEPT.body);
    case "number":
    case "datetime":
      return ({ event }) => storedNumber(event[field] as number | undefined, column);
    default:
      return ({ event }) => (event[field] as Readonly<Record<string, string>> | undefined) ?? NO_HEADERS;
  }
}

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** A body as stored: text as it is, JSON written out; empty when there is none. */
export function bodyText(body: Json | undefined): string {
  if (body === undefined) return "";
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** What the store keeps: characters of a text and of a body, and findings. */
export const KEPT = { text: 8_192, body: 16_384, findings: 20 } as const;

function kept(text: string, most: number): string {
  return text.length > most ? text.slice(0, most) : text;
}

/** Measures in single precision as they are; counts whole and not below zero. */
function storedNumber(value: number | undefined, column: Column): number | null {
  if (value === undefined || !Number.isFinite(value)) return null;
  if (column.single) return Math.fround(value);
  return value < 0 || Math.floor(value) === column.absent ? null : Math.floor(value);
}

const FINDING_READERS: Readonly<Record<string, Evaluate>> = {
  "finding.class": ({ findings }): Value => findings.slice(0, KEPT.findings).map((finding) => finding.class),
  "finding.rule": ({ findings }): Value => findings.slice(0, KEPT.findings).map((finding) => finding.rule),
  "finding.location": ({ findings }): Value =>
    findings.slice(0, KEPT.findings).map((finding) => finding.location),
  "finding.evidence": ({ findings }): Value =>
    findings.slice(0, KEPT.findings).map((finding) => finding.evidence),
  "finding.score": ({ findings }): Value =>
    findings.length === 0 ? null : Math.fround(Math.max(...findings.map((finding) => finding.score))),
};
