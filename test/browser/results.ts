/** Scan results of any size whose every text that a log can set is written by the caller. */
import type { Detection, Finding, Incident, Sample, Severity } from "../../src/event.ts";
import type { ScanResult } from "../../src/report/model.ts";

export interface Shape {
  readonly incidents: number;
  readonly detectionsEach: number;
  readonly samplesEach: number;
  readonly alsoSeen: number;
  /** The text of a field; `usual` is what would stand there on a good day. */
  readonly text: (field: string, usual: string) => string;
}

const USUAL: Shape = {
  incidents: 3,
  detectionsEach: 2,
  samplesEach: 3,
  alsoSeen: 2,
  text: (_field, usual) => usual,
};

const START = Date.UTC(2026, 2, 2);
const HOUR = 3_600_000;
const STEPS = 72;
const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

export function resultOf(change: Partial<Shape> = {}): ScanResult {
  const shape = { ...USUAL, ...change };
  const { text } = shape;
  const incidents: Incident[] = [];
  const detections: Detection[] = [];
  for (let index = 0; index < shape.incidents; index++) {
    const own = Array.from({ length: shape.detectionsEach }, (_, n) =>
      detection(`d${index}x${n}`, index, shape),
    );
    detections.push(...own);
    incidents.push(incident(index, own, shape));
  }
  for (let index = 0; index < shape.alsoSeen; index++) {
    detections.push({ ...detection(`f${index}`, index, shape), severity: "info" });
  }
  return {
    inputs: [
      {
        file: text("file", "/var/log/nginx/access.log"),
        format: "json",
        title: text("title", "JSON lines"),
        evidence: text("evidence", "98 of 100 lines fit"),
        mapping: { "user.id": text("mapping", "ctx.uid"), [text("mapping key", "url.path")]: "path" },
        lines: 7300,
        parsed: 7200,
        skipped: 60,
      },
    ],
    lines: 7300,
    parsed: 7200,
    ignored: 40,
    skipped: 60,
    firstTime: START,
    lastTime: START + STEPS * HOUR - 1,
    incidents,
    detections,
    blindSpots: [
      {
        field: "user.id",
        title: "no users",
        lost: [text("lost", "account takeover")],
        advice: text("advice", "log_format api '$remote_user';"),
      },
    ],
    timeline: {
      start: START,
      stepMs: HOUR,
      requests: series((step) => 90 + (step % 21)),
      refused: series((step) => step % 7),
      failed: series((step) => (step === 30 ? 50 : 0)),
      attacks: series((step) => (step % 11 === 0 ? 3 : 0)),
    },
    services: [
      {
        name: text("service", "shop"),
        requests: 7200,
        endpoints: Array.from({ length: 30 }, (_, n) => ({
          endpoint: text("endpoint", `GET /v1/things/${n}`),
          requests: 600 - 19 * n,
          clientErrors: n / 100,
          serverErrors: n === 4 ? 0.5 : 0,
          p50: 12 + n,
          p95: 80 + 100 * n,
        })),
      },
    ],
    problems: [
      {
        code: "LINE_UNREADABLE",
        input: text("problem input", "/var/log/nginx/access.log"),
        message: text("problem message", "60 lines fit no format"),
        remedy: "Name the format with --format.",
      },
    ],
    elapsedMs: 1234,
  };
}

function incident(index: number, own: readonly Detection[], { text }: Shape): Incident {
  return {
    id: `i${index}`,
    title: text("title", `SQL injection at GET /v1/search by 192.0.2.${index % 250}`),
    severity: SEVERITIES[index % SEVERITIES.length] ?? "low",
    risk: Math.max(1, 99 - index),
    entity: { type: "client.address", value: text("entity", `192.0.2.${index % 250}`) },
    members: ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map((each) => text("member", each)),
    member_count: 3,
    stages: ["probing", "exploit"],
    categories: [index % 2 === 0 ? "injection" : "brute_force"],
    detections: own.map(({ id }) => id),
    outcome: index % 3 === 0 ? "succeeded" : "attempted",
    ...times(index),
    events: 10 + index,
    summary: text("summary", "It sent requests that carried SQL. None got an answer unlike the usual ones."),
    recommendation: text("recommendation", "Block it while you look. Look at the data behind the endpoint."),
  };
}

function detection(id: string, index: number, { text, samplesEach }: Shape): Detection {
  return {
    id,
    detector: "injection",
    category: "injection",
    class: "sqli",
    severity: "high",
    confidence: 0.97,
    outcome: "attempted",
    entity: { type: "client.address", value: text("entity", "192.0.2.1") },
    members: [text("member", "192.0.2.1")],
    member_count: 1,
    target: { service: text("service", "shop"), endpoint: text("endpoint", "GET /v1/search") },
    ...times(index),
    events: 7,
    observed: 128,
    expected: 2,
    threshold: 40,
    threshold_name: "ten_minutes",
    threshold_origin: "floor",
    unit: "refused logins in five minutes",
    explanation: text("explanation", `128 were refused where 2 are usual (${id}); the line is at 40.`),
    samples: Array.from({ length: samplesEach }, (_, n) => sample(n, text)),
  };
}

function sample(line: number, text: Shape["text"]): Sample {
  const finding: Finding = {
    class: "sqli",
    rule: "sqli/union-select",
    location: text("location", "query:q"),
    evidence: text("evidence", "1%20union%20select%202"),
    decoded: text("decoded", "1 union select 2"),
    score: 0.9,
    reason: text("reason", "The value joins a second query to the first."),
  };
  return {
    file: text("file", "/var/log/nginx/access.log"),
    line: 100 + line,
    timestamp: new Date(START + line * 1000).toISOString(),
    request: text("request", "GET /v1/search?q=1%20union%20select%202"),
    status: 200,
    findings: [finding],
  };
}

function times(index: number): Pick<Incident, "first_seen" | "last_seen" | "detected_at"> {
  const from = START + (index % 60) * HOUR;
  return {
    first_seen: new Date(from).toISOString(),
    detected_at: new Date(from + 60_000).toISOString(),
    last_seen: new Date(from + HOUR).toISOString(),
  };
}

function series(of: (step: number) => number): number[] {
  return Array.from({ length: STEPS }, (_, step) => of(step));
}
