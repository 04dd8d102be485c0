/** The regression requests of the Core Rule Set. */
import type { FindingClass } from "../../src/event.ts";
import { linesOf } from "./lines.ts";
import { rawRequest, requestOf } from "./requests.ts";
import type { Sample } from "./sample.ts";

/** What a rule family of the Core Rule Set is about. */
const FAMILIES: Readonly<Record<string, readonly FindingClass[]>> = {
  "930": ["traversal", "lfi_rfi", "other"],
  "931": ["lfi_rfi", "ssrf", "open_redirect"],
  "932": ["cmdi", "code", "webshell", "crlf", "lfi_rfi"],
  "933": ["code", "webshell", "lfi_rfi", "deserialization", "ssti"],
  "934": [
    "code",
    "ssrf",
    "ssti",
    "prototype_pollution",
    "nosqli",
    "sqli",
    "xss",
    "lfi_rfi",
    "deserialization",
  ],
  "941": ["xss", "xxe", "ssti"],
  "942": ["sqli", "nosqli"],
  "944": ["code", "log4shell", "deserialization", "webshell", "ssti"],
};

interface Stage {
  readonly fam: string;
  readonly pos: boolean;
  readonly neg: boolean;
  readonly input: {
    readonly method?: string;
    readonly uri?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly data?: unknown;
    readonly encoded_request?: string;
  };
}

export function* coreRuleSet(file: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const { fam, pos, neg, input } = JSON.parse(line) as Stage;
    const family = /-(\d{3})-/.exec(fam)?.[1] ?? "";
    const wanted = FAMILIES[family];
    if (wanted === undefined || (!pos && !neg)) continue;
    const event =
      input.encoded_request === undefined
        ? requestOf(
            input.method ?? "GET",
            input.uri ?? "/",
            input.headers ?? {},
            input.data === undefined ? "" : String(input.data),
          )
        : rawRequest(Buffer.from(input.encoded_request, "base64").toString("utf8"));
    const set = pos ? `crs ${family}` : `crs ${family} negatives`;
    yield { set, text: JSON.stringify(input), event, wanted: pos ? wanted : undefined };
  }
}
