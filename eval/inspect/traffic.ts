/** Traffic: a shop's requests, a web server's log, and prose. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emptyEvent } from "../../src/event.ts";
import { linesOf } from "./lines.ts";
import { requestOf } from "./requests.ts";
import type { Sample } from "./sample.ts";
import { unzip } from "./zip.ts";

interface ShopRequest {
  readonly label: number;
  readonly cls?: string;
  readonly method: string;
  readonly url?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Many "anomalous" requests are malformed rather than malicious: their share is shown, not aimed at. */
export function* csic(file: string, corpus: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const request = JSON.parse(line) as ShopRequest;
    const target = request.url ?? `${request.path ?? "/"}${request.query ? `?${request.query}` : ""}`;
    const headers = { "content-type": "application/x-www-form-urlencoded", ...request.headers };
    const benign = request.label === 0;
    const name = benign ? "benign" : (request.cls ?? "anomalous").toLowerCase();
    yield {
      set: `${corpus} ${name}`,
      text: line,
      event: requestOf(request.method, target, headers, request.body ?? ""),
      wanted: benign ? undefined : /sqli|sql/.test(name) ? ["sqli"] : [],
    };
  }
}

export function* accessLog(file: string): Generator<Sample> {
  const combined = /^\S+ \S+ \S+ \[[^\]]+\] "(\S+) (\S+)[^"]*" \d+ \S+ "([^"]*)" "([^"]*)"/;
  for (const line of linesOf(file)) {
    const [, method = "", target = "", referer = "", agent = ""] = combined.exec(line) ?? [];
    const event = requestOf(method, target, { referer, "user-agent": agent }, "");
    yield { set: "apache_logs", text: line, event, wanted: undefined };
  }
}

/** Each line of prose as a field of a JSON body. */
export function* naturalText(dir: string): Generator<Sample> {
  if (!existsSync(dir)) {
    console.error(`${dir} is absent: skipped.`);
    return;
  }
  for (const file of readdirSync(dir).filter((name) => name.endsWith(".zip"))) {
    for (const content of unzip(readFileSync(join(dir, file)))) {
      for (const line of content.split(/\r?\n/)) {
        const text = line.trim();
        if (text.length === 0) continue;
        const event = { ...emptyEvent(), "url.path": "/comments", "http.request.body": { text } };
        yield { set: "natural text", text, event, wanted: undefined };
      }
    }
  }
}
