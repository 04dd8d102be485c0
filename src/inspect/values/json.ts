/** The strings and keys of a JSON value, each with its path: "body.items[2].note". */

import type { Json } from "../../event.ts";
import { drawsAttention, shapeOfValue } from "../gate/gate.ts";
import { isHot, isHotName } from "../gate/hot.ts";
import { survey } from "../gate/survey.ts";
import { isOperatorKey, OPERATOR_TEXT } from "./json-path.ts";
import { isTelling, mayTell } from "./telling.ts";
import type { Sink } from "./value.ts";

/** Containers deeper than this are read as text: no API nests so far, and the stack is not endless. */
const DEEPEST = 64;

interface Step {
  readonly parent: Step | undefined;
  readonly key: string | number;
}

export function readJson(value: Json, root: string, sink: Sink): void {
  walk(value, undefined, "", 0, root, sink);
}

function walk(
  value: Json,
  step: Step | undefined,
  name: string,
  depth: number,
  root: string,
  sink: Sink,
): void {
  if (typeof value === "string") {
    readString(value, step, name, root, sink);
    return;
  }
  if (value === null || typeof value !== "object" || !sink.more()) return;
  if (depth >= DEEPEST) {
    const rest = textOf(value);
    if (rest === undefined) sink.cut();
    else readString(rest, step, name, root, sink);
    return;
  }
  if (isList(value)) {
    for (let i = 0; i < value.length && sink.more(); i++) {
      const item = value[i];
      if (typeof item === "string") {
        if (drawsAttention(item, 0, item.length, "field"))
          takeField(item, { parent: step, key: i }, name, root, sink);
      } else if (item !== null && typeof item === "object") {
        walk(item, { parent: step, key: i }, name, depth + 1, root, sink);
      }
    }
    return;
  }
  readObject(value, step, name, depth, root, sink);
}

function readObject(
  value: { readonly [key: string]: Json },
  step: Step | undefined,
  name: string,
  depth: number,
  root: string,
  sink: Sink,
): void {
  let operators = false;
  for (const key of Object.keys(value)) {
    if (!sink.more()) return;
    const bits = survey(key, 0, key.length);
    if (isHotName(bits, key, 0, key.length, "field name")) {
      sink.take({ place: "field name", name: "", location: `${root} name`, text: key, escaped: false });
    }
    if (isOperatorKey(key, 0, key.length)) operators = true;
    const item = value[key];
    if (typeof item === "string") {
      const itemBits = shapeOfValue(item, 0, item.length);
      if (isHot(itemBits, "field") || (mayTell(bits, itemBits) && isTelling(key, bits, item, itemBits))) {
        takeField(item, { parent: step, key }, key, root, sink);
      }
    } else if (item !== null && typeof item === "object") {
      walk(item, { parent: step, key }, key, depth + 1, root, sink);
    }
  }
  if (!operators) return;
  sink.take({
    place: "field",
    name,
    location: locate(step, root),
    text: (textOf(value) ?? "").slice(0, OPERATOR_TEXT),
    escaped: false,
  });
}

function readString(text: string, step: Step | undefined, name: string, root: string, sink: Sink): void {
  if (drawsAttention(text, 0, text.length, "field")) takeField(text, step, name, root, sink);
}

function takeField(text: string, step: Step | undefined, name: string, root: string, sink: Sink): void {
  sink.take({ place: "field", name, location: locate(step, root), text, escaped: false });
}

/** "body.items[2].note" */
function locate(step: Step | undefined, root: string): string {
  let path = "";
  for (let at = step; at !== undefined; at = at.parent) {
    path = typeof at.key === "number" ? `[${at.key}]${path}` : `.${at.key}${path}`;
  }
  return root + path;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Too deep for the serialiser is deep enough to say nothing. */
function textOf(value: Json): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
