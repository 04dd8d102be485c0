/**
 * Finds out the format of a log from some of its lines: every format is tried on every line, in every wrapping
 * the lines seem to have; the one that explains the most lines wins, then the one that fills the most fields.
 */
import { createDocumentSplitter } from "./documents.ts";
import { guessEnvelopes } from "./envelope.ts";
import type { EnvelopeId, FormatChoice, FormatOptions, LogFormat } from "./format.ts";
import { isBinary, whyNot } from "./formats/detect/not-a-log.ts";
import { survey, type Tally, unwrapSample } from "./formats/detect/survey.ts";
import { wrappedIn } from "./formats/detect/wrapped-in.ts";
import type { MappedPath } from "./formats/recognise/recognise.ts";
import { DETECTABLE, formatById } from "./formats/table.ts";

/** What a file is, with the evidence for a person. */
export interface FormatFound {
  readonly found: true;
  readonly choice: FormatChoice;
  /** 0 to 1: the share of lines explained, less for a general recogniser. */
  readonly confidence: number;
  /** "98 of 100 lines fit nginx combined; next best: common, 12". */
  readonly evidence: string;
  /** Which path of a record became which field and why; empty for formats with fixed fields. */
  readonly mapping: readonly MappedPath[];
  /** Other formats in the sample, with the lines that only they explain. */
  readonly others: readonly { readonly format: string; readonly lines: number }[];
}

interface NoFormat {
  readonly found: false;
  readonly kind: "empty" | "binary" | "not-a-log";
  /** A sentence for a person. */
  readonly reason: string;
}

export type FormatDetection = FormatFound | NoFormat;

/** Lines looked at; more make nothing surer. */
const MOST_LINES = 200;
/** A general recogniser must explain this much more than a format that knows exactly these lines. */
const GENERAL = 0.9;
/** A request anywhere in a line of text is the weakest sign of all. */
const TEXT = 0.7;
const SETTLED = 0.98;
/** Lines of a log that are no requests speak for its format, but less than requests do. */
const IGNORED = 0.6;
const MOST_FALLBACKS = 4;

/**
 * @param sampleLines lines from the file, its first ones among them
 * @param only formats to choose from, when a person named one
 */
export function detectFormat(
  sampleLines: readonly string[],
  options: FormatOptions,
  only: readonly LogFormat[] = DETECTABLE,
): FormatDetection {
  const sample = sampleLines.filter((line) => line.trim() !== "").slice(0, MOST_LINES);
  if (sample.length === 0) return { found: false, kind: "empty", reason: "There are no lines in it." };
  if (isBinary(sample)) {
    return { found: false, kind: "binary", reason: "This is a binary file, not text." };
  }
  const records = documentRecords(sample);
  // Comments are lines of no format.
  const lines = records ?? sample.filter((line) => !line.startsWith("#") || line.startsWith("#Fields:"));
  const kind = records === undefined ? "lines" : "documents";
  const envelopes: readonly EnvelopeId[] = records === undefined ? guessEnvelopes(lines) : ["none"];
  const counted = lines.filter((line) => !line.startsWith("#")).length;
  const samples = envelopes.map((envelope) => unwrapSample(lines, envelope));
  const surveyed = (formats: readonly LogFormat[]): readonly Tally[] =>
    samples.flatMap((each) => survey(each, formats, options)).filter(({ explains }) => explains.size > 0);
  const known = surveyed(only.filter(({ general }) => general !== true));
  // What a format that knows these lines explains, a general recogniser need not be asked about.
  const settled = known.some(({ events, explains }) => events > 0 && explains.size >= counted * SETTLED);
  const general = settled ? [] : surveyed(only.filter((format) => format.general === true));
  const tallies = [...known, ...general].toSorted(byWorth);
  const best = preferKnown(tallies);
  const next = tallies.find((tally) => tally.format !== best?.format);
  if (best !== undefined && isEnough(best, counted)) return found(best, next, tallies, counted, kind);
  const wrapper = records === undefined ? undefined : wrappedIn(sample, only);
  if (wrapper !== undefined) return guessed(wrapper, options);
  const nearest = best === undefined ? undefined : { title: best.format.title, lines: best.explains.size };
  return { found: false, kind: "not-a-log", reason: whyNot(sample, nearest) };
}

function worth({ format, events, ignored }: Tally): number {
  const trust = format.id === "text-request" ? TEXT : format.general === true ? GENERAL : 1;
  return (events + ignored * IGNORED) * trust;
}

/** `toSorted` is stable, so that the order of the table decides what this leaves undecided. */
function byWorth(a: Tally, b: Tally): number {
  return worth(b) - worth(a) || b.fields - a.fields;
}

/** Several formats that know exactly their lines are better than one general recogniser of all of them. */
function preferKnown(tallies: readonly Tally[]): Tally | undefined {
  const [best] = tallies;
  if (best?.format.general !== true) return best;
  const known = tallies.find(({ format, events }) => format.general !== true && events > 0);
  if (known === undefined) return best;
  const others = othersIn(
    known,
    tallies.filter(({ format }) => format.general !== true),
  );
  const covered = others.reduce((sum, { lines }) => sum + lines, known.explains.size);
  return covered >= best.explains.size * GENERAL ? known : best;
}

/** Few lines in many may be an accident, the more so the less a format asks of a line. */
function isEnough({ format, events, explains }: Tally, lines: number): boolean {
  if (format.id === "text-request") return events >= Math.max(1, lines * 0.1);
  if (format.general === true) return events >= Math.max(1, lines * 0.01);
  return events > 0 ? explains.size >= lines * 0.01 : explains.size >= lines * 0.8;
}

function found(
  best: Tally,
  next: Tally | undefined,
  tallies: readonly Tally[],
  lines: number,
  records: FormatChoice["records"],
): FormatFound {
  const others = othersIn(best, tallies);
  const share = best.explains.size / lines;
  return {
    found: true,
    choice: {
      format: best.format.id,
      envelope: best.envelope,
      options: best.options,
      records,
      fallbacks: others.map(({ format }) => format),
    },
    confidence: Math.round(share * (best.format.general === true ? GENERAL : 1) * 100) / 100,
    evidence: evidenceOf(best, next, lines),
    mapping: best.paths,
    others,
  };
}

function evidenceOf(best: Tally, next: Tally | undefined, lines: number): string {
  const wrapped = best.envelope === "none" ? "" : `, wrapped in ${best.envelope}`;
  const silent = best.ignored === 0 ? "" : `, ${best.ignored} of them no requests`;
  const runnerUp = next === undefined ? "" : `; next best: ${next.format.id}, ${next.explains.size}`;
  return `${best.explains.size} of ${lines} lines fit ${best.format.title}${wrapped}${silent}${runnerUp}`;
}

/** Formats that explain, one after the other, the most of the lines still unexplained; general ones last. */
function othersIn(best: Tally, tallies: readonly Tally[]): { format: string; lines: number }[] {
  const explained = new Set(best.explains);
  const others: { format: string; lines: number }[] = [];
  for (const general of [false, true]) {
    const pool = tallies.filter(
      ({ format }) => (format.general === true) === general && format !== best.format,
    );
    while (others.length < MOST_FALLBACKS) {
      let winner: Tally | undefined;
      let most = 0;
      for (const tally of pool) {
        const adds = [...tally.explains].filter((i) => !explained.has(i)).length;
        if (adds <= most) continue;
        most = adds;
        winner = tally;
      }
      if (winner === undefined) break;
      for (const i of winner.explains) explained.add(i);
      others.push({ format: winner.format.id, lines: most });
    }
  }
  return others;
}

/** A document whose first record is longer than the sample is told by its first keys. */
function guessed(id: string, options: FormatOptions): FormatFound {
  return {
    found: true,
    choice: { format: id, envelope: "none", options, records: "documents", fallbacks: [] },
    confidence: 0.5,
    evidence: `It begins like ${formatById(id)?.title ?? id}; its first record is longer than the sample`,
    mapping: [],
    others: [],
  };
}

/** The records of JSON that spans lines, or holds several records in a value; undefined for anything else. */
function documentRecords(sample: readonly string[]): readonly string[] | undefined {
  const [first = ""] = sample;
  if (!/^\s*(?:\{\s*(?:"|$)|\[\s*(?:\{|\[|$))/.test(first)) return undefined;
  const alone = WRAPPER.test(first) ? 0 : sample.filter(isWholeRecord).length;
  if (alone * 2 >= sample.length) return undefined;
  const records: string[] = [];
  const splitter = createDocumentSplitter();
  const keep = (record: string): void => {
    if (records.length < MOST_LINES) records.push(record);
  };
  splitter.push(`${sample.join("\n")}\n`, keep);
  const { unfinished } = splitter.end();
  return records.length > 0 || unfinished ? records : undefined;
}

/** An object that begins with a list of records, or with what holds one. */
const WRAPPER = /^\s*\{\s*"(?:Records|records|logEvents|resourceSpans|resourceLogs|log|hits)"\s*:\s*[[{]/;

/** True for a line that is one JSON object and no wrapper of several records. */
function isWholeRecord(line: string): boolean {
  if (!/^\s*\{/.test(line) || !/\}[\s,]*$/.test(line)) return false;
  if (WRAPPER.test(line)) return false;
  try {
    JSON.parse(line.replace(/,\s*$/, ""));
    return true;
  } catch {
    return /\\x[\dA-Fa-f]{2}/.test(line);
  }
}
