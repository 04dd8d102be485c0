/** Corpora of single parameter values. */
import type { FindingClass } from "../../src/event.ts";
import { linesOf } from "./lines.ts";
import { inQuery } from "./requests.ts";
import type { Sample } from "./sample.ts";

export function* libinjection(file: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const { kind, raw } = JSON.parse(line) as { kind: string; raw: string };
    if (kind !== "sqli" && kind !== "xss" && kind !== "fp") continue;
    const wanted: readonly FindingClass[] | undefined = kind === "fp" ? undefined : [kind];
    yield {
      set: `libinjection ${kind === "fp" ? "benign" : kind}`,
      text: raw,
      event: inQuery(lenientDecode(raw)),
      wanted,
    };
  }
}

function lenientDecode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

const HTTP_PARAMS: Readonly<Record<string, readonly FindingClass[] | undefined>> = {
  norm: undefined,
  sqli: ["sqli"],
  xss: ["xss"],
  cmdi: ["cmdi", "code"],
  "path-traversal": ["traversal", "lfi_rfi"],
};

export function* httpParams(file: string): Generator<Sample> {
  for (const line of linesOf(file).slice(1)) {
    const match = /^"(.*)","\d+","([^"]*)","[^"]*"\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const text = match[1].replaceAll('""', '"');
    const set = match[2] === "norm" ? "httpparams benign" : `httpparams ${match[2]}`;
    yield { set, text, event: inQuery(text), wanted: HTTP_PARAMS[match[2]] };
  }
}
