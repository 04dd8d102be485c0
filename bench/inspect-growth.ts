/**
 * How the time of inspection grows with hostile text: of each detector from 1,500 to 6,000 characters, the most it is
 * ever given, and of a whole request from 16 KB to 256 KB. Repeated are the openers of all languages, each pair of
 * punctuation, one mark after another mark, and how each case of an attack begins. An exponent of 1 is linear, 2 quadratic.
 */
import { join } from "node:path";
import type { Row } from "../eval/table.ts";
import { emptyEvent } from "../src/event.ts";
import { readCases } from "../src/inspect/cases.ts";
import type { Context } from "../src/inspect/context.ts";
import type { Detector } from "../src/inspect/detector.ts";
import { DETECTORS } from "../src/inspect/detectors.ts";
import { survey } from "../src/inspect/gate/survey.ts";
import { inspect } from "../src/inspect/inspect.ts";
import { BUDGETS } from "./budgets.ts";
import { judged } from "./row.ts";

const OPENERS = [
  "<a ",
  "<a b='",
  "<!--",
  "<![CDATA[",
  "${",
  "{{",
  "{%",
  "#{",
  "$(",
  "/*",
  "/**/",
  "--",
  "../",
  "..\\",
  "a.b.",
  "; ls ",
  "a(",
  "http://a ",
  "\\u0041",
  "%25",
  "&lt;",
  "&#x41;",
  "' or ",
  "') or (",
  '{"a":',
  "[1,",
  "a=1&",
  "on",
  "onload=",
  " ",
  "\n",
  "\r\n",
  "\t",
  "\0",
  "a",
  "1",
  "Z",
  "é",
  "union ",
  "select ",
  "${jndi:",
  ")(a=",
];
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~ \n";

/** What is repeated, and what stands before all of it. */
interface Seed {
  readonly head: string;
  readonly run: string;
}

function repeated(run: string): Seed {
  return { head: "", run };
}

function pairs(): readonly Seed[] {
  return [...PUNCTUATION].flatMap((a) =>
    [...PUNCTUATION].flatMap((b) => (a === b ? [] : [repeated(a + b), { head: a, run: b }])),
  );
}

function beginnings(detector: Detector): readonly Seed[] {
  const file = join(process.cwd(), "src/inspect", detector.class, "attacks.txt");
  return readCases(file).map(({ line }) => repeated(line.slice(line.indexOf("\t") + 1).slice(0, 24)));
}

type Run = (text: string) => void;

interface Growth {
  readonly exponent: number;
  readonly seed: Seed;
}

/** Microseconds below which the clock, the compiler and the collector decide; a quadratic reader needs 10,000. */
const TOLD = 150;
const RUNS = 9;

function growthOf(run: Run, seeds: readonly Seed[], sizes: readonly [number, number]): Growth {
  const [small, large] = sizes;
  // The first look also makes the code warm.
  const dear = seeds.filter((seed) => best(run, textOf(seed, large), 2) >= TOLD);
  let worst: Growth = { exponent: 0, seed: repeated("") };
  for (const seed of dear) {
    const texts = [textOf(seed, small), textOf(seed, large)] as const;
    // Only what seems to be worse than all before is measured well.
    if (exponent(run, texts, 2) <= worst.exponent) continue;
    // Another program can lengthen one measurement; it seldom does so twice.
    const measured = Math.min(exponent(run, texts, RUNS), exponent(run, texts, RUNS));
    if (measured > worst.exponent) worst = { exponent: measured, seed };
  }
  return worst;
}

function textOf({ head, run }: Seed, size: number): string {
  return (head + run.repeat(Math.ceil(size / run.length))).slice(0, size);
}

function exponent(run: Run, [small, large]: readonly [string, string], runs: number): number {
  const time = best(run, large, runs);
  if (time < TOLD) return 0;
  return Math.log(time / Math.max(best(run, small, runs), 1)) / Math.log(large.length / small.length);
}

function best(run: Run, text: string, runs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = process.hrtime.bigint();
    run(text);
    least = Math.min(least, Number(process.hrtime.bigint() - start) / 1_000);
  }
  return least;
}

function reader(detector: Detector): Run {
  return (text) => {
    const reading = {
      text,
      lower: text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
      shape: survey(text, 0, text.length),
    };
    for (const place of ["query", "field"] as const) {
      const context: Context = { place, name: "q", role: "unknown", trail: [], raw: text, escaped: false };
      for (const _ of detector.find(reading, context));
    }
  };
}

function inspectAs(place: "url.query" | "http.request.body"): Run {
  return (text) => {
    inspect({ ...emptyEvent(), "url.path": "/a", [place]: place === "url.query" ? `q=${text}` : text });
  };
}

export function benchGrowth(): Row[] {
  const plain = [...OPENERS, ...PUNCTUATION].map(repeated);
  const paired = pairs();
  const row = (what: string, { exponent, seed }: Growth) =>
    judged(
      "inspect",
      `growth with hostile text, ${what}: exponent (worst: ${JSON.stringify(seed.head + seed.run)})`,
      exponent,
      BUDGETS.hostileGrowth,
    );
  const detectors = DETECTORS.map((detector) => ({
    detector,
    growth: growthOf(reader(detector), [...plain, ...paired, ...beginnings(detector)], [1_500, 6_000]),
  })).sort((a, b) => b.growth.exponent - a.growth.exponent);
  const [first] = detectors;
  const sizes = [16_384, 262_144] as const;
  return [
    ...(first === undefined
      ? []
      : [row(`${DETECTORS.length} detectors, ${first.detector.id}`, first.growth)]),
    row("a query", growthOf(inspectAs("url.query"), plain, sizes)),
    row("a body", growthOf(inspectAs("http.request.body"), plain, sizes)),
  ];
}
