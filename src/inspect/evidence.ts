/** What of a value a finding shows: the telling part, short, and nothing of a secret. */

import type { Role } from "./context.ts";
import type { Form } from "./decode.ts";
import type { Match } from "./detector.ts";

/** Finding.evidence and Finding.decoded are at most this long. */
const LONGEST = 200;
/** Shown around the telling part, so that a person recognises the place. */
const AROUND = 24;
const REDACTED = "[redacted]";

export interface Shown {
  readonly evidence: string;
  readonly decoded: string;
}

export function show(raw: string, form: Form, match: Match, role: Role): Shown {
  const decoded = cut(form.text, match.start, match.end);
  const evidence = form.text === raw ? decoded : cut(raw, ...project(match, form.text.length, raw.length));
  if (role !== "secret") return { evidence, decoded };
  return { evidence: mask(evidence), decoded: mask(decoded) };
}

/** Decoding keeps order, so the telling part stands about as far into the raw form as into the decoded one. */
function project(match: Match, from: number, to: number): [number, number] {
  const ratio = from === 0 ? 1 : to / from;
  return [Math.floor(match.start * ratio), Math.ceil(match.end * ratio)];
}

function cut(text: string, start: number, end: number): string {
  if (text.length <= LONGEST) return text;
  const from = Math.max(0, Math.min(start - AROUND, text.length - LONGEST));
  const to = Math.min(text.length, Math.max(end + AROUND, from + 1), from + LONGEST - 2);
  return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}

/** Only the operator characters of a secret tell something about the attack; its letters may be the secret. */
function mask(text: string): string {
  let out = "";
  let hidden = false;
  let operators = false;
  for (const character of text) {
    if (/[\p{L}\p{N}]/u.test(character)) {
      if (!hidden) out += "…";
      hidden = true;
      continue;
    }
    hidden = false;
    if (character > " " && !/[-._~+/=]/.test(character)) operators = true;
    out += character;
  }
  return operators ? out : REDACTED;
}
