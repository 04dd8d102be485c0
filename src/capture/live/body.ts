/**
 * The body of a request that brings events: inflated within limits that hold while the bytes come, before they are in
 * memory, and cut into one record a line.
 */
import { VedetteError } from "../../errors.ts";
import { createDocumentSplitter } from "../documents.ts";
import { NOT_JSON, parseJsonLine } from "../formats/json/json-text.ts";
import { encodingOf, inflate, type Pieces } from "./body/inflate.ts";
import type { BodyRoom } from "./body/room.ts";

export interface BodyLimits {
  /** Bytes as sent, and after inflating. */
  readonly sent: number;
  readonly inflated: number;
  /** Bytes that may come out for each that went in, beyond the first MiB. Logs reach 50. */
  readonly ratio: number;
}

export const BODY_LIMITS: BodyLimits = { sent: 16 << 20, inflated: 32 << 20, ratio: 250 };

const FREE = 1 << 20;

/**
 * @param pieces the request's stream: it is read no further once a limit is passed
 * @param encoding the Content-Encoding header
 * @param room asked for each piece before it is kept
 * @throws VedetteError PAYLOAD_TOO_LARGE, PAYLOAD_CORRUPT (it ends too early, or is not what its encoding says),
 *   MEDIA_TYPE_UNKNOWN, and what the room throws
 */
export async function readBody(
  pieces: Pieces,
  encoding: string | undefined,
  limits: BodyLimits = BODY_LIMITS,
  room?: BodyRoom,
): Promise<Uint8Array<ArrayBuffer>> {
  const coding = encodingOf(encoding);
  let sent = 0;
  async function* counted(): Pieces {
    for await (const piece of pieces) {
      sent += piece.length;
      if (sent > limits.sent) throw tooLarge(`it is longer than ${limits.sent} bytes`);
      yield piece;
    }
  }
  const chunks: Uint8Array[] = [];
  const progress = { consumed: 0 };
  let size = 0;
  try {
    for await (const chunk of inflate(counted(), coding, limits.inflated, progress)) {
      size += chunk.length;
      if (size > limits.inflated) throw tooLarge(`it holds more than ${limits.inflated} bytes`);
      if (coding !== "identity" && size > FREE + progress.consumed * limits.ratio) {
        throw tooLarge(`it inflates to more than ${limits.ratio} times its size`);
      }
      room?.take(chunk.length);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError("PAYLOAD_CORRUPT", `The body cannot be read: ${reason}`, "", { cause });
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

export interface BodyLines {
  /** One record a line. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Records that were too long or too deep to cut out. */
  readonly skipped: number;
}

const SPACE = 32;
const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;
const LINE_FEED = 10;
/** Objects that hold records under their first key: HAR, CloudTrail, Azure Monitor, OTLP, Elasticsearch. */
const WRAPPER = /^\s*\{\s*"(?:Records|records|logEvents|resourceSpans|resourceLogs|log|hits)"\s*:\s*[[{]/;
const HEAD = 256;

/**
 * Lines as they are; a JSON array, JSON over several lines, a HAR file and other wrappers one record a line.
 * Idempotent.
 * @throws VedetteError PAYLOAD_CORRUPT when JSON ends before its end, PAYLOAD_TOO_LARGE when repeating what its
 *   records share makes it more than `most` bytes
 */
export function bodyLines(body: Uint8Array<ArrayBuffer>, most = BODY_LIMITS.inflated * 2): BodyLines {
  if (!spansLines(body)) return { bytes: body, skipped: 0 };
  const splitter = createDocumentSplitter();
  const lines: string[] = [];
  let size = 0;
  splitter.push(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"), (record) => {
    size += record.length + 1;
    if (size > most) throw tooLarge(`its records are more than ${most} bytes`);
    lines.push(record.replace(/[\r\n]+/g, " "));
  });
  // Asked before the end, which makes whole what can be.
  const torn = splitter.unfinished;
  const { skipped } = splitter.end();
  if (torn) throw new VedetteError("PAYLOAD_CORRUPT", "The body cannot be read: its JSON ends too early");
  const text = lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  return { bytes: new Uint8Array(Buffer.from(text)), skipped };
}

function spansLines(body: Uint8Array): boolean {
  let at = 0;
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) at = 3;
  while (at < body.length && (body[at] ?? 0) <= SPACE) at++;
  if (body[at] === OPEN_ARRAY) return true;
  if (body[at] !== OPEN_OBJECT) return false;
  const head = Buffer.from(body.buffer, body.byteOffset + at, Math.min(HEAD, body.length - at));
  if (WRAPPER.test(head.toString("latin1"))) return true;
  const second = body.indexOf(LINE_FEED, at) + 1;
  // One broken line does not make the others a document.
  return second > 0 && !isWhole(body, at) && !isWhole(body, second);
}

/** True when the line that starts here is a JSON value of its own. */
function isWhole(body: Uint8Array, from: number): boolean {
  const end = body.indexOf(LINE_FEED, from);
  const line = Buffer.from(body.buffer, body.byteOffset + from, (end === -1 ? body.length : end) - from);
  return line[0] === OPEN_OBJECT && parseJsonLine(line.toString("utf8")) !== NOT_JSON;
}

function tooLarge(why: string): VedetteError {
  return new VedetteError("PAYLOAD_TOO_LARGE", `The body is refused: ${why}`);
}
