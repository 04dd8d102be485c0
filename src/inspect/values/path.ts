/** The path as a whole, for what it names and where it leads, and its segments, for what they carry. */
import { drawsAttention } from "../gate/gate.ts";
import type { Sink } from "./value.ts";

/** Deeper paths are inspected as a whole only. */
const MOST_SEGMENTS = 64;

export function readPath(path: string, sink: Sink): void {
  if (!drawsAttention(path, 0, path.length, "path")) return;
  sink.take({ place: "path", name: "", location: "path", text: path, escaped: false });
  let from = path.startsWith("/") ? 1 : 0;
  for (let number = 1; number <= MOST_SEGMENTS && from < path.length && sink.more(); number++) {
    const slash = path.indexOf("/", from);
    const to = slash < 0 ? path.length : slash;
    if (to > from && drawsAttention(path, from, to, "segment")) {
      const location = `path segment ${number}`;
      sink.take({ place: "segment", name: "", location, text: path.slice(from, to), escaped: false });
    }
    from = to + 1;
  }
}
