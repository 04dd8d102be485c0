import { describe, expect, it } from "vitest";
import { emptyEvent } from "../event.ts";
import type { FormatChoice } from "./format.ts";
import { clearEvent } from "./formats/clear-event.ts";
import { openFormat } from "./open-format.ts";

const CHOICE: FormatChoice = {
  format: "otlp-logs",
  envelope: "none",
  options: { zoneMinutes: 0, newest: Date.UTC(2026, 2, 4) },
  records: "lines",
  fallbacks: [],
};

const text = (stringValue: string) => ({ stringValue });
function record(body: unknown, file = "/var/log/nginx/access.log", service = "shop"): string {
  const item = {
    timeUnixNano: "1772496001000000000",
    attributes: [{ key: "log.file.path", value: text(file) }],
    body,
  };
  const resource = { attributes: [{ key: "service.name", value: text(service) }] };
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [item] }] }] });
}
const access = (path: string) =>
  `203.0.113.9 - anna [03/Mar/2026:00:00:07 +0000] "GET ${path} HTTP/1.1" 404 12 "-" "curl/8.4.0"`;

function reader() {
  const parser = openFormat(CHOICE);
  const event = emptyEvent();
  return (line: string) => {
    clearEvent(event);
    return { result: parser.parse(line, event), event };
  };
}

describe("a log record that carries a line", () => {
  it("is read as the line, with what the record knows around it", () => {
    const { result, event } = reader()(record(text(`${access("/a?b=1")}\n`)));
    expect(result).toBe("event");
    expect(event).toMatchObject({
      timestamp: Date.UTC(2026, 2, 3, 0, 0, 7),
      "service.name": "shop",
      "http.request.method": "GET",
      "url.path": "/a",
      "url.query": "b=1",
      "http.response.status_code": 404,
      "client.address": "203.0.113.9",
      "user.id": "anna",
    });
  });

  it("has the time of the record when the line has none", () => {
    const { event } = reader()(record(text("GET /plain 200 5ms")));
    expect(event).toMatchObject({ timestamp: 1772496001000, "url.path": "/plain" });
  });

  it("may be fields", () => {
    const fields = { remote_addr: "203.0.113.9", request_method: "GET", request_uri: "/json", status: "200" };
    const values = Object.entries(fields).map(([key, value]) => ({ key, value: text(value) }));
    const { result, event } = reader()(record({ kvlistValue: { values } }));
    expect(result).toBe("event");
    expect(event).toMatchObject({ "url.path": "/json", "client.address": "203.0.113.9" });
  });

  it("is of a stream by its service and file: each has a format of its own", () => {
    const read = reader();
    expect(read(record(text(access("/one")))).result).toBe("event");
    const apache =
      "[Tue Mar 03 00:00:07.000000 2026] [core:error] [pid 1] [client 203.0.113.9:5] AH00126: Invalid URI";
    expect(read(record(text("starting worker 7"), "/var/log/app.log")).result).toBe("ignored");
    expect(read(record(text(apache), "/var/log/apache2/error.log")).result).not.toBe("failed");
    // In the stream of an access log, a line that is none is told.
    expect(read(record(text("starting worker 7"))).result).toBe("failed");
    expect(read(record(text(access("/two")))).event["url.path"]).toBe("/two");
  });

  it("costs little where nothing is a request, however much there is, and is found when it comes", () => {
    const read = reader();
    let ignored = 0;
    for (let i = 0; i < 20_000; i++) {
      if (read(record(text(`worker ${i} is idle`), "/var/log/app.log")).result === "ignored") ignored++;
    }
    expect(ignored).toBe(20_000);
    let late = 0;
    while (read(record(text(access("/late")), "/var/log/app.log")).result !== "event") late++;
    expect(late).toBeLessThan(20_000);
  });

  it("with attributes of a request is that request, whatever its line says", () => {
    const line = record(text(access("/line"))).replace(
      '"attributes":[{"key":"log.file.path"',
      '"attributes":[{"key":"url.path","value":{"stringValue":"/attribute"}},{"key":"log.file.path"',
    );
    expect(reader()(line).event["url.path"]).toBe("/attribute");
  });

  it("harms nobody with what is in it", () => {
    for (const [open, close] of [
      ['{"kvlistValue":{"values":[{"key":"__proto__","value":', "}]}}"],
      ['{"kvlistValue":{"values":[{"key":"a","value":', "}]}}"],
      ['{"arrayValue":{"values":[', "]}}"],
    ] as const) {
      const deep = `${open.repeat(10_000)}{"stringValue":"x"}${close.repeat(10_000)}`;
      const line = record("HERE").replace('"HERE"', deep);
      expect(["ignored", "failed"]).toContain(reader()(line).result);
    }
    expect(reader()(record(text("\0".repeat(1_000)))).result).toBe("ignored");
    expect(reader()(record(null)).result).toBe("ignored");
  });
});
