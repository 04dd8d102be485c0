/**
 * JSON as the store reads it, which is stricter and more exact than JSON.parse: whole numbers keep all digits and
 * must fit into 64 bits, other numbers must be finite, half surrogate pairs make the text invalid, and of two
 * members with one name the first counts. Live and stored events must not differ in what a hostile body says.
 */
import { numberText } from "./values.ts";

export type JsonNode = string | boolean | null | JsonNumber | JsonObject | readonly JsonNode[];

export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export class JsonObject {
  readonly members: readonly (readonly [string, JsonNode])[];

  constructor(members: readonly (readonly [string, JsonNode])[]) {
    this.members = members;
  }

  get(name: string): JsonNode | undefined {
    return this.members.find(([found]) => found === name)?.[1];
  }
}

/** Containers within containers, as in simdjson. */
const DEEPEST = 1_023;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them bare in texts, RFC 8259 section 7.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** @returns undefined for what is no JSON */
export function parseJson(text: string): JsonNode | undefined {
  const reader = new JsonReader(text);
  const node = reader.value(0);
  return node !== undefined && reader.atEnd() ? node : undefined;
}

/** Every method gives undefined for what cannot be read; then nothing more is read. */
class JsonReader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith("\ufeff") ? 1 : 0;
  }

  atEnd(): boolean {
    this.#take(SPACE);
    return this.#at === this.#text.length;
  }

  value(depth: number): JsonNode | undefined {
    this.#take(SPACE);
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(depth + 1);
      case "[":
        return this.#array(depth + 1);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #take(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const [found] = expression.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #sign(sign: string): boolean {
    this.#take(SPACE);
    const found = this.#text[this.#at] === sign;
    if (found) this.#at++;
    return found;
  }

  #word<T>(word: string, value: T): T | undefined {
    if (!this.#text.startsWith(word, this.#at)) return undefined;
    this.#at += word.length;
    return value;
  }

  #string(): string | undefined {
    const written = this.#take(STRING);
    if (written === undefined) return undefined;
    const value = JSON.parse(written) as string;
    return /\p{Surrogate}/u.test(value) ? undefined : value;
  }

  #number(): JsonNumber | undefined {
    const written = this.#take(NUMBER);
    if (written === undefined) return undefined;
    if (/^-?[0-9]+$/.test(written)) {
      const whole = written.length < 16 ? BigInt(Number(written)) : BigInt(written);
      return whole >= -(2n ** 63n) && whole < 2n ** 64n ? new JsonNumber(String(whole)) : undefined;
    }
    const value = Number(written);
    return Number.isFinite(value) ? new JsonNumber(numberText(value)) : undefined;
  }

  #array(depth: number): readonly JsonNode[] | undefined {
    this.#at++;
    const items: JsonNode[] = [];
    if (depth > DEEPEST) return undefined;
    if (this.#sign("]")) return items;
    do {
      const item = this.value(depth);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#sign(","));
    return this.#sign("]") ? items : undefined;
  }

  #object(depth: number): JsonObject | undefined {
    this.#at++;
    const members: [string, JsonNode][] = [];
    if (depth > DEEPEST) return undefined;
    if (this.#sign("}")) return new JsonObject(members);
    do {
      this.#take(SPACE);
      const name = this.#string();
      if (name === undefined || !this.#sign(":")) return undefined;
      const value = this.value(depth);
      if (value === undefined) return undefined;
      members.push([name, value]);
    } while (this.#sign(","));
    return this.#sign("}") ? new JsonObject(members) : undefined;
  }
}
