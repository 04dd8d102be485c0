/** IIS requests as Windows events (provider Microsoft-Windows-IIS-Logging), one `<Event>` in XML a line. */
import type { LogFormat } from "../format.ts";
import { iis } from "./iis.ts";

const DATA = /<Data Name=["']([\w()-]{1,40})["']>([^<]*)<\/Data>/g;
/** The columns of a W3C line, in the order in which an event is turned into one. */
const COLUMNS = [
  "date",
  "time",
  "s-sitename",
  "cs-method",
  "cs-uri-stem",
  "cs-uri-query",
  "s-port",
  "cs-username",
  "c-ip",
  "cs-version",
  "cs(User-Agent)",
  "cs(Cookie)",
  "cs(Referer)",
  "cs-host",
  "sc-status",
  "sc-bytes",
  "cs-bytes",
  "time-taken",
] as const;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export const iisEtw: LogFormat = {
  id: "iis-etw",
  title: "IIS requests as Windows event XML",
  shape: "line",
  provides: iis.provides,
  open(options) {
    const parser = iis.open({ ...options, pattern: `#Fields: ${COLUMNS.join(" ")}` });
    return {
      parse(line, event) {
        if (line.trim() === "") return "ignored";
        if (!line.includes("cs-uri-stem")) return "failed";
        const values = new Map<string, string>();
        for (const [, name = "", text = ""] of line.matchAll(DATA)) {
          values.set(
            name.replace(/^cs(?=[A-Z])(\w[\w-]*)$/, "cs($1)"),
            unescapeXml(text).replaceAll(" ", "+"),
          );
        }
        return parser.parse(COLUMNS.map((column) => values.get(column) || "-").join(" "), event);
      },
    };
  },
};

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,4}));/gi, (all, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Math.min(Number(decimal), 0x10ffff));
    if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
    return ENTITIES[name] ?? all;
  });
}
