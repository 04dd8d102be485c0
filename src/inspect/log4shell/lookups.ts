/** Resolves nested lookups inside out, as Log4j's substitutor does, as far as their value is in the text itself. */
export interface Resolution {
  readonly resolved: string;
  /** Lookups that were resolved. */
  readonly steps: number;
}

const MOST_STEPS = 200;

/** One pass with a stack of what was read inside each open lookup: linear in the length of the text. */
export function resolveLookups(text: string): Resolution {
  const stack: string[] = [""];
  let steps = 0;
  for (let at = 0; at < text.length; at++) {
    const top = stack.length - 1;
    if (text.startsWith("${", at) && stack.length < 64) {
      stack.push("");
      at++;
    } else if (text.charCodeAt(at) === 125 && top > 0) {
      const inner = stack.pop() ?? "";
      const value = steps < MOST_STEPS ? meaningOf(inner) : undefined;
      if (value !== undefined) steps++;
      stack[top - 1] = (stack[top - 1] ?? "") + (value ?? `\${${inner}}`);
    } else stack[top] = (stack[top] ?? "") + text.charAt(at);
  }
  // What was never closed is read as if it were.
  return { resolved: stack.join("${"), steps };
}

function meaningOf(inner: string): string | undefined {
  if (/^\s*jndi\s*:/.test(inner)) return undefined;
  const fallback = inner.indexOf(":-");
  if (fallback >= 0) return inner.slice(fallback + 2);
  const named = /^(?:lower|upper|base64|date)\s{0,40}:\s{0,40}'?([^']*)'?$/.exec(inner.trim());
  return named?.[1];
}
