/**
 * Tags as a browser's tokeniser finds them (HTML Living Standard, 13.2.5), with its tolerance: slashes between
 * attributes, missing quotes, tags that never end. Backquotes count as quotes, as in old Internet Explorer.
 */
export interface Attribute {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface Tag {
  /** Lower case, without a namespace prefix. */
  readonly name: string;
  readonly closing: boolean;
  readonly attributes: readonly Attribute[];
  readonly start: number;
  /** After the `>`, or the end of the text. */
  readonly end: number;
}

/** More tags than this are a document; what matters has been seen. */
const MOST_TAGS = 300;
const MOST_ATTRIBUTES = 60;

const GREATER = 62;
const SLASH = 47;
const EQUALS = 61;

export function readTags(text: string, lower: string): readonly Tag[] {
  const tags: Tag[] = [];
  let at = text.indexOf("<");
  while (at >= 0 && tags.length < MOST_TAGS) {
    const tag = readTag(text, lower, at);
    if (tag !== undefined) tags.push(tag);
    at = text.indexOf("<", tag === undefined ? at + 1 : Math.max(tag.end - 1, at + 1));
  }
  return tags;
}

function readTag(text: string, lower: string, open: number): Tag | undefined {
  const closing = text.charCodeAt(open + 1) === SLASH;
  const from = open + (closing ? 2 : 1);
  if (!isLetter(text.charCodeAt(from))) return undefined;
  let nameEnd = from;
  while (nameEnd < text.length && !endsName(text.charCodeAt(nameEnd))) nameEnd++;
  const full = lower.slice(from, nameEnd);
  const name = full.slice(full.lastIndexOf(":") + 1);
  const { attributes, end } = readAttributes(text, lower, nameEnd);
  return { name, closing, attributes, start: open, end };
}

/** Attributes from inside a tag: also where an injected value continues somebody else's tag. */
export function readAttributes(
  text: string,
  lower: string,
  from: number,
): { readonly attributes: readonly Attribute[]; readonly end: number } {
  const attributes: Attribute[] = [];
  let at = from;
  while (at < text.length && attributes.length < MOST_ATTRIBUTES) {
    const code = text.charCodeAt(at);
    if (code === GREATER) return { attributes, end: at + 1 };
    // A tag inside a tag: browsers read on, but a filter's author meant another one.
    if (code === 60 && isLetter(text.charCodeAt(at + 1))) return { attributes, end: at };
    if (isSpace(code) || code === SLASH) {
      at++;
      continue;
    }
    const attribute = readAttribute(text, lower, at);
    attributes.push(attribute);
    at = attribute.end;
  }
  return { attributes, end: at };
}

export function readAttribute(text: string, lower: string, start: number): Attribute {
  let nameEnd = start + 1;
  while (nameEnd < text.length) {
    const code = text.charCodeAt(nameEnd);
    if (isSpace(code) || code === SLASH || code === GREATER || code === EQUALS) break;
    nameEnd++;
  }
  const name = lower.slice(start, nameEnd);
  let at = skipSpace(text, nameEnd);
  if (text.charCodeAt(at) !== EQUALS) return { name, value: "", start, end: nameEnd };
  at = skipSpace(text, at + 1);
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'" || quote === "`") {
    const close = text.indexOf(quote, at + 1);
    const end = close < 0 ? text.length : close;
    return { name, value: text.slice(at + 1, end), start, end: Math.min(text.length, end + 1) };
  }
  let end = at;
  while (end < text.length && !isSpace(text.charCodeAt(end)) && text.charCodeAt(end) !== GREATER) end++;
  return { name, value: text.slice(at, end), start, end: Math.max(end, nameEnd) };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: number): boolean {
  return code <= 32;
}

function isLetter(code: number): boolean {
  return (code | 0x20) >= 97 && (code | 0x20) <= 122;
}

function endsName(code: number): boolean {
  return code <= 32 || code === SLASH || code === GREATER || code === 34 || code === 39 || code === 60;
}
