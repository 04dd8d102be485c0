/** The path as a whole, for what it names and where it leads, and its segments, for what they carry. */
import { isHot } from "../gate/hot.ts";
import { survey } from "../gate/survey.ts";
import type { Sink } from "./value.ts";

/** Deeper paths are inspected as a whole only. */
const MOST_SEGMENTS = 64;

export function readPath(path: string, sink: Sink): void {
  if (!isHot(survey(path, 0, path.length), "path")) return;
  sink.take({ place: "path", name: "", location: "path", text: path, escaped: false });
  let from = path.startsWith("/") ? 1 : 0;
  for (let number = 1; number <= MOST_SEGMENTS && from < path.length && sink.more(); number++) {
    const slash = path.indexOf("/", from);
    const to = slash < 0 ? path.length : slash;
    // A path of one segment has been read already.
    const whole = from <= 1 && to === path.length;
    if (to > from && isHot(survey(path, from, to), "segment") && !whole) {
      const location = `path segment ${number}`;
      sink.take({ place: "segment", name: "", location, text: path.slice(from, to), escaped: false });
    }
    from = to + 1;
  }
}
