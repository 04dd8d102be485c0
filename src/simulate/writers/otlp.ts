/** OpenTelemetry as JSON lines, as the collector's file exporter writes them: one request per line. */
import type { SimulatedRequest } from "../request.ts";
import { fullUrl } from "./derived.ts";
import { lines, type Writer, type WriterOptions } from "./writer.ts";

interface Attribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: string;
    readonly doubleValue?: number;
  };
}

export const otlpLogs: Writer = {
  name: "otlp-logs",
  title: "OpenTelemetry logs, JSON lines",
  detail: "full",
  open: lines((request, options) => {
    const { event } = request;
    return `${JSON.stringify({
      resourceLogs: [
        {
          resource: resource(request),
          scopeLogs: [
            {
              scope: { name: "shop.access" },
              logRecords: [
                {
                  timeUnixNano: nano(event.timestamp),
                  observedTimeUnixNano: nano(event.timestamp + (event.duration_ms ?? 0)),
                  severityNumber: (event["http.response.status_code"] ?? 0) >= 500 ? 17 : 9,
                  severityText: (event["http.response.status_code"] ?? 0) >= 500 ? "ERROR" : "INFO",
                  body: { stringValue: `${event["http.request.method"]} ${event["url.path"]}` },
                  attributes: attributes({
                    ...requestFields(request, options),
                    "http.server.request.duration": (event.duration_ms ?? 0) / 1000,
                  }),
                  traceId: event.trace_id,
                  spanId: event.span_id,
                },
              ],
            },
          ],
        },
      ],
    })}\n`;
  }),
};

export const otlpTraces: Writer = {
  name: "otlp-traces",
  title: "OpenTelemetry server spans, JSON lines",
  detail: "full",
  open: lines((request, options) => {
    const { event } = request;
    const failed = (event["http.response.status_code"] ?? 0) >= 500;
    return `${JSON.stringify({
      resourceSpans: [
        {
          resource: resource(request),
          scopeSpans: [
            {
              scope: { name: "@opentelemetry/instrumentation-http" },
              spans: [
                {
                  traceId: event.trace_id,
                  spanId: event.span_id,
                  name: `${event["http.request.method"]} ${request.route}`,
                  kind: 2,
                  startTimeUnixNano: nano(event.timestamp),
                  endTimeUnixNano: nano(event.timestamp + (event.duration_ms ?? 0)),
                  attributes: attributes({
                    ...requestFields(request, options),
                    "http.route": request.route,
                    "url.full": fullUrl(request),
                  }),
                  status: failed ? { code: 2 } : {},
                },
              ],
            },
          ],
        },
      ],
    })}\n`;
  }),
};

function requestFields(
  { event, referer }: SimulatedRequest,
  options: WriterOptions,
): Record<string, string | number | undefined> {
  return {
    "http.request.method": event["http.request.method"],
    "url.scheme": event["url.scheme"],
    "url.path": event["url.path"],
    "url.query": event["url.query"],
    "server.address": event["server.address"],
    "server.port": event["server.port"],
    "client.address": event["client.address"],
    "network.peer.address": event["network.peer.address"],
    "network.protocol.version": event["network.protocol.version"],
    "user_agent.original": event["user_agent.original"] || undefined,
    "http.request.header.referer": referer || undefined,
    "http.request.body.size": event["http.request.body.size"],
    "http.response.status_code": event["http.response.status_code"],
    "http.response.body.size": event["http.response.body.size"],
    "user.id": options.logUsers ? event["user.id"] : undefined,
    "session.id": event["session.id"],
  };
}

function resource({ event }: SimulatedRequest): { readonly attributes: unknown } {
  return {
    attributes: attributes({
      "service.name": event["service.name"],
      "deployment.environment.name": "production",
    }),
  };
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]): Attribute[] => {
    if (value === undefined) return [];
    if (typeof value === "string") return [{ key, value: { stringValue: value } }];
    return [{ key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } }];
  });
}

function nano(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}
