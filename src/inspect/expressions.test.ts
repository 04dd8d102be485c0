/** No regular expression of inspection takes more than linear time, whatever it is given. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "scslre";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

interface Expression {
  /** File and line, or how it was made. */
  readonly from: string;
  readonly source: string;
  readonly flags: string;
}

const HERE = import.meta.dirname;

function sourceFiles(): readonly string[] {
  return readdirSync(HERE, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/\.(?:test|suite)\.ts$/.test(file),
  );
}

function literals(): readonly Expression[] {
  return sourceFiles().flatMap((file) => {
    const text = readFileSync(join(HERE, file), "utf8");
    return literalsOf(parseSync(file, text).program).map(({ start, regex: { pattern, flags } }) => ({
      from: `${file}:${text.slice(0, start).split("\n").length}`,
      source: pattern,
      flags,
    }));
  });
}

interface Literal {
  readonly start: number;
  readonly regex: { readonly pattern: string; readonly flags: string };
}

function literalsOf(node: unknown): readonly Literal[] {
  if (typeof node !== "object" || node === null) return [];
  if ("regex" in node) return [node as Literal];
  return Object.values(node).flatMap(literalsOf);
}

/** What is put together while the modules are loaded. */
async function built(): Promise<readonly Expression[]> {
  const made: Expression[] = [];
  const Original = RegExp;
  globalThis.RegExp = new Proxy(Original, {
    construct(target, given: [string, string?]) {
      const expression = new target(...given);
      const { source, flags } = expression;
      made.push({ from: `new RegExp("${source.slice(0, 40)}…")`, source, flags });
      return expression;
    },
  });
  try {
    const { inspect } = await import("./inspect.ts");
    const { emptyEvent } = await import("../event.ts");
    const part = '--b\r\nContent-Disposition: form-data; name="n"; filename=f\r\n\r\n1\r\n--b--';
    inspect({
      ...emptyEvent(),
      "http.request.headers": { "content-type": "multipart/form-data; boundary=b" },
      "http.request.body": part,
    });
  } finally {
    globalThis.RegExp = Original;
  }
  return made;
}

function slow({ source, flags }: Expression): boolean {
  return analyse({ source, flags }, { reportTypes: { Move: true } }).reports.length > 0;
}

describe("regular expressions of inspection", () => {
  it("sees what is slow: repetitions that exchange characters, nest, or begin anew at each character", () => {
    const known = ["(?:a+)+b", "^a*[ab]*c", "=+$", "^\\s*(?:x\\s*)?\\s*:"];
    expect(known.map((source) => slow({ from: "", source, flags: "" }))).toEqual([true, true, true, true]);
    expect(slow({ from: "", source: "^[\\w.]{1,40}=[^=]", flags: "i" })).toBe(false);
  });

  it("are all linear", async () => {
    const all = [...literals(), ...(await built())];
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter(slow).map(({ from, source }) => `${from} /${source}/`)).toEqual([]);
  });
});
