/**
 * Query strings and form bodies: pairs of name and value, both inspected. The gate reads them where they stand,
 * so that a query of ordinary pairs allocates nothing.
 */

import { decodeComponent } from "../decode/percent.ts";
import { drawsAttention, shapeOfValue } from "../gate/gate.ts";
import { isHot, isHotName } from "../gate/hot.ts";
import { survey } from "../gate/survey.ts";
import { isTelling, mayTell } from "./telling.ts";
import type { Place, Sink } from "./value.ts";

/** How the pairs of one string are located. */
export interface PairPlaces {
  readonly value: Place;
  readonly name: Place;
  readonly locate: (name: string) => string;
  readonly nameLocation: string;
  /** Where a string without any `=` is found. */
  readonly bareLocation: string;
}

export const QUERY: PairPlaces = {
  value: "query",
  name: "query name",
  locate: (name) => `query:${name}`,
  nameLocation: "query name",
  bareLocation: "query",
};

export const FORM: PairPlaces = {
  value: "field",
  name: "field name",
  locate: (name) => `body.${name}`,
  nameLocation: "body name",
  bareLocation: "body",
};

const AMPERSAND = 38;
const EQUALS = 61;

export function readPairs(text: string, places: PairPlaces, sink: Sink): void {
  let from = 0;
  let hot = false;
  const length = text.length;
  while (from <= length && sink.more()) {
    let to = from;
    let equals = -1;
    while (to < length) {
      const code = text.charCodeAt(to);
      if (code === AMPERSAND) break;
      if (code === EQUALS && equals < 0) equals = to;
      to++;
    }
    if (to > from && readPair(text, from, equals, to, places, sink)) hot = true;
    from = to + 1;
  }
  if (hot && length < MOST_JOINED) readJoined(text, places, sink);
}

/** @returns whether anything in the pair was worth a look */
function readPair(
  text: string,
  from: number,
  equals: number,
  to: number,
  places: PairPlaces,
  sink: Sink,
): boolean {
  if (equals < 0) {
    if (!drawsAttention(text, from, to, places.value)) return false;
    const bare = text.slice(from, to);
    sink.take({ place: places.value, name: "", location: places.bareLocation, text: bare, escaped: true });
    return true;
  }
  const nameBits = survey(text, from, equals);
  const valueBits = shapeOfValue(text, equals + 1, to);
  const hotName = isHotName(nameBits, text, from, equals, places.name);
  const hotValue =
    equals + 1 < to &&
    (isHot(valueBits, places.value) ||
      (mayTell(nameBits, valueBits) &&
        isTelling(text.slice(from, equals), nameBits, text.slice(equals + 1, to), valueBits)));
  if (!hotName && !hotValue) return false;
  const name = text.slice(from, equals);
  if (hotName) {
    sink.take({ place: places.name, name: "", location: places.nameLocation, text: name, escaped: true });
  }
  if (hotValue) {
    const readable = decodeComponent(name);
    const value = text.slice(equals + 1, to);
    const location = places.locate(readable);
    sink.take({ place: places.value, name: readable, location, text: value, escaped: true });
  }
  return hotName || hotValue;
}

/** Longer strings are not searched for repeated names. */
const MOST_JOINED = 8192;

/**
 * A payload can be split over parameters of one name, which some frameworks join with a comma (ASP.NET), or over
 * `;`, which some take as a separator: both readings are inspected when a pair drew attention.
 */
function readJoined(text: string, places: PairPlaces, sink: Sink): void {
  const joined = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const name = pair.slice(0, equals);
    const values = joined.get(name);
    if (values === undefined) joined.set(name, [pair.slice(equals + 1)]);
    else values.push(pair.slice(equals + 1));
  }
  for (const [name, values] of joined) {
    if (values.length < 2 || !sink.more()) continue;
    const readable = decodeComponent(name);
    const location = places.locate(readable);
    sink.take({ place: places.value, name: readable, location, text: values.join(","), escaped: true });
  }
}
