/** A server that watches two services, alpha and bravo. Whatever belongs to bravo carries a mark. */
import type { Detection, Incident } from "../../src/event.ts";
import { type Asker, openServer, send, setUp, type TestServer } from "./api-server.ts";

export const START = Date.UTC(2026, 2, 3, 12);
export const MARK = "zebra-crossing";
export const SHARED_CLIENT = "203.0.113.7";

const at = (minute: number) => new Date(START - 60_000 * minute).toISOString();

const event = (id: string, service: string, word: string) => ({
  timestamp: at(Number(id.slice(2))),
  "event.id": id,
  "service.name": service,
  "url.path": `/${word}/things`,
  "url.query": `q=${word}`,
  "http.request.method": "GET",
  "http.response.status_code": 200,
  "client.address": SHARED_CLIENT,
  "user.id": word,
  "user_agent.original": `${word}/1.0`,
  "http.request.headers": { "x-word": word },
});

function verdict(id: string, service: string | undefined, word: string, sample: string): Detection {
  return {
    id: `d-${id}`,
    detector: "probing",
    category: "probing",
    severity: "medium",
    confidence: 0.9,
    outcome: "attempted",
    entity: { type: "client.address", value: SHARED_CLIENT },
    ...(service === undefined ? {} : { target: { service, endpoint: `/${word}/things` } }),
    first_seen: at(5),
    last_seen: at(1),
    detected_at: at(3),
    events: 5,
    observed: 5,
    expected: null,
    threshold: 3,
    threshold_name: "misses_burst",
    threshold_origin: "floor",
    unit: "requests",
    explanation: `About ${word}.`,
    samples: [
      { id: "e-1", timestamp: at(1), request: "GET /plain/things" },
      { id: sample, timestamp: at(2), request: `GET /${MARK}/things` },
    ],
  };
}

function incident(id: string, word: string, detections: readonly Detection[]): Incident {
  return {
    id,
    title: `Probing of ${word}`,
    severity: "medium",
    risk: 40,
    entity: { type: "client.address", value: SHARED_CLIENT },
    stages: ["probing"],
    categories: ["probing"],
    detections: detections.map((each) => each.id),
    outcome: "attempted",
    first_seen: at(5),
    last_seen: at(1),
    detected_at: at(3),
    events: 5,
    summary: `It was about ${word}.`,
    recommendation: "Look.",
  };
}

export interface TwoServices {
  readonly server: TestServer;
  readonly admin: Asker;
  readonly ids: {
    readonly exceptions: readonly string[];
    readonly queries: readonly string[];
    readonly links: readonly string[];
  };
}

/** Events e-1 (alpha) and e-2 (bravo); incidents i-1 alpha, i-2 bravo, i-3 both, i-4 of no service. */
export async function openTwoServices(): Promise<TwoServices> {
  const server = await openServer(START);
  const admin = await setUp(server);
  await send(server, [event("e-1", "alpha", "plain"), event("e-2", "bravo", MARK)]);
  const { records, store } = server.live;
  const cases: [string, string, Detection[]][] = [
    ["i-1", "plain", [verdict("1", "alpha", "plain", "e-2")]],
    ["i-2", MARK, [verdict("2", "bravo", MARK, "e-2")]],
    ["i-3", MARK, [verdict("3", "alpha", "plain", "e-2"), verdict("4", "bravo", MARK, "e-2")]],
    ["i-4", MARK, [verdict("5", undefined, MARK, "e-2")]],
  ];
  for (const [id, word, detections] of cases) {
    await records.cases.put(incident(id, word, detections), detections, () => [], START);
    await store.putIncidents([incident(id, word, detections)], 1);
    await store.putDetections(detections, 1);
  }
  const exceptions: string[] = [];
  for (const [service, reason] of [
    ["alpha", "plain"],
    ["bravo", MARK],
    [undefined, MARK],
  ]) {
    const made = await admin.ask("POST", "/exceptions", { detector: "probing", service, reason });
    exceptions.push((made.body as { id: string }).id);
  }
  const query = { name: "shared", query: `events | where url.path has "${MARK}"`, shared: true };
  const shared = { page: "explore", search: { q: query.query }, days: 7 };
  const links = [((await admin.ask("POST", "/links", shared)).body as { id: string }).id];
  await admin.ask("PUT", "/views", { name: MARK, search: { find: MARK } });
  const queries = [((await admin.ask("POST", "/queries", query)).body as { id: string }).id];
  await admin.ask("POST", "/incidents/i-2/comments", { text: MARK });
  await admin.ask("POST", "/keys", { kind: "ingest", name: MARK, services: ["bravo"] });
  await records.sources.put({
    id: "s-1",
    kind: "tail",
    name: `/var/log/${MARK}.log`,
    settings: {},
    progress: {},
    created: START,
    updated: START,
  });
  return { server, admin, ids: { exceptions, queries, links } };
}
