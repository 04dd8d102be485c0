/**
 * The shape of a path, told from the path alone: segments that are values (numbers, identifiers, dates, tokens)
 * become placeholders, words stay. Stateless, so every thread gives the same answer; slugs, which only the
 * traffic as a whole can tell from words, are left to the route tree.
 */

/** Segments past this many become one `{rest}`. */
export const MAX_SEGMENTS = 16;
const MAX_WORD = 64;

const EXTENSION =
  /^(?:css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|avif|bmp|tiff?|woff2?|ttf|eot|otf|mp[34]|m4[av]|webm|og[gv]|wav|flac|wasm|swf|webmanifest)$/;
/** Files that every crawler asks for and many sites do not have. */
const COURTESY =
  /^\/(?:robots|ads|app-ads|humans|security|llms)\.txt$|^\/(?:sitemap[\w-]*\.xml(?:\.gz)?|\.well-known\/[\w.-]+|browserconfig\.xml)$/;

/** True for paths of files that a page or a crawler loads, which say little about an API. */
export function isStaticAsset(path: string): boolean {
  if (path.length < 64 && COURTESY.test(path)) return true;
  const dot = path.lastIndexOf(".");
  if (dot === -1 || path.length - dot > 12 || path.indexOf("/", dot) !== -1) return false;
  return EXTENSION.test(path.slice(dot + 1).toLowerCase());
}

/**
 * @param segment one path segment as sent
 * @returns the placeholder it stands for, or "" when it is a word
 */
export function placeholderOf(segment: string): string {
  const length = segment.length;
  if (length === 0) return "";
  let digits = 0;
  let lower = 0;
  let upper = 0;
  let hex = 0;
  let dashes = 0;
  let dots = 0;
  let other = 0;
  for (let i = 0; i < length; i++) {
    const code = segment.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      digits++;
      hex++;
    } else if (code >= 97 && code <= 122) {
      lower++;
      if (code <= 102) hex++;
    } else if (code >= 65 && code <= 90) {
      upper++;
      if (code <= 70) hex++;
    } else if (code === 45) dashes++;
    else if (code === 46) dots++;
    else if (code !== 95) other++;
  }
  if (digits === length) return "{int}";
  if (other > 0) return unusual(segment);
  if (digits === 0)
    return length > MAX_WORD || (upper > 1 && lower > 1 && length >= 20 && dashes === 0) ? "{token}" : "";
  if (hex === length) return hexPlaceholder(length);
  if (dashes === 4 && length === 36 && hex === 32) return "{uuid}";
  if (length === 26 && lower === 0 && dashes + dots === 0) return "{ulid}";
  if (dashes === 2 && digits === length - 2 && length === 10) return "{date}";
  if (dots > 0) return dotted(segment, digits, length);
  if (length >= 20 && (upper === 0 || lower === 0 ? digits > 3 : true)) {
    return dashes > 1 && digits < 6 ? "" : "{token}";
  }
  if (digits >= 3 && isCode(segment)) return "{code}";
  if (digits >= 2 && upper > 0 && lower > 0 && length >= 8) return "{token}";
  if (digits >= 2 && length >= 7 && digits * 3 >= length && dashes === 0) return "{code}";
  return "";
}

function hexPlaceholder(length: number): string {
  if (length === 24) return "{objectid}";
  if (length >= 32) return "{hash}";
  return length >= 6 ? "{hex}" : "";
}

/** "ORD-20931", "sku4711", "2024-W07", "inv_000123": a short prefix and a number of three digits or more. */
function isCode(segment: string): boolean {
  return (
    /^[A-Za-z]{0,6}[-_]?\d{3,}(?:[-_]?[A-Za-z]{0,2}\d*)$/.test(segment) || /^\d{3,}[-_][\w-]+$/.test(segment)
  );
}

function dotted(segment: string, digits: number, length: number): string {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(segment)) return "{ip}";
  if (digits + 1 === length) return "{number}";
  const dot = segment.lastIndexOf(".");
  const suffix = segment.slice(dot);
  if (length - dot > 6 || /\d{2}/.test(suffix)) return "";
  const stem = placeholderOf(segment.slice(0, dot));
  return stem === "" ? "" : stem + suffix;
}

function unusual(segment: string): string {
  if (/^[^@/]+(?:@|%40)[^@/]+\.[A-Za-z]{2,}$/.test(segment)) return "{email}";
  if (/^-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?$/.test(segment)) return "{number}";
  if (/^\d{4}-\d\d-\d\dT[\d:.%A-Fa-f]+Z?$/.test(segment)) return "{date}";
  return "{text}";
}
