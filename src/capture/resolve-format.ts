/** What a person means by `--format`: the name of a format, or the string a server's configuration has for it. */
import { VedetteError } from "../errors.ts";
import { detectFormat, type FormatDetection } from "./detect-format.ts";
import type { FormatOptions, LogFormat } from "./format.ts";
import { FORMATS, formatById } from "./formats/table.ts";

/** Longer strings are no log format. */
const LONGEST_PATTERN = 8192;

/**
 * @param nameOrPattern an id or alias; an nginx `log_format`; an Apache `LogFormat`, or `tomcat:` and a Tomcat
 *   pattern; an Envoy format; a `#Fields:` line
 * @returns what a file with these lines is, in that format: its wrapping, field mapping and header row are
 *   still found from the lines; not found when none of them fits
 * @throws VedetteError FORMAT_UNKNOWN, FORMAT_STRING_INVALID
 */
export function resolveFormat(
  nameOrPattern: string,
  options: FormatOptions,
): (sampleLines: readonly string[]) => FormatDetection {
  const { format, pattern } = readName(nameOrPattern.trim());
  const own = pattern === undefined ? options : { ...options, pattern };
  // Opening it is what tells whether a pattern is one.
  format.open(own);
  return (sampleLines) => {
    const detection = detectFormat(sampleLines, own, [format]);
    if (detection.found || detection.kind !== "not-a-log") return detection;
    return {
      ...detection,
      reason: `None of its first lines fits the format that was named: ${format.title}.`,
    };
  };
}

function readName(text: string): { format: LogFormat; pattern?: string } {
  const named = formatById(text);
  if (named !== undefined) return { format: named };
  if (text.length > LONGEST_PATTERN) {
    throw new VedetteError(
      "FORMAT_STRING_INVALID",
      `A format string of ${text.length} characters is too long.`,
    );
  }
  const prefixed = /^(nginx|apache|tomcat|envoy):([\s\S]+)$/.exec(text);
  const pattern = prefixed?.[2] ?? text;
  const id = prefixed === null ? patternKind(text) : PATTERN_FORMATS[prefixed[1] ?? ""];
  const format = id === undefined ? undefined : formatById(id);
  if (format === undefined) throw new VedetteError("FORMAT_UNKNOWN", unknown(text), text);
  return { format, pattern };
}

const PATTERN_FORMATS: Readonly<Record<string, string>> = {
  nginx: "nginx-log-format",
  apache: "apache-log-format",
  tomcat: "tomcat-pattern",
  envoy: "envoy-format",
};

function patternKind(text: string): string | undefined {
  if (text.startsWith("#Fields:")) {
    if (/\btimestamp\b/.test(text)) return "aws-cloudfront-realtime";
    if (text.includes("x-edge-")) return "aws-cloudfront";
    return text.includes("s-reason") ? "iis-httperr" : "iis";
  }
  if (/^log_format\b|\$\{?[a-z_]+/.test(text)) return "nginx-log-format";
  if (/%[A-Z_]{3,}(?:\([^)]*\))?(?::\d+)?%/.test(text)) return "envoy-format";
  return /^LogFormat\b|%[<>!\d,]*(?:\{[^}]*\})?\^?[a-zA-Z]/.test(text) ? "apache-log-format" : undefined;
}

function unknown(text: string): string {
  const near = FORMATS.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])])
    .filter((name) => isNear(name, text.toLowerCase()))
    .slice(0, 3);
  const hint = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  return `There is no format called "${text.slice(0, 80)}".${hint}`;
}

/** One name holds the other, or they begin alike. */
function isNear(name: string, text: string): boolean {
  return (
    text.length >= 3 && (name.includes(text) || text.includes(name) || name.slice(0, 4) === text.slice(0, 4))
  );
}
