/**
 * The page's script and style, bundled from their sources in `client/` and `style/`, stand checked in as
 * `assets.ts`: the program's build needs no step of its own for them, and what is mailed can be read in the
 * repository. This test makes that file and holds it fresh: after a change there, run
 *
 *     npx vitest run src/report/html/assets.test.ts -u
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const STYLES = [
  "tokens",
  "base",
  "header",
  "traffic",
  "incidents",
  "detection",
  "tables",
  "also-seen",
  "notes",
  "print",
];

test("assets.ts is what its sources make", async () => {
  await expect(assets(await script(), style())).toMatchFileSnapshot(join(here, "assets.ts"));
});

test("neither asset can end its own element", async () => {
  expect(await script()).not.toMatch(/<\/script|<!--|\r/i);
  expect(style()).not.toMatch(/<|\r/);
});

/** One classic script: readable by whoever opens the source of a report, without the comments. */
async function script(): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL("./client/main.js", import.meta.url)),
    platform: "browser",
    // They have no effect but their value: what the page does not use of the event's words stays out of it.
    treeshake: { manualPureFunctions: ["emptyEvent", "Object.keys"] },
  });
  const { output } = await bundle.generate({ format: "iife", comments: false });
  await bundle.close();
  const [chunk, ...others] = output;
  if (others.length > 0) throw new Error("the page's script has to be one file");
  return chunk.code.replace(/^\s*\/\/#(?:end)?region.*\n/gm, "");
}

function style(): string {
  return STYLES.map((name) => readFileSync(join(here, "style", `${name}.css`), "utf8"))
    .join("")
    .replace(/\/\*.*?\*\/\n?/gs, "")
    .replace(/^\s+|\n(?=\n)/gm, "");
}

function assets(code: string, css: string): string {
  return [
    "/** Made from `client/` and `style/` by assets.test.ts, which says how: not to be changed by hand. */",
    `export const SCRIPT = ${literal(`\n${code}`)};`,
    `export const STYLE = ${literal(`\n${css}`)};`,
    "",
  ].join("\n");
}

/** A template literal keeps the lines, so that a change reads as one. */
function literal(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;
}
