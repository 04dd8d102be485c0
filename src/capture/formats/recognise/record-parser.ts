/**
 * A parser of records whose fields were recognised: with the mapping that detection found, or, when it was
 * opened without one, with what the first records show.
 */
import type { ApiEvent } from "../../../event.ts";
import type { FieldMapping, FormatOptions, LineResult } from "../../format.ts";
import { clearEvent } from "../clear-event.ts";
import { compileMapping, type Filler } from "../json/mapping.ts";
import type { JsonObject } from "../json/path.ts";
import { recogniseFields } from "./recognise.ts";

/** Records from which a parser without a mapping learns one. */
const LEARNS_FROM = 64;
const MOST_SHAPES = 128;
/** Shapes that are looked at as they come; afterwards few of them. */
const MOST_LOOKS = 2_000;
/** Names that tell one shape from another. */
const MOST_NAMES = 64;

export function openRecordParser(
  options: FormatOptions,
): (record: JsonObject, event: ApiEvent) => LineResult {
  const given = options.mapping;
  if (given !== undefined && isRequestMapping(given)) {
    const fill = compileMapping(given, options);
    return (record, event) => fillRequest(fill, record, event);
  }
  const seen: JsonObject[] = [];
  let fill: Filler | undefined;
  function learn(record: JsonObject): void {
    seen.push(record);
    // Anew whenever twice as many records are known: later ones have fields that the first lacked.
    if (fill !== undefined && (seen.length & (seen.length - 1)) !== 0) return;
    const { mapping } = recogniseFields(seen);
    if (isRequestMapping(mapping)) fill = compileMapping({ ...mapping, ...given }, options);
  }
  const others = openShapes(options);
  return (record, event) => {
    if (seen.length < LEARNS_FROM) learn(record);
    if (fill !== undefined && fillRequest(fill, record, event) === "event") return "event";
    clearEvent(event);
    return others(record, event);
  };
}

/** Records of several programs in one stream: what the names of most do not fit is recognised by its own. */
function openShapes(options: FormatOptions): (record: JsonObject, event: ApiEvent) => LineResult {
  const fillers = new Map<string, Filler>();
  const others = new Set<string>();
  let looks = 0;

  function recognise(shape: string, record: JsonObject): Filler | undefined {
    // Records without end of ever new names: most of them are passed over.
    if (fillers.size >= MOST_SHAPES || (looks++ > MOST_LOOKS && looks % MOST_SHAPES !== 0)) return undefined;
    const { mapping } = recogniseFields([record]);
    if (!isRequestMapping(mapping)) {
      if (others.size >= MOST_SHAPES) others.clear();
      others.add(shape);
      return undefined;
    }
    const fill = compileMapping({ ...mapping, ...options.mapping }, options);
    fillers.set(shape, fill);
    return fill;
  }

  return (record, event) => {
    const shape = Object.keys(record).slice(0, MOST_NAMES).join("\n");
    if (others.has(shape)) return "ignored";
    const fill = fillers.get(shape) ?? recognise(shape, record);
    return fill === undefined ? "ignored" : fillRequest(fill, record, event);
  };
}

/** Without a method, a target or an operation there is no request to speak of. */
export function isRequestMapping(mapping: FieldMapping): boolean {
  return ["http.request.method", "url.path", "rpc.method", "http.route", "graphql.operation.name"].some(
    (field) => mapping[field as keyof FieldMapping] !== undefined,
  );
}

function fillRequest(fill: Filler, record: JsonObject, event: ApiEvent): LineResult {
  fill(event, record);
  return isRequest(event) ? "event" : "ignored";
}

/** A target, or an operation, with something that says who asked or what came of it. */
function isRequest(event: ApiEvent): boolean {
  const target =
    event["url.path"] ?? event["http.route"] ?? event["rpc.method"] ?? event["graphql.operation.name"];
  if (target === undefined) return false;
  return (
    event["http.request.method"] !== undefined ||
    event["http.response.status_code"] !== undefined ||
    (event["client.address"] !== undefined && event["user_agent.original"] !== undefined)
  );
}
