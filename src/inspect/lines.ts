/** Bytes as lines, each at most 16 MiB: a longer one is told of and passed over, and memory stays flat. */
export const LONGEST_LINE = 16_777_216;

export type Line =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly bytes: number };

const NEWLINE = 10;
const RETURN = 13;

export async function* linesOf(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<Line> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      yield lineOf(kept, bytes.subarray(from, at), length + at - from);
      kept = [];
      length = 0;
      from = at + 1;
    }
    const rest = bytes.subarray(from);
    length += rest.length;
    if (length <= LONGEST_LINE && rest.length > 0) kept.push(rest);
    else if (length > LONGEST_LINE) kept = [];
  }
  if (length > 0) yield lineOf(kept, Buffer.alloc(0), length);
}

function lineOf(kept: readonly Buffer[], last: Buffer, length: number): Line {
  if (length > LONGEST_LINE) return { ok: false, bytes: length };
  const bytes = kept.length === 0 ? last : Buffer.concat([...kept, last]);
  const end = bytes[bytes.length - 1] === RETURN ? bytes.length - 1 : bytes.length;
  return { ok: true, text: bytes.toString("utf8", 0, end) };
}
