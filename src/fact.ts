/**
 * The fixed-shape fact of one event: what the stateful half of the engine sees. Facts travel from the stateless
 * half as rows of a Float64Array (every field is exact in a double), so that nothing is cloned between threads
 * and the loop over them allocates nothing.
 */
import { ATTACK_SCORE, FINDING_CLASSES, type Finding, type FindingClass } from "./event.ts";

export interface Fact {
  /** Milliseconds since the epoch; NaN when the record had no time. */
  time: number;
  /** Line within its chunk, from 0. */
  line: number;
  /** Byte offset and length of the record within its chunk. */
  offset: number;
  length: number;
  /** See normalize/address.ts; 0 when unknown. */
  clientKey: number;
  userKey: number;
  /** API key, else session. */
  credentialKey: number;
  agentKey: number;
  agentClass: number;
  serviceKey: number;
  /** Service, method and shape of the path. */
  routeKey: number;
  pathKey: number;
  /** Which object the request names; 0 when none. */
  objectKey: number;
  /** Its number when it is an integer; NaN otherwise. */
  objectNumber: number;
  method: number;
  /** 0 when unknown. */
  status: number;
  /** NaN when unknown. */
  bytesOut: number;
  bytesIn: number;
  durationMs: number;
  /** Bits of FACT_FLAG. */
  flags: number;
  /** Score of the strongest finding, 0 when there is none. */
  findingScore: number;
  /** Its class, as an index into FINDING_CLASSES. */
  findingClass: number;
  /** Its kind, as an index into FINDING_KINDS. */
  findingKind: number;
  /** What it points at: the same payload has the same key; 0 when there is none. */
  findingKey: number;
  /** Which field of the request it is in: members of one list are one field; 0 when there is none. */
  findingField: number;
  /** Also when the request carries an API key besides; 0 when unknown. */
  sessionKey: number;
  /** See normalize/device.ts; 0 when unknown, and for events that name nobody (`namesSomebody`). */
  deviceKey: number;
  /** Country and network, see normalize/place.ts; 0 as above. */
  placeKey: number;
}

/** Doubles for each fact in a row buffer. The order is the wire code: append only. */
export const FACT_STRIDE = 28;
/** Rows of older journals are shorter: columns that came later read as 0. */
const FIRST_STRIDE = 24;
const SECOND_STRIDE = 27;

export const FACT_FLAG = {
  ASSET: 1,
  LOGIN: 2,
  CODE: 4,
  QUERY: 8,
  REFERER: 16,
  /** No method could be read: not HTTP, or not whole. */
  MALFORMED: 32,
  /** The path in the event is a template that the application itself named. */
  ROUTE_GIVEN: 64,
  /** The credential is an API key, not a session. */
  API_KEY: 128,
  /** Marks of an attack tool, whatever else the request carries. */
  TOOL: 256,
  /** Marks of a program that surveys the internet. */
  SURVEY: 512,
  /** The query asks about a person by name or address. */
  PERSON: 1024,
  /** The request changes what an account is held by: see normalize/sensitive-routes.ts. */
  CHANGE_EMAIL: 2048,
  CHANGE_PASSWORD: 4096,
  CHANGE_MFA: 8192,
  CHANGE_PAYOUT: 16_384,
  CHANGE_KEY: 32_768,
  /** The path is of an administration. */
  ADMIN: 65_536,
  /** The path ends in a word for a forgotten password, without a secret: it asks for a new one. */
  RESET: 524_288,
} as const;

export const METHOD = {
  NONE: 0,
  GET: 1,
  HEAD: 2,
  POST: 3,
  PUT: 4,
  PATCH: 5,
  DELETE: 6,
  OPTIONS: 7,
  CONNECT: 8,
  TRACE: 9,
  OTHER: 10,
} as const;

/** How detectors group findings. The order is the wire code: append only. */
export const FINDING_KINDS = [
  "payload",
  "sensitive-file",
  "admin-panel",
  "exploit-path",
  "webshell",
  "scanner-mark",
  "malformed-request",
  "user-enumeration",
  "context",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export function findingKind(findingClass: FindingClass, rule: string): FindingKind {
  if (findingClass === "webshell") return "webshell";
  if (findingClass !== "other") return "payload";
  const name = rule.slice(rule.indexOf("/") + 1);
  return KIND_BY_RULE.get(name) ?? "context";
}

const KIND_BY_RULE: ReadonlyMap<string, FindingKind> = new Map(
  FINDING_KINDS.filter((kind) => kind !== "payload" && kind !== "context").map((kind) => [kind, kind]),
);

const LIST_INDEX = /\[\d+\]/g;

/** The strongest finding of an event, and whether a tool marked it. */
export function noteFindings(
  fact: Fact,
  findings: readonly Finding[],
  keyOf: (decoded: string) => number,
): void {
  const strongest = findings[0];
  if (strongest === undefined) {
    fact.findingScore = 0;
    fact.findingClass = 0;
    fact.findingKind = 0;
    fact.findingKey = 0;
    fact.findingField = 0;
    return;
  }
  fact.findingScore = strongest.score;
  fact.findingClass = FINDING_CLASSES.indexOf(strongest.class);
  fact.findingKind = FINDING_KINDS.indexOf(findingKind(strongest.class, strongest.rule));
  fact.findingKey = keyOf(strongest.decoded);
  fact.findingField = keyOf(strongest.location.replace(LIST_INDEX, "[]"));
  for (const finding of findings) {
    if (findingKind(finding.class, finding.rule) !== "scanner-mark") continue;
    fact.flags |= finding.score >= ATTACK_SCORE ? FACT_FLAG.TOOL : FACT_FLAG.SURVEY;
  }
}

export function emptyFact(): Fact {
  return {
    time: Number.NaN,
    line: 0,
    offset: 0,
    length: 0,
    clientKey: 0,
    userKey: 0,
    credentialKey: 0,
    agentKey: 0,
    agentClass: 0,
    serviceKey: 0,
    routeKey: 0,
    pathKey: 0,
    objectKey: 0,
    objectNumber: Number.NaN,
    method: 0,
    status: 0,
    bytesOut: Number.NaN,
    bytesIn: Number.NaN,
    durationMs: Number.NaN,
    flags: 0,
    findingScore: 0,
    findingClass: 0,
    findingKind: 0,
    findingKey: 0,
    findingField: 0,
    sessionKey: 0,
    deviceKey: 0,
    placeKey: 0,
  };
}

/** Copies a fact into row `row`. */
export function writeFact(rows: Float64Array, row: number, fact: Readonly<Fact>): void {
  const o = row * FACT_STRIDE;
  rows[o] = fact.time;
  rows[o + 1] = fact.line;
  rows[o + 2] = fact.offset;
  rows[o + 3] = fact.length;
  rows[o + 4] = fact.clientKey;
  rows[o + 5] = fact.userKey;
  rows[o + 6] = fact.credentialKey;
  rows[o + 7] = fact.agentKey;
  rows[o + 8] = fact.agentClass;
  rows[o + 9] = fact.serviceKey;
  rows[o + 10] = fact.routeKey;
  rows[o + 11] = fact.pathKey;
  rows[o + 12] = fact.objectKey;
  rows[o + 13] = fact.objectNumber;
  rows[o + 14] = fact.method;
  rows[o + 15] = fact.status;
  rows[o + 16] = fact.bytesOut;
  rows[o + 17] = fact.bytesIn;
  rows[o + 18] = fact.durationMs;
  rows[o + 19] = fact.flags;
  rows[o + 20] = fact.findingScore;
  rows[o + 21] = fact.findingClass;
  rows[o + 22] = fact.findingKind;
  rows[o + 23] = fact.findingKey;
  rows[o + 24] = fact.sessionKey;
  rows[o + 25] = fact.deviceKey;
  rows[o + 26] = fact.placeKey;
  rows[o + 27] = fact.findingField;
}

/**
 * Loads row `row` into a fact.
 * @param stride doubles for each row: less than FACT_STRIDE in what an older version wrote
 */
export function readFact(rows: Float64Array, row: number, fact: Fact, stride = FACT_STRIDE): void {
  const o = row * stride;
  fact.time = rows[o];
  fact.line = rows[o + 1];
  fact.offset = rows[o + 2];
  fact.length = rows[o + 3];
  fact.clientKey = rows[o + 4];
  fact.userKey = rows[o + 5];
  fact.credentialKey = rows[o + 6];
  fact.agentKey = rows[o + 7];
  fact.agentClass = rows[o + 8];
  fact.serviceKey = rows[o + 9];
  fact.routeKey = rows[o + 10];
  fact.pathKey = rows[o + 11];
  fact.objectKey = rows[o + 12];
  fact.objectNumber = rows[o + 13];
  fact.method = rows[o + 14];
  fact.status = rows[o + 15];
  fact.bytesOut = rows[o + 16];
  fact.bytesIn = rows[o + 17];
  fact.durationMs = rows[o + 18];
  fact.flags = rows[o + 19];
  fact.findingScore = rows[o + 20];
  fact.findingClass = rows[o + 21];
  fact.findingKind = rows[o + 22];
  fact.findingKey = rows[o + 23];
  const second = stride > FIRST_STRIDE;
  fact.sessionKey = second ? rows[o + 24] : 0;
  fact.deviceKey = second ? rows[o + 25] : 0;
  fact.placeKey = second ? rows[o + 26] : 0;
  fact.findingField = stride > SECOND_STRIDE ? rows[o + 27] : 0;
}
