/** Values of our own making (the detectors' cases and `src/inspect/benign`), each put where APIs carry values. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type ApiEvent, emptyEvent, FINDING_CLASSES, type FindingClass, type Json } from "../../src/event.ts";
import { type Case, readCases } from "../../src/inspect/cases.ts";

const INSPECT = join(process.cwd(), "src/inspect");

export interface OwnAttack {
  readonly class: FindingClass;
  readonly value: string;
}

/** Attacks that are a value and no more: what names its own place is left out. */
export function ownAttacks(): readonly OwnAttack[] {
  return FINDING_CLASSES.flatMap((name) =>
    casesOf(join(INSPECT, name, "attacks.txt"))
      .filter(({ line }) => !line.includes("\t"))
      .map(({ event }) => ({ class: name, value: sentValue(event) })),
  );
}

export interface BenignSet {
  readonly name: string;
  readonly cases: readonly Case[];
}

export function benignSets(): readonly BenignSet[] {
  const folder = join(INSPECT, "benign");
  const sets = readdirSync(folder).map((file) => ({
    name: basename(file, ".txt"),
    cases: readCases(join(folder, file)),
  }));
  const near = FINDING_CLASSES.flatMap((name) => casesOf(join(INSPECT, name, "benign.txt")));
  return [...sets, { name: "near misses of every class", cases: near }];
}

function casesOf(file: string): readonly Case[] {
  try {
    return readCases(file);
  } catch {
    return [];
  }
}

/** The value of a case that stands in the query. */
export function sentValue(event: ApiEvent): string {
  return new URLSearchParams(event["url.query"] ?? "").get("q") ?? "";
}

type Wrap = (value: string) => ApiEvent;

/** Where a value can stand. */
export const LOCATIONS: Readonly<Record<string, Wrap>> = {
  query: (value) => ({ ...base(), "url.query": `v=${encodeURIComponent(value)}` }),
  "path segment": (value) => ({ ...base(), "url.path": `/items/${encodeURIComponent(value)}/parts` }),
  referer: (value) => withHeaders({ referer: `https://shop.example/a?v=${encodeURIComponent(value)}` }),
  "other header": (value) => withHeaders({ "x-note": oneLine(value) }),
  cookie: (value) => withHeaders({ cookie: `theme=dark; v=${encodeURIComponent(value)}` }),
  form: (value) => withBody(`a=1&v=${encodeURIComponent(value)}`, "application/x-www-form-urlencoded"),
  "text/plain": (value) => withBody(value, "text/plain"),
  JSON: (value) => withBody({ order: { note: value } }, "application/json"),
  "JSON in a JSON string": (value) => withBody({ payload: JSON.stringify({ v: value }) }, "application/json"),
  "base64 in JSON": (value) => withBody({ blob: Buffer.from(value).toString("base64") }, "application/json"),
  multipart: (value) =>
    withBody(
      `--part\r\nContent-Disposition: form-data; name="v"\r\n\r\n${value}\r\n--part--`,
      "multipart/form-data; boundary=part",
    ),
  XML: (value) =>
    withBody(`<?xml version="1.0"?><order><note>${escapeXml(value)}</note></order>`, "application/xml"),
  "GraphQL variable": (value) =>
    withBody(
      { query: "query ($v: String) { items(name: $v) { id } }", variables: { v: value } },
      "application/json",
    ),
};

function base(): ApiEvent {
  return { ...emptyEvent(), "http.request.method": "GET", "url.path": "/items" };
}

function withHeaders(headers: Record<string, string>): ApiEvent {
  return { ...base(), "http.request.headers": headers };
}

function withBody(body: Json, type: string): ApiEvent {
  const headers = { "content-type": type };
  return {
    ...base(),
    "http.request.method": "POST",
    "http.request.headers": headers,
    "http.request.body": body,
  };
}

function oneLine(value: string): string {
  return value.replace(/[\r\n\0]/g, " ");
}

function escapeXml(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
