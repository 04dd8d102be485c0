/** GraphQL documents that list the whole schema, or ask for so much at once that the server suffers. */
import type { Match, Reading } from "../detector.ts";

/** Selections deeper than this are no page's. */
const DEEP = 20;
/** Directives in one document: a query that is cheap to send and dear to check. */
const MANY_DIRECTIVES = 50;
/** Aliases in one document: batching that goes around a rate limit. */
const MANY = 60;
const DOCUMENT = /^\s*(?:query|mutation|subscription|fragment|\{)/;

export function* findGraphql({ lower }: Reading): Generator<Match> {
  const at = introspection(lower);
  if (at >= 0) {
    yield {
      rule: "other/graphql-introspection",
      score: 0.3,
      reason: "The document asks for the whole schema.",
      start: at,
      end: Math.min(lower.length, at + 40),
    };
  }
  if (!DOCUMENT.test(lower)) return;
  const { depth, aliases, directives } = measure(lower);
  if (directives > MANY_DIRECTIVES)
    yield dear("other/graphql-directives", 0.5, `One document carries ${directives} directives.`);
  if (depth > DEEP) yield dear("other/graphql-depth", 0.5, `Selections are nested ${depth} deep.`);
  if (aliases > MANY)
    yield dear("other/graphql-aliases", 0.5, `One document asks ${aliases} times under aliases.`);
  if (hasFragmentCycle(lower))
    yield dear(
      "other/graphql-cycle",
      0.6,
      "Fragments that contain each other keep a careless server busy for ever.",
    );
}

function dear(rule: string, score: number, reason: string): Match {
  return { rule, score, reason, start: 0, end: 80 };
}

function introspection(lower: string): number {
  const schema = lower.indexOf("__schema");
  if (schema >= 0 && /[{]/.test(lower.slice(schema, schema + 16))) return schema;
  const type = lower.indexOf("__type(");
  return type >= 0 ? type : -1;
}

function measure(lower: string): { depth: number; aliases: number; directives: number } {
  let depth = 0;
  let deepest = 0;
  let parens = 0;
  let aliases = 0;
  let directives = 0;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 125) depth--;
    else if (code === 40) parens++;
    else if (code === 41) parens--;
    else if (code === 64) directives++;
    else if (code === 58 && parens <= 0 && depth > 0 && /\w/.test(lower.charAt(i - 1))) aliases++;
  }
  return { depth: deepest, aliases, directives };
}

const FRAGMENT = /\bfragment\s{1,8}(\w{1,64})\s{1,8}on\s/g;
const SPREAD = /\.\.\.\s{0,8}(\w{1,64})/g;
const MOST_FRAGMENTS = 64;

/** Whether a fragment leads back to itself, which no valid document does (GraphQL, section 5.5.2.2). */
function hasFragmentCycle(lower: string): boolean {
  const fragments = [...lower.matchAll(FRAGMENT)].slice(0, MOST_FRAGMENTS);
  const within = new Map(
    fragments.map((found, i) => {
      const text = selectionOf(lower.slice(found.index + found[0].length, fragments[i + 1]?.index));
      return [found[1] ?? "", [...text.matchAll(SPREAD)].map((spread) => spread[1] ?? "")] as const;
    }),
  );
  // What holds no fragment that is still there can be in no cycle.
  for (let before = -1; before !== within.size; ) {
    before = within.size;
    for (const [name, spreads] of within) if (!spreads.some((each) => within.has(each))) within.delete(name);
  }
  return within.size > 0;
}

/** Up to the brace that closes the first one: an operation may stand after a fragment. */
function selectionOf(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return text.slice(0, at);
  }
  return text;
}
