/** Bytes of whole lines → lines of text. */
import { isAscii, isUtf8 } from "node:buffer";

/** Calls back with every line of a batch, decoded, with its place in bytes. */
export function forEachLine(
  bytes: Uint8Array,
  onLine: (text: string, offset: number, length: number) => void,
): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = isAscii(buffer);
  const text = buffer.toString("latin1");
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf("\n", from);
    const next = to === -1 ? text.length : to + 1;
    if (to === -1) to = text.length;
    if (to > from && text.charCodeAt(to - 1) === 13) to--;
    const line = ascii ? text.slice(from, to) : decodeLine(buffer, text, from, to);
    onLine(line, from, to - from);
    from = next;
  }
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
