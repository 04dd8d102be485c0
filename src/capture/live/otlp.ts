/**
 * OTLP/HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp): requests in protobuf and JSON → records one a line
 * for the OTLP formats; receipts and errors → the answers that exporters understand.
 */
import protobuf from "protobufjs/minimal.js";
import { ERRORS, VedetteError } from "../../errors.ts";
import { createDocumentSplitter } from "../documents.ts";
import type { FormatChoice } from "../format.ts";
import type { Receipt } from "./intake.ts";
import { type OtlpSignal, readExportRequest } from "./otlp/protobuf.ts";

export type { OtlpSignal } from "./otlp/protobuf.ts";
export type OtlpEncoding = "application/x-protobuf" | "application/json";

export interface OtlpRecords {
  /** One record a line. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly records: number;
  /** Spans of calls out and of steps inside: no requests to a service. */
  readonly passedOver: number;
  /** Records that were too long or too deep. */
  readonly skipped: number;
}

export interface OtlpAnswer {
  readonly status: number;
  readonly contentType: OtlpEncoding;
  readonly body: Buffer;
}

const MOST_BYTES = 64 << 20;
/** Written out as bytes from this length on, so that the text of a large request is never in memory as a whole. */
const PIECE = 1 << 18;
const OPEN_OBJECT = 123;
const SPACE = 32;

/** @throws VedetteError MEDIA_TYPE_UNKNOWN */
export function otlpEncoding(contentType: string | undefined): OtlpEncoding {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/x-protobuf" || type === "application/json") return type;
  throw new VedetteError(
    "MEDIA_TYPE_UNKNOWN",
    "OTLP comes as application/x-protobuf or application/json",
    contentType?.slice(0, 100),
  );
}

/** @param newest as in FormatOptions */
export function otlpChoice(signal: OtlpSignal, newest: number): FormatChoice {
  return {
    format: `otlp-${signal}`,
    envelope: "none",
    options: { zoneMinutes: 0, newest },
    records: "lines",
    fallbacks: [],
  };
}

/**
 * @param body inflated
 * @param most bytes that its records may be together: each repeats its resource
 * @throws VedetteError PAYLOAD_CORRUPT, PAYLOAD_TOO_LARGE
 */
export function otlpRecords(
  signal: OtlpSignal,
  encoding: OtlpEncoding,
  body: Uint8Array,
  most = MOST_BYTES,
): OtlpRecords {
  const pieces: Buffer[] = [];
  let text = "";
  let size = 0;
  let records = 0;
  const keep = (record: string): void => {
    size += record.length + 1;
    if (size > most) {
      throw new VedetteError("PAYLOAD_TOO_LARGE", `Its records are more than ${most} bytes together`);
    }
    records++;
    text += `${record}\n`;
    if (text.length < PIECE) return;
    pieces.push(Buffer.from(text));
    text = "";
  };
  let passedOver = 0;
  let skipped = 0;
  if (encoding === "application/json") skipped = readJson(body, keep);
  else passedOver = readProtobuf(signal, body, keep);
  pieces.push(Buffer.from(text));
  return { bytes: new Uint8Array(Buffer.concat(pieces)), records, passedOver, skipped };
}

function readProtobuf(signal: OtlpSignal, body: Uint8Array, keep: (record: string) => void): number {
  try {
    return readExportRequest(signal, body, keep);
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError("PAYLOAD_CORRUPT", `This is no OTLP request in protobuf: ${reason}`, "", {
      cause,
    });
  }
}

function readJson(body: Uint8Array, keep: (record: string) => void): number {
  let at = 0;
  while (at < body.length && (body[at] ?? 0) <= SPACE) at++;
  if (body[at] !== OPEN_OBJECT) throw new VedetteError("PAYLOAD_CORRUPT", "This is no OTLP request in JSON");
  const splitter = createDocumentSplitter();
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  // A request without records is a record to the splitter, and none here.
  splitter.push(text, (record) => {
    if (WRAPPED.test(record)) keep(record.replace(/[\r\n]+/g, " "));
  });
  const torn = splitter.unfinished;
  const { skipped } = splitter.end();
  if (torn) throw new VedetteError("PAYLOAD_CORRUPT", "The OTLP request in JSON ends too early");
  return skipped;
}

const WRAPPED = /^\{"resource(?:Spans|Logs)":\[\{/;

/** 200 with what was not taken, as partial success: exporters do not send that again. */
export function otlpAnswer(signal: OtlpSignal, encoding: OtlpEncoding, receipt: Receipt): OtlpAnswer {
  const { rejected } = receipt;
  const [first] = receipt.rejections;
  const message = rejected === 0 ? "" : (first?.reason ?? "Some records were too long or too deep");
  if (encoding === "application/json") {
    const count = signal === "traces" ? "rejectedSpans" : "rejectedLogRecords";
    const partial = { partialSuccess: { [count]: String(rejected), errorMessage: message } };
    return answer(200, encoding, Buffer.from(JSON.stringify(rejected === 0 ? {} : partial)));
  }
  const writer = protobuf.Writer.create();
  if (rejected > 0) writer.uint32(10).fork().uint32(8).int64(rejected).uint32(18).string(message).ldelim();
  return answer(200, encoding, Buffer.from(writer.finish()));
}

/** Codes of google.rpc.Status by HTTP status. */
const RPC_CODES: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  413: 8,
  415: 3,
  429: 8,
  503: 14,
};
const INTERNAL = 13;

/** A google.rpc.Status. Exporters come again after 429 and 503, with a pause when Retry-After names one. */
export function otlpFailure(encoding: OtlpEncoding, error: VedetteError): OtlpAnswer {
  const status = ERRORS[error.code].http;
  const code = RPC_CODES[status] ?? INTERNAL;
  if (encoding === "application/json") {
    return answer(status, encoding, Buffer.from(JSON.stringify({ code, message: error.message })));
  }
  const writer = protobuf.Writer.create().uint32(8).int32(code).uint32(18).string(error.message);
  return answer(status, encoding, Buffer.from(writer.finish()));
}

function answer(status: number, contentType: OtlpEncoding, body: Buffer): OtlpAnswer {
  return { status, contentType, body };
}
