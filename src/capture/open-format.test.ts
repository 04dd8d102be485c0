import { describe, expect, it } from "vitest";
import { emptyEvent } from "../event.ts";
import type { FormatChoice } from "./format.ts";
import { openFormat } from "./open-format.ts";

const choice: FormatChoice = {
  format: "nginx-combined",
  envelope: "none",
  options: { zoneMinutes: 0, newest: Date.UTC(2023, 11, 31) },
  records: "lines",
  fallbacks: [],
};
const COMBINED =
  '203.0.113.9 - - [10/Oct/2023:13:55:36 +0000] "GET /v1/orders HTTP/1.1" 200 842 "-" "okhttp/4.11.0"';
const SQUID =
  "1696946136.123    187 203.0.113.9 TCP_MISS/200 4512 GET http://api.example.com/v1/feed alice HIER_DIRECT/192.0.2.10 text/html";

describe("openFormat", () => {
  it("reads the format that was chosen, in its wrapping", () => {
    const event = emptyEvent();
    const parser = openFormat({ ...choice, envelope: "cri" });
    expect(parser.parse(`2023-10-10T13:55:36.5Z stdout F ${COMBINED}`, event)).toBe("event");
    expect(event).toMatchObject({ timestamp: Date.UTC(2023, 9, 10, 13, 55, 36), "url.path": "/v1/orders" });
  });

  it("gives lines without a time that of their wrapping", () => {
    const event = emptyEvent();
    const parser = openFormat({ ...choice, format: "morgan", envelope: "docker" });
    expect(
      parser.parse(
        '{"log":"GET /v1 200 1.5 ms - 4\\n","stream":"stdout","time":"2023-10-10T13:55:36.5Z"}',
        event,
      ),
    ).toBe("event");
    expect(event.timestamp).toBe(Date.UTC(2023, 9, 10, 13, 55, 36, 500));
  });

  it("reads lines of formats that nobody announced, wrapped or not, with nothing left of the failed attempts", () => {
    const parser = openFormat(choice);
    const event = emptyEvent();
    expect(parser.parse(SQUID, event)).toBe("event");
    expect(event).toMatchObject({
      "server.address": "api.example.com",
      "user.id": "alice",
      duration_ms: 187,
    });
    const wrapped = emptyEvent();
    expect(parser.parse(`Oct 10 13:55:36 proxy squid[7]: ${SQUID}`, wrapped)).toBe("event");
    expect(wrapped).toEqual(event);
  });

  it("gives up searching after a thousand lines that nothing fits, and still knows what it learned", () => {
    const parser = openFormat(choice);
    expect(parser.parse(SQUID, emptyEvent())).toBe("event");
    for (let i = 0; i < 1000; i++) expect(parser.parse(`nothing ${i}`, emptyEvent())).toBe("failed");
    expect(parser.parse("GET /v1 200 1.5 ms - 4", emptyEvent())).toBe("failed");
    expect(parser.parse(SQUID, emptyEvent())).toBe("event");
    expect(parser.parse(COMBINED, emptyEvent())).toBe("event");
  });

  it("passes over blank lines", () => {
    expect(openFormat({ ...choice, format: "squid" }).parse("  ", emptyEvent())).toBe("ignored");
  });

  it("refuses a format that does not exist", () => {
    expect(() => openFormat({ ...choice, format: "nginx-conbined" })).toThrow(
      'There is no format called "nginx-conbined".',
    );
  });
});
