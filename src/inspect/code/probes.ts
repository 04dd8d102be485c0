/** Calls that a scanner makes to see whether its code runs: an answer that only running it would give. */
import type { Match, Reading } from "../detector.ts";

interface Probe {
  readonly rule: string;
  readonly score: number;
  readonly reason: string;
  readonly pattern: RegExp;
}

const PROBES: readonly Probe[] = [
  {
    rule: "code/php-probe",
    score: 0.7,
    reason: "PHP that prints a calculated answer, as scanners do to see whether it runs.",
    pattern:
      /\b(?:print|print_r|die|echo|exit|var_dump|printf)\s{0,4}[( ]\s{0,4}(?:md5|sha1|crc32|chr|base64_(?:en|de)code|phpversion|php_uname|getcwd|exec|system|str_rot13|hex2bin)\s{0,4}\(/,
  },
  {
    rule: "code/php-probe",
    score: 0.75,
    reason: "An expression inside a PHP string is run while the string is read.",
    pattern: /\$\{\s{0,4}@|\{\$\{\s{0,4}[a-z_]\w{1,40}\s{0,4}\(/,
  },
  {
    rule: "code/python",
    score: 0.65,
    reason: "Python compiles the text of a program.",
    pattern: /\bcompile\s{0,4}\([^)]{1,200},\s{0,4}["'](?:exec|eval|single)["']/,
  },
  {
    rule: "code/ruby",
    score: 0.7,
    reason: "Ruby's open runs what follows a bar as a command.",
    pattern: /\b(?:open|read|readlines|foreach)\s{0,4}\(?\s{0,4}["']\|\s{0,4}\w/,
  },
];

export function* findProbes({ text, lower }: Reading): Generator<Match> {
  for (const { rule, score, reason, pattern } of PROBES) {
    const found = pattern.exec(lower);
    if (found === null) continue;
    yield { rule, score, reason, start: found.index, end: Math.min(text.length, found.index + 80) };
  }
}
