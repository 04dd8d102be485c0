/** Where in a JSON document a reader stands, and how a person is told: "body.items[2].note". */
export interface Frame {
  readonly list: boolean;
  index: number;
  keyFrom: number;
  keyTo: number;
  /** Shape of the key. */
  keyBits: number;
  /** Where the container begins. */
  readonly start: number;
  /** A key of it is an operator. */
  operators: boolean;
  readonly text: string;
}

/** A container that holds an operator key is inspected as the JSON text it is, up to this length. */
export const OPERATOR_TEXT = 2_000;

export function locate(frames: readonly Frame[], depth: number, root: string): string {
  let path = root;
  for (let at = 0; at < depth; at++) {
    const frame = frames[at];
    if (frame === undefined) break;
    path += frame.list ? `[${frame.index}]` : `.${unescaped(frame.text.slice(frame.keyFrom, frame.keyTo))}`;
  }
  return path;
}

/** `$ne`, `__proto__`, `constructor`: keys that mean something to what reads the object. */
export function isOperatorKey(text: string, from: number, to: number): boolean {
  const first = text.charCodeAt(from);
  if (first === 36) return true;
  if (first === 95) return text.startsWith("__proto__", from);
  return first === 99 && to - from === 11 && text.startsWith("constructor", from);
}

/** A string of JSON text without its escapes. */
export function unescaped(raw: string): string {
  if (!raw.includes("\\")) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}
