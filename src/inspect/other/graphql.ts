/** GraphQL documents that list the whole schema, or ask for so much at once that the server suffers. */
import type { Match, Reading } from "../detector.ts";

/** Selections deeper than this are no page's. */
const DEEP = 20;
/** Directives in one document: a query that is cheap to send and dear to check. */
const MANY_DIRECTIVES = 50;
/** Aliases in one document: batching that goes around a rate limit. */
const MANY = 60;

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
  if (!/^\s*(?:query|mutation|subscription|fragment|\{)/.test(lower)) return;
  const { depth, aliases, directives } = measure(lower);
  if (directives > MANY_DIRECTIVES) {
    yield {
      rule: "other/graphql-directives",
      score: 0.5,
      reason: `One document carries ${directives} directives.`,
      start: 0,
      end: 80,
    };
  }
  if (depth > DEEP) {
    yield {
      rule: "other/graphql-depth",
      score: 0.5,
      reason: `Selections are nested ${depth} deep.`,
      start: 0,
      end: 80,
    };
  }
  if (aliases > MANY) {
    yield {
      rule: "other/graphql-aliases",
      score: 0.5,
      reason: `One document asks ${aliases} times under aliases.`,
      start: 0,
      end: 80,
    };
  }
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
