/**
 * The route facts of a path: a key for its shape (the endpoint, before slugs are learnt), a key for the object it
 * names, and what kind of path it is. A hot path: identifiers make most paths new, so the usual segments are told
 * apart in one pass without building strings, and repeated paths are remembered by key, not by text.
 */
import { FACT_FLAG } from "../fact.ts";
import { addChar, addText, endKey, KEY_SEED, type KeyState, keyOf, pairKey, startKey } from "./key.ts";
import { isStaticAsset, MAX_SEGMENTS, placeholderOf } from "./route-shape.ts";
import { isSecretName } from "./secret-names.ts";
import { CHANGED_BY_ACTION, CHANGES_WORD_BEFORE, isAdminSegment, sensitiveWord } from "./sensitive-routes.ts";
import { unshared } from "./unshared.ts";

export interface RouteFacts {
  pathKey: number;
  shapeKey: number;
  /** Key of the values in the path; 0 when there are none. */
  objectKey: number;
  /** The last integer in the path, also as the end of a name (`blue-shirt-10482`); NaN when there is none. */
  objectNumber: number;
  /** The path ends in what names the object: what a query says is about it, and is not another. */
  endsInObject: boolean;
  /** Bits of ROUTE_FLAG and, as for a method that writes, of FACT_FLAG: see `flagsFor`. */
  flags: number;
}

export const ROUTE_FLAG = {
  /** A file that pages load. */
  ASSET: 1,
  /** Where credentials are presented. */
  LOGIN: 2,
  /** Where a short secret is presented: one-time code, reset token, coupon. */
  CODE: 4,
  /** The query asks about a person by name or address. */
  PERSON: 1024,
  /** Where a new password is asked for. */
  RESET: FACT_FLAG.RESET,
} as const;

/** The shape key that all static assets of a service share. */
export const ASSET_SHAPE = keyOf(KEY_SEED.route, "{static}");

const CACHE_SLOTS = 1 << 14;

const LOGIN_WORD =
  /^(?:log[-_]?[io]n|sign[-_]?in|signon|log_?on|authenticate|authentication|authn?|auth-token|token-auth|session|sessions|token|tokens|access_token|wp-login\.php|xmlrpc\.php|login\.\w+|signin\.\w+|j_security_check|firstfactor|logincheck|login_check|do_?login|user_?login|password|passwd|credentials|saml2?|acs)$/i;
const CODE_WORD =
  /^(?:otp|totp|2fa|mfa|two-factor(?:-auth)?|verify|verification|verify-code|pin|passcode|resets?|reset-password|password-resets?|reset_password|password-recovery|recover|coupons?|vouchers?|gift-?cards?|promo|redeem|secondfactor|challenge|confirm)$/i;

const RESET_WORD =
  /^(?:resets?|(?:password|passwd)[-_]?(?:resets?|recovery|recover|forgot|forgotten)|(?:reset|recover|forgot|forgotten|lost)[-_]?(?:password|passwd)|forgot|forgotten|recover|recovery)$/i;

export function createRouteReader(): (path: string, out: RouteFacts) => void {
  const keys = new Float64Array(CACHE_SLOTS);
  const shapes = new Float64Array(CACHE_SLOTS);
  const objects = new Float64Array(CACHE_SLOTS);
  const numbers = new Float64Array(CACHE_SLOTS);
  const endings = new Uint8Array(CACHE_SLOTS);
  const flags = new Int32Array(CACHE_SLOTS);

  return (path, out) => {
    const pathKey = keyOf(KEY_SEED.path, path);
    const slot = pathKey & (CACHE_SLOTS - 1);
    if (keys[slot] !== pathKey) {
      readRoute(path, out);
      keys[slot] = pathKey;
      shapes[slot] = out.shapeKey;
      objects[slot] = out.objectKey;
      numbers[slot] = out.objectNumber;
      endings[slot] = out.endsInObject ? 1 : 0;
      flags[slot] = out.flags;
    }
    out.pathKey = pathKey;
    out.shapeKey = shapes[slot];
    out.objectKey = objects[slot];
    out.objectNumber = numbers[slot];
    out.endsInObject = endings[slot] === 1;
    out.flags = flags[slot];
  };
}

const shape: KeyState = { a: 0, b: 0 };
const object: KeyState = { a: 0, b: 0 };

function readRoute(path: string, out: RouteFacts): void {
  out.objectKey = 0;
  out.objectNumber = Number.NaN;
  out.endsInObject = false;
  if (isStaticAsset(path)) {
    out.shapeKey = ASSET_SHAPE;
    out.flags = ROUTE_FLAG.ASSET;
    return;
  }
  startKey(shape, KEY_SEED.route);
  startKey(object, KEY_SEED.object);
  let objects = 0;
  let segments = 0;
  let wordBeforeFrom = 0;
  let wordBeforeTo = 0;
  let lastWordFrom = 0;
  let lastWordTo = 0;
  let admin = 0;
  const length = path.length;
  let from = path.charCodeAt(0) === 47 ? 1 : 0;
  while (from < length) {
    let to = path.indexOf("/", from);
    if (to === -1) to = length;
    if (segments === MAX_SEGMENTS) {
      addText(shape, "/{rest}");
      break;
    }
    addChar(shape, 47);
    segments++;
    const kind = quickKind(path, from, to);
    const before = objects;
    if (kind === INTEGER) {
      addText(shape, "{int}");
      addText(object, path, from, to);
      addChar(object, 47);
      objects++;
      out.objectNumber = to - from > 15 ? Number.NaN : integerAt(path, from, to);
    } else if (kind === WORD) {
      addText(shape, path, from, to);
      if (isAdminSegment(path, from, to)) admin = FACT_FLAG.ADMIN;
      wordBeforeFrom = lastWordFrom;
      wordBeforeTo = lastWordTo;
      lastWordFrom = from;
      lastWordTo = to;
    } else {
      const segment = path.slice(from, to);
      const placeholder = placeholderOf(segment);
      addText(shape, placeholder === "" ? segment : placeholder);
      if (placeholder === "") {
        const number = numberAtEnd(segment);
        if (!Number.isNaN(number)) out.objectNumber = number;
        wordBeforeFrom = lastWordFrom;
        wordBeforeTo = lastWordTo;
        lastWordFrom = from;
        lastWordTo = to;
      } else {
        addText(object, segment);
        addChar(object, 47);
        objects++;
      }
    }
    out.endsInObject = objects !== before;
    from = to + 1;
  }
  out.shapeKey = endKey(shape);
  out.objectKey = objects === 0 ? 0 : endKey(object);
  const flags = wordFlags(path.slice(lastWordFrom, lastWordTo));
  out.flags = admin | (flags & ~CHANGES_WORD_BEFORE);
  if (objects !== 0) out.flags &= ~ROUTE_FLAG.RESET;
  if ((flags & CHANGES_WORD_BEFORE) !== 0)
    out.flags |= sensitiveWord(path.slice(wordBeforeFrom, wordBeforeTo)) & CHANGED_BY_ACTION;
}

const WORD = 0;
const INTEGER = 1;
const OTHER = 2;

/** Short lower-case words and integers make most segments; everything else takes the careful way. */
function quickKind(path: string, from: number, to: number): number {
  const length = to - from;
  if (length === 0 || length > 19) return length === 0 ? WORD : OTHER;
  const first = path.charCodeAt(from);
  if (first >= 48 && first <= 57) {
    for (let i = from + 1; i < to; i++) {
      const code = path.charCodeAt(i);
      if (code < 48 || code > 57) return OTHER;
    }
    return INTEGER;
  }
  for (let i = from; i < to; i++) {
    const code = path.charCodeAt(i);
    if ((code < 97 || code > 122) && code !== 45 && code !== 95) return OTHER;
  }
  return WORD;
}

function integerAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + (text.charCodeAt(i) - 48);
  return value;
}

const NUMBER_AT_END = /[-_](\d{4,15})$/;

/** Shops number their names. Four digits that may be a year are none. */
function numberAtEnd(segment: string): number {
  const last = segment.charCodeAt(segment.length - 1);
  if (last < 48 || last > 57) return Number.NaN;
  const number = Number(NUMBER_AT_END.exec(segment)?.[1]);
  return number >= 1900 && number < 2100 ? Number.NaN : number;
}

const wordFlagCache = new Map<string, number>();

function wordFlags(word: string): number {
  if (word.length < 3 || word.length > 32) return 0;
  const known = wordFlagCache.get(word);
  if (known !== undefined) return known;
  const presents = LOGIN_WORD.test(word) ? ROUTE_FLAG.LOGIN : CODE_WORD.test(word) ? ROUTE_FLAG.CODE : 0;
  const flags = presents | sensitiveWord(word) | (RESET_WORD.test(word) ? ROUTE_FLAG.RESET : 0);
  if (wordFlagCache.size >= 4096) wordFlagCache.clear();
  wordFlagCache.set(unshared(word), flags);
  return flags;
}

/**
 * The shape as text, segment by segment, for those who show it or learn from it.
 * `["users", "{int}", "orders"]`; `["{static}"]` for assets.
 */
export function shapeSegments(path: string): string[] {
  if (isStaticAsset(path)) return ["{static}"];
  const segments = path.replace(/^\//, "").split("/", MAX_SEGMENTS + 2);
  if (segments.length <= MAX_SEGMENTS + 1 && segments.at(-1) === "") segments.pop();
  const shaped = segments.slice(0, MAX_SEGMENTS).map((segment) => placeholderOf(segment) || segment);
  if (segments.length > MAX_SEGMENTS) shaped.push("{rest}");
  return shaped;
}

/** Query parameters that say how to show a thing rather than which thing. */
const NOT_AN_OBJECT =
  /^(?:page|p|limit|offset|size|per_page|pagesize|count|start|skip|top|first|last|w|h|width|height|q|quality|v|ver|version|t|ts|time|timestamp|_|lat|lng|lon|zoom|year|month|day|from|to|sort|order|rows|max\w*|min\w*|dpr|cb|rnd|random|nocache)$/i;

/** Whose value names a person, whatever it looks like. */
const NAMES_A_PERSON = /^(?:e?-?mail|user(?:name)?|login|account|phone|msisdn|handle|nick(?:name)?)$/i;

/** What says by its name that it is an identifier, beside one in the path: `/shops/3/items?item_id=9`. */
const IDENTIFIER = /(?:^|[_-])id$|[a-z]I[dD]$/;

/**
 * Adds the identifier in a query (`id=17`, `order_id=9`, `email=ann@…`) to what the path says. A path that ends in its
 * object names it alone; one that has an object further up is made more precise by what is called an identifier.
 */
export function readQueryObject(query: string, out: RouteFacts): void {
  if (out.endsInObject) return;
  const inPath = out.objectKey;
  const length = query.length;
  let from = 0;
  for (let parameters = 0; from < length && parameters < 16; parameters++) {
    let to = query.indexOf("&", from);
    if (to === -1) to = length;
    const equals = query.indexOf("=", from);
    if (equals > from && equals < to - 1) {
      const integer = quickKind(query, equals + 1, to) === INTEGER;
      const name = query.slice(from, equals);
      if (namesObject(name, integer, inPath !== 0)) {
        startKey(object, KEY_SEED.object);
        addText(object, query, from, to);
        const key = endKey(object);
        out.objectKey = inPath === 0 ? key : pairKey(inPath, key);
        out.objectNumber = integer && to - equals <= 16 ? integerAt(query, equals + 1, to) : Number.NaN;
        if (!integer) out.flags |= ROUTE_FLAG.PERSON;
        return;
      }
    }
    from = to + 1;
  }
}

/** A secret is no object: facts go to disk. */
function namesObject(name: string, integer: boolean, besidePath: boolean): boolean {
  if (!integer) return !besidePath && NAMES_A_PERSON.test(name);
  if (besidePath && !IDENTIFIER.test(name)) return false;
  return !NOT_AN_OBJECT.test(name) && !isSecretName(name);
}
