/** JSON out of one line of a log, with the slips that log formats make forgiven. */

/** What stands for a line that is no JSON. */
export const NOT_JSON = Symbol("not JSON");

const COMMA = 44;

/**
 * The value of a line. Forgives the comma after an array's element, and the `\xHH` that nginx writes into JSON
 * formats that lack `escape=json`.
 */
export function parseJsonLine(line: string): unknown {
  try {
    return JSON.parse(line.charCodeAt(line.length - 1) === COMMA ? line.slice(0, -1) : line);
  } catch {
    return parseRepaired(line);
  }
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
