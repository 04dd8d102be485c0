/**
 * The decoding chain: every reading of a value that some part of a server might arrive at, each with the trail of
 * steps that led to it. The raw form always comes first. Depth, number and size of readings are bounded.
 */
import type { Budget } from "./budget.ts";
import { decodeBackslash } from "./decode/backslash.ts";
import { decodeBase64 } from "./decode/base64.ts";
import { fold } from "./decode/fold.ts";
import { dropHighBit } from "./decode/high-bit.ts";
import { decodeHtmlEntities } from "./decode/html-entities.ts";
import { dropInnerTags } from "./decode/inner-tags.ts";
import { decodeJwt } from "./decode/jwt.ts";
import { readNestedJson } from "./decode/nested-json.ts";
import { decodeComponent, decodePercent } from "./decode/percent.ts";
import { strip } from "./decode/strip.ts";
import { decodeUtf7 } from "./decode/utf7.ts";
import type { Reading } from "./detector.ts";
import * as shape from "./gate/shape.ts";
import { survey } from "./gate/survey.ts";
import type { Value } from "./values/value.ts";
import { cutToWindow } from "./window.ts";

/** A reading and how it came to be: ["percent", "html entities"]. */
export interface Form extends Reading {
  readonly trail: readonly string[];
}

interface Step {
  readonly name: string;
  /** Shape bits of which at least one must be there for the step to change anything; 0 for always. */
  readonly needs: number;
  decode(text: string): string | undefined;
}

const STEPS: readonly Step[] = [
  { name: "percent", needs: shape.PERCENT, decode: decodePercent },
  { name: "plus", needs: 0, decode: decodePlus },
  { name: "assignment", needs: shape.OPERATOR, decode: dropName },
  { name: "html entities", needs: shape.AMP, decode: decodeHtmlEntities },
  { name: "escapes", needs: shape.BACKSLASH, decode: decodeBackslash },
  { name: "look-alikes", needs: shape.HIGH, decode: fold },
  { name: "eighth bit", needs: shape.HIGH, decode: dropHighBit },
  { name: "invisible characters", needs: shape.CONTROL | shape.HIGH, decode: strip },
  { name: "inner tags", needs: shape.TAG, decode: dropInnerTags },
  {
    name: "utf-7",
    needs: shape.ENCODED | shape.PERCENT | shape.DASHES | shape.CODE_WORD,
    decode: decodeUtf7,
  },
  { name: "jwt", needs: shape.ENCODED, decode: decodeJwt },
  { name: "base64", needs: shape.ENCODED, decode: decodeBase64 },
];

/** Steps in a row. Four levels of percent encoding are more than any two servers in a row undo. */
const DEEPEST = 4;
const MOST_FORMS = 12;

export function decode(value: Value, budget: Budget): readonly Form[] {
  const raw = cutToWindow(value.text, budget.cut);
  if (raw.length === 0) return [];
  const forms: Form[] = [formOf(raw, [])];
  const seen = new Set([raw]);
  const add = (text: string, trail: readonly string[]) => {
    if (text.length === 0 || seen.has(text) || forms.length >= MOST_FORMS) return;
    if (!budget.reading() || !budget.spend(text.length)) return;
    seen.add(text);
    forms.push(formOf(text, trail));
  };
  if (value.escaped) add(decodeComponent(raw), ["percent"]);
  for (let at = 0; at < forms.length; at++) {
    const form = forms[at];
    if (form === undefined || form.trail.length >= DEEPEST) continue;
    for (const step of STEPS) {
      if (step.needs !== 0 && (form.shape & step.needs) === 0) continue;
      // The pluses of a sentence in a form are spaces to whatever reads it.
      if (at === 0 && value.escaped && step.name === "percent" && isFormSentence(value, raw)) continue;
      const text = step.decode(form.text);
      if (text !== undefined) add(text, [...form.trail, step.name]);
    }
    if ((form.shape & (shape.BRACE | shape.BRACKET | shape.BACKSLASH)) === 0) continue;
    for (const nested of readNestedJson(form.text)) {
      add(nested.text, [...form.trail, `json ${nested.location}`]);
    }
  }
  return forms;
}

function formOf(text: string, trail: readonly string[]): Form {
  return { text, lower: lowerAscii(text), shape: survey(text, 0, text.length), trail };
}

function isFormSentence({ place }: Value, raw: string): boolean {
  return place === "field" && count(raw, "+") >= SENTENCE;
}

/** Spaces of a sentence, at least. */
const SENTENCE = 8;

/** Plus signs for spaces, where few spaces say otherwise: a value that was encoded once more than it was decoded. */
function decodePlus(text: string): string | undefined {
  const pluses = count(text, "+");
  return pluses > 0 && pluses >= 2 * count(text, " ") ? text.replaceAll("+", " ") : undefined;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

/** Behind a name a longer text is read as well as without it. */
const LONGEST_ASSIGNED = 1_024;
const NAME = /^\s*[\w.[\]-]{1,40}=(?!=)/;

/** `name=value` where only a value was expected: what a sloppy parser or a double encoding leaves together. */
function dropName(text: string): string | undefined {
  if (text.length > LONGEST_ASSIGNED) return undefined;
  const found = NAME.exec(text);
  return found === null ? undefined : text.slice(found[0].length);
}

/** Lower case that never changes the length, as `toLowerCase` does for some letters (U+0130). */
function lowerAscii(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
