import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SpanKind } from "@opentelemetry/api";
import { OTLPLogExporter as LogsJson } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as LogsProtobuf } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPTraceExporter as TracesJson } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as TracesProtobuf } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LiveIntake, liveIntake } from "../../../test/support/live-intake.ts";
import { VedetteError } from "../../errors.ts";
import { readBody } from "./body.ts";
import {
  type OtlpAnswer,
  type OtlpSignal,
  otlpAnswer,
  otlpChoice,
  otlpEncoding,
  otlpFailure,
  otlpRecords,
} from "./otlp.ts";

const NEWEST = Date.UTC(2026, 10, 24);
let server: Server;
let origin: string;
let intake: LiveIntake;
let sent: Buffer[];
/** What the next requests are refused with. */
let refusals: VedetteError[];

beforeEach(async () => {
  intake = liveIntake();
  sent = [];
  refusals = [];
  server = createServer(async (request, response) => {
    const signal: OtlpSignal = request.url === "/v1/traces" ? "traces" : "logs";
    const encoding = otlpEncoding(request.headers["content-type"]);
    let answer: OtlpAnswer;
    try {
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      const body = await readBody(request, request.headers["content-encoding"]);
      sent.push(Buffer.from(body));
      const { bytes } = otlpRecords(signal, encoding, body);
      const receipt = await intake.accept({ source: "otlp", choice: otlpChoice(signal, NEWEST), bytes });
      answer = otlpAnswer(signal, encoding, receipt);
    } catch (cause) {
      if (!(cause instanceof VedetteError)) throw cause;
      answer = otlpFailure(encoding, cause);
    }
    response.writeHead(answer.status, { "content-type": answer.contentType }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

const resource = resourceFromAttributes({ "service.name": "shop", "deployment.environment.name": "test" });

const NEW_NAMES = {
  "http.request.method": "POST",
  "url.path": "/orders/7",
  "url.query": "a=1",
  "http.route": "/orders/:id",
  "http.response.status_code": 201,
  "client.address": "203.0.113.9",
  "user_agent.original": "curl/8.5",
  "http.request.header.x-team": ["blue", "green"],
};
const OLD_NAMES = {
  "http.method": "POST",
  "http.target": "/orders/7?a=1",
  "http.route": "/orders/:id",
  "http.status_code": 201,
  "net.peer.ip": "203.0.113.9",
  "http.user_agent": "curl/8.5",
};

async function exportSpans(exporter: TracesJson | TracesProtobuf, attributes: object): Promise<void> {
  const provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer("test");
  const start = new Date(Date.UTC(2026, 10, 23, 10, 0, 0, 250));
  tracer
    .startSpan("POST /orders/:id", { kind: SpanKind.SERVER, attributes: { ...attributes }, startTime: start })
    .end(start.getTime() + 12.5);
  tracer.startSpan("select", { kind: SpanKind.CLIENT, startTime: start }).end(start.getTime() + 1);
  await provider.forceFlush();
  await provider.shutdown();
}

describe("the OpenTelemetry SDK's exporters", () => {
  for (const [encoding, Exporter] of [
    ["protobuf", TracesProtobuf],
    ["JSON", TracesJson],
  ] as const) {
    for (const [names, attributes] of [
      ["today's", NEW_NAMES],
      ["former", OLD_NAMES],
    ] as const) {
      it(`send spans in ${encoding} with ${names} names`, async () => {
        await exportSpans(new Exporter({ url: `${origin}/v1/traces` }), attributes);
        expect(intake.events.length).toBe(1);
        expect(intake.events[0]).toMatchObject({
          timestamp: Date.UTC(2026, 10, 23, 10, 0, 0, 250),
          duration_ms: 12.5,
          "service.name": "shop",
          "deployment.environment.name": "test",
          "http.request.method": "POST",
          "url.path": "/orders/7",
          "url.query": "a=1",
          "http.route": "/orders/:id",
          "http.response.status_code": 201,
          "client.address": "203.0.113.9",
          "user_agent.original": "curl/8.5",
          trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
          span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
        });
        if (names === "today's") {
          expect(intake.events[0]?.["http.request.headers"]).toEqual({ "x-team": "blue, green" });
        }
      });
    }
  }

  it.each([
    ["protobuf", LogsProtobuf],
    ["JSON", LogsJson],
  ])("send log records in %s", async (_, Exporter) => {
    const exporter = new Exporter({ url: `${origin}/v1/logs` });
    const provider = new LoggerProvider({
      resource,
      processors: [new BatchLogRecordProcessor({ exporter })],
    });
    const logger = provider.getLogger("test");
    logger.emit({
      timestamp: Date.UTC(2026, 10, 23, 10),
      body: { took: 1 },
      attributes: { ...NEW_NAMES, deep: { a: [1, true, 0.5] } },
    });
    logger.emit({ body: "no request" });
    await provider.forceFlush();
    await provider.shutdown();
    expect(intake.batches[0]).toMatchObject({ accepted: 1, ignored: 1, rejected: 0 });
    expect(intake.events[0]).toMatchObject({
      timestamp: Date.UTC(2026, 10, 23, 10),
      "service.name": "shop",
      "url.path": "/orders/7",
      "http.response.status_code": 201,
    });
  });

  it("come again after a busy journal, and keep away after a broken request", async () => {
    refusals = [new VedetteError("JOURNAL_BUSY", "too much waits")];
    await exportSpans(new TracesProtobuf({ url: `${origin}/v1/traces` }), NEW_NAMES);
    expect(intake.events.length).toBe(1);
    refusals = [new VedetteError("PAYLOAD_CORRUPT", "broken")];
    const refused = exportSpans(new TracesJson({ url: `${origin}/v1/traces` }), NEW_NAMES);
    await expect(refused).rejects.toBeDefined();
    expect(refusals).toEqual([]);
    expect(intake.events.length).toBe(1);
  });

  it("have their request cut anywhere, or changed, and nothing but the catalogue's error comes of it", async () => {
    await exportSpans(new TracesProtobuf({ url: `${origin}/v1/traces` }), NEW_NAMES);
    const [request = Buffer.alloc(0)] = sent;
    const read = (bytes: Uint8Array): void => {
      try {
        otlpRecords("traces", "application/x-protobuf", bytes);
        otlpRecords("logs", "application/x-protobuf", bytes);
      } catch (cause) {
        expect(cause).toMatchObject({ code: "PAYLOAD_CORRUPT" });
      }
    };
    for (let length = 0; length < request.length; length++) read(request.subarray(0, length));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(request.length), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const changed = Buffer.from(request);
        for (const [at, byte] of changes) changed[at] = byte;
        read(changed);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), read), { numRuns: 500 });
  });
});

/** A message of one length-delimited field. */
function field(number: number, content: Uint8Array): Buffer {
  const header: number[] = [(number << 3) | 2];
  let length = content.length;
  for (; length > 127; length >>>= 7) header.push((length & 127) | 128);
  return Buffer.concat([Buffer.from([...header, length]), content]);
}

describe("a hostile request", () => {
  it("with values in values is read no deeper than attributes go", () => {
    let value = field(1, Buffer.from("end"));
    for (let depth = 0; depth < 5_000; depth++) value = field(5, field(1, value));
    const attribute = Buffer.concat([field(1, Buffer.from("deep")), field(2, value)]);
    const body = field(1, field(2, field(2, field(9, attribute))));
    const { bytes } = otlpRecords("traces", "application/x-protobuf", body);
    expect(bytes.length).toBeLessThan(1_000);
  });

  it("whose resource would be repeated without end is refused", () => {
    const attribute = Buffer.concat([
      field(1, Buffer.from("k")),
      field(2, field(1, Buffer.alloc(15_000, 65))),
    ]);
    const spans = Buffer.concat(Array.from({ length: 10_000 }, () => field(2, Buffer.alloc(0))));
    const body = field(1, Buffer.concat([field(1, field(1, attribute)), field(2, spans)]));
    expect(() => otlpRecords("traces", "application/x-protobuf", body)).toThrow(/together/);
  });

  it.each(["", "[]", "null", '{"resourceSpans":[{"scopeSpans":[{"spans":[{}', "{".repeat(100_000)])(
    "in JSON that is none is an error: %.40s",
    (text) => {
      expect(() => otlpRecords("traces", "application/json", Buffer.from(text))).toThrow(VedetteError);
    },
  );

  it("of no known type is refused by it", () => {
    expect(otlpEncoding("Application/JSON; charset=utf-8")).toBe("application/json");
    expect(() => otlpEncoding("text/plain")).toThrow(/x-protobuf or application\/json/);
    expect(() => otlpEncoding(undefined)).toThrow(/x-protobuf/);
  });
});

it("an empty request is answered with success", () => {
  expect(otlpRecords("traces", "application/json", Buffer.from("{}"))).toMatchObject({ records: 0 });
  expect(otlpRecords("traces", "application/x-protobuf", Buffer.alloc(0))).toMatchObject({ records: 0 });
  const none = { accepted: 0, ignored: 0, rejected: 0, foreign: 0, rejections: [] };
  expect(otlpAnswer("traces", "application/json", none).body.toString()).toBe("{}");
  expect(otlpAnswer("traces", "application/x-protobuf", none).body.length).toBe(0);
});

it("what was not taken is told as partial success, in both encodings", () => {
  const receipt = {
    accepted: 1,
    ignored: 0,
    rejected: 300,
    foreign: 0,
    rejections: [{ line: 0, reason: "why" }],
  };
  expect(JSON.parse(otlpAnswer("logs", "application/json", receipt).body.toString())).toEqual({
    partialSuccess: { rejectedLogRecords: "300", errorMessage: "why" },
  });
  // ExportTraceServiceResponse { partial_success { rejected_spans: 300, error_message: "why" } }
  expect([...otlpAnswer("traces", "application/x-protobuf", receipt).body]).toEqual([
    10, 8, 8, 172, 2, 18, 3, 119, 104, 121,
  ]);
  const failure = otlpFailure("application/json", new VedetteError("JOURNAL_BUSY", "too much waits"));
  expect(failure.status).toBe(429);
  expect(JSON.parse(failure.body.toString())).toEqual({ code: 8, message: "too much waits" });
});
