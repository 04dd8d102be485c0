/** Bytes of whole lines → lines of text. */
import { isAscii, isUtf8 } from "node:buffer";

/** Calls back with every line of a batch, decoded, with its place in bytes. */
export function forEachLine(
  bytes: Uint8Array,
  onLine: (text: string, offset: number, length: number) => void,
): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString("latin1");
  /** Up to here all bytes are ASCII, as far as that was looked at. */
  let ascii = isAscii(buffer) ? text.length : asciiFrom(buffer, 0);
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf("\n", from);
    const next = to === -1 ? text.length : to + 1;
    if (to === -1) to = text.length;
    if (to > from && text.charCodeAt(to - 1) === 13) to--;
    if (to > ascii) ascii = asciiFrom(buffer, from);
    const line = to <= ascii ? text.slice(from, to) : decodeLine(buffer, text, from, to);
    onLine(line, from, to - from);
    from = next;
  }
}

/** One name with an accent in a batch must not cost every other line its decoding. */
const BLOCK = 2048;

/** @returns an end, `from` or beyond it, up to which all bytes are ASCII; it need not be the farthest */
function asciiFrom(buffer: Buffer, from: number): number {
  let at = from;
  while (at < buffer.length && isAscii(buffer.subarray(at, at + BLOCK))) at += BLOCK;
  return Math.min(at, buffer.length);
}

/** UTF-8 where it is valid; otherwise every byte stands for the Latin-1 character, so that nothing is lost. */
function decodeLine(buffer: Buffer, latin1: string, from: number, to: number): string {
  const bytes = buffer.subarray(from, to);
  return isUtf8(bytes) ? bytes.toString("utf8") : latin1.slice(from, to);
}

export function decodeRecord(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString("utf8") : buffer.toString("latin1");
}
