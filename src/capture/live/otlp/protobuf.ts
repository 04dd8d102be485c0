/**
 * OTLP in protobuf (opentelemetry-proto: collector/{trace,logs}/v1) → the JSON records that the OTLP formats read: one
 * server span or one log record, in its resource. Only what those formats look at is read; the rest is skipped.
 */
import protobuf from "protobufjs/minimal.js";

type Reader = protobuf.Reader;
export type OtlpSignal = "traces" | "logs";

/** Values in values in values. */
const DEEPEST = 8;
/** A resource is repeated in each of its records. */
const LONGEST_RESOURCE = 16 * 1024;
const SERVER = 2;
const UNSPECIFIED = 0;

/**
 * @param onRecord given the JSON text of each record
 * @returns spans that are no server's: calls out, and steps inside
 * @throws RangeError and Error for what is no such message
 */
export function readExportRequest(
  signal: OtlpSignal,
  bytes: Uint8Array,
  onRecord: (json: string) => void,
): number {
  let passedOver = 0;
  const reader = protobuf.Reader.create(bytes);
  eachField(reader, reader.len, (field) => {
    if (field !== 1) return false;
    passedOver += readGroup(signal, reader, onRecord);
    return true;
  });
  return passedOver;
}

/** ResourceSpans, ResourceLogs: `resource` 1, scopes 2. Fields may come in any order, so the scopes wait. */
function readGroup(signal: OtlpSignal, reader: Reader, onRecord: (json: string) => void): number {
  const end = reader.uint32() + reader.pos;
  const start = reader.pos;
  let resource = "";
  eachField(reader, end, (field) => {
    if (field !== 1) return false;
    resource = readResource(reader);
    return true;
  });
  reader.pos = start;
  let passedOver = 0;
  const inside = resource === "" ? "" : `"resource":{"attributes":[${resource}]},`;
  eachField(reader, end, (field) => {
    if (field !== 2) return false;
    const scopeEnd = reader.uint32() + reader.pos;
    eachField(reader, scopeEnd, (item) => {
      if (item !== 2) return false;
      const record = signal === "traces" ? readSpan(reader) : readLogRecord(reader);
      if (record === undefined) passedOver++;
      else if (signal === "traces")
        onRecord(`{"resourceSpans":[{${inside}"scopeSpans":[{"spans":[${record}]}]}]}`);
      else onRecord(`{"resourceLogs":[{${inside}"scopeLogs":[{"logRecords":[${record}]}]}]}`);
      return true;
    });
    return true;
  });
  return passedOver;
}

/** @returns its attributes as JSON, those that name the service first, as many as may be repeated */
function readResource(reader: Reader): string {
  const attributes: string[] = [];
  eachField(reader, reader.uint32() + reader.pos, (field) => {
    if (field !== 1) return false;
    attributes.push(readKeyValue(reader, 0));
    return true;
  });
  const first = attributes.filter((text) => /^\{"key":"(?:service|deployment)\./.test(text));
  let kept = "";
  for (const text of new Set([...first, ...attributes])) {
    if (kept.length + text.length <= LONGEST_RESOURCE) kept += kept === "" ? text : `,${text}`;
  }
  return kept;
}

function readSpan(reader: Reader): string | undefined {
  const attributes: string[] = [];
  let fields = "";
  let kind = UNSPECIFIED;
  eachField(reader, reader.uint32() + reader.pos, (field) => {
    if (field === 1) fields += `,"traceId":"${hex(reader)}"`;
    else if (field === 2) fields += `,"spanId":"${hex(reader)}"`;
    else if (field === 5) fields += `,"name":${JSON.stringify(reader.string())}`;
    else if (field === 6) kind = reader.int32();
    else if (field === 7) fields += `,"startTimeUnixNano":"${fixed64(reader)}"`;
    else if (field === 8) fields += `,"endTimeUnixNano":"${fixed64(reader)}"`;
    else if (field === 9) attributes.push(readKeyValue(reader, 0));
    else return false;
    return true;
  });
  if (kind !== SERVER && kind !== UNSPECIFIED) return undefined;
  return `{"kind":${kind}${fields},"attributes":[${attributes.join(",")}]}`;
}

function readLogRecord(reader: Reader): string {
  const attributes: string[] = [];
  let time = "";
  let observed = "";
  let fields = "";
  eachField(reader, reader.uint32() + reader.pos, (field) => {
    if (field === 1) time = fixed64(reader);
    else if (field === 11) observed = fixed64(reader);
    else if (field === 5) fields += `,"body":${readAny(reader, 0)}`;
    else if (field === 6) attributes.push(readKeyValue(reader, 0));
    else if (field === 9) fields += `,"traceId":"${hex(reader)}"`;
    else if (field === 10) fields += `,"spanId":"${hex(reader)}"`;
    else return false;
    return true;
  });
  // 0 is how a record says that it does not know.
  const times = [
    time !== "" && time !== "0" ? `"timeUnixNano":"${time}"` : `"observedTimeUnixNano":"${observed}"`,
  ];
  return `{${times[0]}${fields},"attributes":[${attributes.join(",")}]}`;
}

function readKeyValue(reader: Reader, depth: number): string {
  let key = "";
  let value = "{}";
  eachField(reader, reader.uint32() + reader.pos, (field) => {
    if (field === 1) key = reader.string();
    else if (field === 2) value = readAny(reader, depth);
    else return false;
    return true;
  });
  return `{"key":${JSON.stringify(key)},"value":${value}}`;
}

function readAny(reader: Reader, depth: number): string {
  const end = reader.uint32() + reader.pos;
  let json = "{}";
  eachField(reader, end, (field) => {
    if (field === 1) json = `{"stringValue":${JSON.stringify(reader.string())}}`;
    else if (field === 2) json = `{"boolValue":${reader.bool()}}`;
    else if (field === 3) json = `{"intValue":"${reader.int64()}"}`;
    else if (field === 4) json = `{"doubleValue":${JSON.stringify(reader.double())}}`;
    else if (field === 5 && depth < DEEPEST)
      json = `{"arrayValue":{"values":[${list(reader, depth, readAny)}]}}`;
    else if (field === 6 && depth < DEEPEST)
      json = `{"kvlistValue":{"values":[${list(reader, depth, readKeyValue)}]}}`;
    else if (field === 7) json = `{"bytesValue":"${Buffer.from(reader.bytes()).toString("base64")}"}`;
    else return false;
    return true;
  });
  return json;
}

function list(reader: Reader, depth: number, read: (reader: Reader, depth: number) => string): string {
  const values: string[] = [];
  eachField(reader, reader.uint32() + reader.pos, (field) => {
    if (field !== 1) return false;
    values.push(read(reader, depth + 1));
    return true;
  });
  return values.join(",");
}

/** @param onField false for a field it did not read */
function eachField(reader: Reader, end: number, onField: (field: number) => boolean): void {
  if (end > reader.len) throw new RangeError("a message is longer than what holds it");
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!onField(tag >>> 3)) reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError("a field is longer than what holds it");
}

function hex(reader: Reader): string {
  const bytes = reader.bytes();
  return bytes.length > 32 ? "" : Buffer.from(bytes).toString("hex");
}

function fixed64(reader: Reader): string {
  const low = reader.fixed32();
  const high = reader.fixed32();
  return String((BigInt(high) << 32n) | BigInt(low));
}
