import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyEvent } from "../event.ts";
import { fillFromEnvelope, guessEnvelopes, unwrap } from "./envelope.ts";
import type { EnvelopeId } from "./format.ts";

const INNER =
  '203.0.113.9 - - [10/Oct/2023:13:55:36 +0000] "GET /v1/orders HTTP/1.1" 200 842 "-" "okhttp/4.11.0"';
const ESCAPED = INNER.replaceAll('"', '\\"');

const WRAPPED: readonly (readonly [EnvelopeId, string, string])[] = [
  ["syslog", "RFC 3164", `Oct 10 13:55:36 web-1 nginx[2869]: ${INNER}`],
  ["syslog", "RFC 3164 with priority and no host", `<190>Oct 10 13:55:36 nginx: ${INNER}`],
  ["syslog", "RFC 3164 with an ISO time", `2023-10-10T13:55:36.123456+02:00 web-1 nginx[77]: ${INNER}`],
  ["syslog", "RFC 5424", `<190>1 2023-10-10T13:55:36.123Z web-1 nginx 77 - - ${INNER}`],
  [
    "syslog",
    "RFC 5424 with structured data and a mark",
    `<190>1 2023-10-10T13:55:36Z web-1 nginx - ID47 [meta sequenceId="4" x="a\\"\\]b"][o@1] \ufeff${INNER}`,
  ],
  ["syslog", "RFC 5424 with a length in front", `211 <190>1 2023-10-10T13:55:36Z web-1 nginx - - - ${INNER}`],
  [
    "syslog",
    "Heroku's drain, without structured data",
    `<190>1 2023-10-10T13:55:36.123+00:00 host app web.1 - ${INNER}`,
  ],
  ["cri", "containerd", `2023-10-10T13:55:36.123456789Z stdout F ${INNER}`],
  [
    "docker",
    "Docker's json-file",
    `{"log":"${ESCAPED}\\n","stream":"stdout","time":"2023-10-10T13:55:36.123Z"}`,
  ],
  [
    "journald",
    "journalctl -o json",
    `{"MESSAGE":"${ESCAPED}","__REALTIME_TIMESTAMP":"1696946136123456","_HOSTNAME":"web-1"}`,
  ],
  [
    "journald",
    "journald bytes",
    `{"__REALTIME_TIMESTAMP":"1696946136123456","MESSAGE":${JSON.stringify([...Buffer.from(INNER)])}}`,
  ],
  [
    "json-message",
    "Filebeat",
    `{"@timestamp":"2023-10-10T13:55:37Z","message":"${ESCAPED}","host":{"name":"web-1"}}`,
  ],
  [
    "json-message",
    "a message with a host and a program in front",
    `{"timestamp":1696946136,"message":"web.0 nginx: ${ESCAPED}"}`,
  ],
  ["quoted", "CSV", `"${INNER.replaceAll('"', '""')}"`],
  ["quoted", "backslashes", `"${ESCAPED}"`],
  ["quoted", "quotes put on blindly", `"${INNER}"`],
  ["prefix", "docker compose", `web-1  | ${INNER}`],
  ["prefix", "kubectl logs --prefix", `[pod/web-7f9c/nginx] ${INNER}`],
  ["prefix", "kubectl logs --timestamps", `2023-10-10T13:55:36.123456789Z ${INNER}`],
];

describe("unwrap", () => {
  it.each(WRAPPED)("takes off %s: %s", (envelope, _name, line) => {
    expect(unwrap(envelope, line)).toBe(INNER);
    expect(guessEnvelopes([line])).toContain(envelope);
  });

  it.each(["none", ...new Set(WRAPPED.map(([envelope]) => envelope))] as const)(
    "leaves a plain line as it is: %s",
    (envelope) => {
      expect(unwrap(envelope, INNER)).toBe(INNER);
    },
  );

  it("gives nothing for a part of a line that the container runtime split", () => {
    expect(unwrap("cri", "2023-10-10T13:55:36.123456789Z stdout P the first half")).toBe("");
  });

  it("takes off a syslog header inside a container's line", () => {
    expect(
      unwrap("cri", `2023-10-10T13:55:36.123456789Z stderr F <190>Oct 10 13:55:36 web-1 nginx: ${INNER}`),
    ).toBe(INNER);
  });

  it("does not take a list of hops in quotes for a quoted line", () => {
    const line =
      '"10.0.0.2, 203.0.113.9" 10.2.1.185 - - [22/Jan/2016:13:18:29 +0000] "GET / HTTP/1.1" 200 1 "-" "Amazon CloudFront"';
    expect(unwrap("quoted", line)).toBe(line);
  });

  it("never throws, and gives text", () => {
    const lines = fc.oneof(
      fc.string(),
      fc
        .constantFrom(...WRAPPED.map(([, , line]) => line))
        .chain((line) => fc.nat(line.length).map((at) => line.slice(0, at))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...WRAPPED.map(([envelope]) => envelope)), lines, (envelope, line) => {
        expect(typeof unwrap(envelope, line)).toBe("string");
        expect(guessEnvelopes([line])[0]).toBe("none");
      }),
    );
  });
});

describe("fillFromEnvelope", () => {
  const context = { zoneMinutes: 0, newest: Date.UTC(2023, 11, 31) };
  const filled = (envelope: EnvelopeId, line: string) => {
    const event = emptyEvent();
    fillFromEnvelope(envelope, line, event, context);
    return [
      Number.isNaN(event.timestamp) ? "none" : new Date(event.timestamp).toISOString(),
      event["server.address"],
    ];
  };

  it("knows when and where from what is around the line", () => {
    expect(filled("syslog", "Oct 10 13:55:36 web-1 app[1]: x")).toEqual([
      "2023-10-10T13:55:36.000Z",
      "web-1",
    ]);
    expect(filled("cri", "2023-10-10T13:55:36.123456789Z stdout F x")).toEqual([
      "2023-10-10T13:55:36.123Z",
      undefined,
    ]);
    expect(filled("docker", '{"log":"x","stream":"stdout","time":"2023-10-10T13:55:36Z"}')).toEqual([
      "2023-10-10T13:55:36.000Z",
      undefined,
    ]);
    expect(
      filled("journald", '{"MESSAGE":"x","__REALTIME_TIMESTAMP":"1696946136123456","_HOSTNAME":"web-1"}'),
    ).toEqual(["2023-10-10T13:55:36.123Z", "web-1"]);
    expect(filled("prefix", "web-1 | 2023-10-10T13:55:36Z x")).toEqual([
      "2023-10-10T13:55:36.000Z",
      undefined,
    ]);
    expect(filled("none", "x")).toEqual(["none", undefined]);
  });

  it("changes nothing that the line said itself", () => {
    const event = emptyEvent();
    event.timestamp = 1;
    event["server.address"] = "api.example.com";
    fillFromEnvelope("syslog", "Oct 10 13:55:36 web-1 app[1]: x", event, context);
    expect(event.timestamp).toBe(1);
    expect(event["server.address"]).toBe("api.example.com");
  });
});
