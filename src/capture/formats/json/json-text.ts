/** JSON out of one line of a log, with the slips that log formats make forgiven. */

/** What stands for a line that is no JSON. */
export const NOT_JSON = Symbol("not JSON");

const COMMA = 44;
/** Lines from this length on are looked at before they are parsed: a megabyte of "[" costs half a second. */
const LONG = 16_384;
const DEEPEST = 512;

/**
 * The value of a line. Forgives the comma after an array's element, and the `\xHH` that nginx writes into JSON
 * formats that lack `escape=json`.
 */
export function parseJsonLine(line: string): unknown {
  if (line.length > LONG && isTooDeep(line)) return NOT_JSON;
  try {
    return JSON.parse(line.charCodeAt(line.length - 1) === COMMA ? line.slice(0, -1) : line);
  } catch {
    return parseRepaired(line);
  }
}

/** Brackets inside strings count too: no honest record has hundreds more that open than close. */
function isTooDeep(line: string): boolean {
  let depth = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 123 || code === 91) {
      if (++depth > DEEPEST) return true;
    } else if ((code === 125 || code === 93) && depth > 0) depth--;
  }
  return false;
}

function parseRepaired(line: string): unknown {
  let text = line.trim();
  if (text.startsWith("[{")) text = text.slice(1);
  if (text.endsWith(",")) text = text.slice(0, -1);
  if (text.endsWith("}]")) text = text.slice(0, -1);
  if (!text.startsWith("{")) return NOT_JSON;
  try {
    return JSON.parse(text.replace(/\\x([0-9A-Fa-f]{2})/g, "\\u00$1"));
  } catch {
    return NOT_JSON;
  }
}
