/** A request body, by what it is rather than by what it says it is: content types are missing or wrong too often. */

import type { Json } from "../../event.ts";
import { drawsAttention } from "../gate/gate.ts";
import { cutToWindow } from "../window.ts";
import { readJson } from "./json.ts";
import { readJsonText } from "./json-text.ts";
import { boundaryOf, readMultipart } from "./multipart.ts";
import { FORM, readPairs } from "./query.ts";
import type { Sink } from "./value.ts";
import { readXml } from "./xml.ts";

/** Longer bodies are read as text, by their telling blocks: parsing them costs more than it shows. */
const LONGEST_PARSED = 1_048_576;
/** First tags of HTML and SVG. */
const MARKUP =
  /^\s*<(?:!--|!doctype html|html|head|body|script|svg|img|iframe|a|b|i|p|div|span|form|input|details|video|audio|style|object|embed|math|table|h\d|button|marquee|x)\b/i;
const MOST_LINES = 200;

export function readBody(
  body: Json,
  headers: Readonly<Record<string, string>> | undefined,
  sink: Sink,
): void {
  if (typeof body !== "string") {
    readJson(body, "body", sink);
    return;
  }
  if (body.length === 0) return;
  const type = headers?.["content-type"]?.toLowerCase() ?? "";
  if (body.length > LONGEST_PARSED) {
    readPlain(cutToWindow(body, sink.cut), sink);
    return;
  }
  const boundary = boundaryOf(headers?.["content-type"] ?? "", body);
  if (boundary !== undefined) readMultipart(body, boundary, sink);
  else readText(body, type, sink);
}

function readText(body: string, type: string, sink: Sink): void {
  const first = firstCharacter(body);
  if (first === "{" || first === "[" || first === '"') {
    if (readJsonBody(body, sink)) return;
  } else if (first === "<") {
    readXml(body, sink, !type.includes("xml") && MARKUP.test(body.slice(0, 200)));
    return;
  }
  if (isForm(body, type)) readPairs(body, FORM, sink);
  else readPlain(body, sink);
}

function readPlain(text: string, sink: Sink): void {
  if (!drawsAttention(text, 0, text.length, "body")) return;
  sink.take({ place: "body", name: "", location: "body", text, escaped: false });
}

/** @returns false when the text is no JSON, nor lines of JSON */
function readJsonBody(text: string, sink: Sink): boolean {
  if (!text.includes("\n") || !/^\s*\{[^\n]*\}[^\S\n]*\n\s*[{[]/.test(text))
    return readJsonText(text, "body", sink);
  const some = text.split("\n", MOST_LINES + 1);
  if (some.length > MOST_LINES) {
    some.length = MOST_LINES;
    sink.cut();
  }
  const lines = some.filter((line) => line.trim().length > 0);
  return lines.map((line, i) => readJsonText(line, `body[${i}]`, sink)).every((read) => read);
}

function firstCharacter(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 32 && code !== 0xfeff) return text.charAt(i);
  }
  return "";
}

/** Declared, or shaped like it: a name, an equals sign, and no unescaped white space. */
function isForm(body: string, type: string): boolean {
  if (type.includes("urlencoded")) return true;
  if (type.length > 0 && !type.includes("text/plain") && !type.includes("octet-stream")) return false;
  const equals = body.indexOf("=");
  if (equals < 1 || equals > 100) return false;
  for (let i = 0; i < equals; i++) {
    const code = body.charCodeAt(i);
    const inName = (code >= 48 && code <= 57) || ((code | 0x20) >= 97 && (code | 0x20) <= 122);
    if (!inName && !"_-.[]%$".includes(body.charAt(i))) return false;
  }
  return type.length === 0 || !/\s/.test(body.slice(0, 2000));
}
