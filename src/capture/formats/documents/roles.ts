/**
 * What each container of a JSON document is, by the key it stands under and what holds it: a record, a list of
 * records, or a wrapper around them.
 */

/**
 * `list`: a top-level array. `root`: a value of its own, a record unless it turns out to wrap records. `records`:
 * an array of records. `record`: one of them. `resources`, `group`, `resource`, `scopes`, `scope`, `items`,
 * `item`: the levels of OTLP. `log`, `hits`: the objects in which HAR and Elasticsearch keep their array.
 * `inner`: anything inside a record, or of no interest.
 */
export type Role =
  | "list"
  | "root"
  | "records"
  | "record"
  | "log"
  | "hits"
  | "resources"
  | "group"
  | "resource"
  | "scopes"
  | "scope"
  | "items"
  | "item"
  | "inner";

/** Arrays of records directly in a document: CloudTrail, Azure Monitor, CloudWatch Logs. */
const RECORD_ARRAYS: ReadonlySet<string> = new Set(["Records", "records", "logEvents"]);
const RESOURCES: ReadonlySet<string> = new Set(["resourceSpans", "resourceLogs"]);
const SCOPES: ReadonlySet<string> = new Set([
  "scopeSpans",
  "scopeLogs",
  "instrumentationLibrarySpans",
  "instrumentationLibraryLogs",
]);
const ITEMS: ReadonlySet<string> = new Set(["spans", "logRecords"]);

/** @param parent undefined at the top level */
export function roleOf(parent: Role | undefined, key: string, isArray: boolean): Role {
  switch (parent) {
    case undefined:
      return isArray ? "list" : "root";
    case "list":
      return isArray ? "inner" : "root";
    case "root":
      if (isArray) return RECORD_ARRAYS.has(key) ? "records" : RESOURCES.has(key) ? "resources" : "inner";
      return key === "log" ? "log" : key === "hits" ? "hits" : "inner";
    case "log":
      return isArray && key === "entries" ? "records" : "inner";
    case "hits":
      return isArray && key === "hits" ? "records" : "inner";
    case "records":
      return isArray ? "inner" : "record";
    case "resources":
      return isArray ? "inner" : "group";
    case "group":
      if (isArray) return SCOPES.has(key) ? "scopes" : "inner";
      return key === "resource" ? "resource" : "inner";
    case "scopes":
      return isArray ? "inner" : "scope";
    case "scope":
      return isArray && ITEMS.has(key) ? "items" : "inner";
    case "items":
      return isArray ? "inner" : "item";
    default:
      return "inner";
  }
}
