/** Who sees only service alpha never receives anything of service bravo, whatever they ask of whichever route. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY_SCOPES } from "../../../src/http/access/principal.ts";
import { type Asker, invite, withKey } from "../../support/api-server.ts";
import { MARK, openTwoServices, SHARED_CLIENT, type TwoServices } from "../../support/two-services.ts";

let two: TwoServices;
let limited: readonly Asker[];

beforeAll(async () => {
  two = await openTwoServices();
  const { server, admin } = two;
  limited = [
    await invite(server, admin, { name: "vera", role: "viewer", services: ["alpha"] }),
    await invite(server, admin, { name: "ana", role: "analyst", services: ["alpha"] }),
    await withKey(server, "alpha key", KEY_SCOPES, ["alpha"]),
    await withKey(server, "key of nothing", KEY_SCOPES, []),
  ];
});
afterAll(() => two.server.stop());

/** Paths and bodies that reach for everything. A route that is not here fails the test below. */
function requests(route: string): readonly (readonly [path: string, body?: unknown])[] {
  const [, path = ""] = route.split(" ");
  const { exceptions, queries, links } = two.ids;
  const each = (values: readonly string[], body?: unknown): [string, unknown?][] =>
    values.map((value) => [path.replace(/\{\w+\}/, value), body]);
  const incidents = ["i-1", "i-2", "i-3", "i-4"];
  const events = ["e-1", "e-2"];
  switch (route) {
    case "POST /query":
      return [
        "events",
        "detections",
        "incidents",
        "events | summarize make_set(user.id) by service.name",
      ].map((query) => [path, { query }]);
    case "POST /query/complete":
      return [[path, { query: "events | where service.name == ", cursor: 31 }]];
    case "GET /events/tail":
      return []; // tail.test.ts
    case "GET /events/{id}":
      return each(events);
    case "GET /events/{id}/around":
      return each(events).map(([one]) => [`${one}?by=client.address&minutes=60`]);
    case "GET /facets":
      return [[path], [`${path}?field=service.name&field=url.path&field=user_agent.original`]];
    case "GET /histogram":
      return [[path]];
    case "GET /expected":
      return each(["bravo"]).map(() => [`${path}?service=bravo`]);
    case "GET /entities/{type}/{value}":
      return [[`/entities/client.address/${SHARED_CLIENT}`], [`/entities/user.id/${MARK}`]];
    case "GET /incidents":
      return [[path], [`${path}?limit=1`], [`${path}?state=open&severity=low`]];
    case "GET /incidents/{id}":
      return each(incidents);
    case "PATCH /incidents/{id}":
      return each(incidents, { state: "acknowledged" });
    case "POST /incidents/{id}/comments":
      return each(incidents, { text: "seen" });
    case "PUT /exceptions/{id}":
      return each(exceptions, { reason: "why not", expires: null });
    case "DELETE /exceptions/{id}":
      return each(exceptions.slice(1));
    case "POST /exceptions":
      return [
        [path, { detector: "probing", reason: "all" }],
        [path, { detector: "probing", reason: "theirs", service: "bravo" }],
      ];
    case "PUT /queries/{id}":
      return each(queries, { name: "mine", query: "events" });
    case "DELETE /queries/{id}":
      return each(queries);
    case "GET /links/{id}":
    case "DELETE /links/{id}":
      return each(links);
    case "POST /links":
      return [[path, { page: "incidents", search: { find: "own" }, days: 1 }]];
    case "PUT /views":
      return [[path, { name: "own", search: { state: "open" } }]];
    case "DELETE /views/{id}":
      return each(["an-id"]);
    case "POST /queries":
      return [[path, { name: "own", query: "events" }]];
    case "PUT /detectors/{id}":
      return each(["probing"], { enabled: false });
    case "DELETE /detectors/{id}/setting":
      return each(["probing"]);
    case "POST /exceptions/preview":
      return [[path, { category: "probing" }]];
    case "GET /incidents/{id}/proposals":
      return each(incidents);
    case "POST /replays":
      return [
        [path, { since: "2026-03-01T00:00:00Z" }],
        [path, { since: "2026-03-01T00:00:00Z", service: "bravo" }],
      ];
    case "POST /backtests/sweep":
      return [
        [path, { since: "2026-03-01T00:00:00Z", detector: "probing", threshold: "certainty", values: [0.5] }],
      ];
    case "POST /backtests":
      return [
        [
          path,
          { since: "2026-03-01T00:00:00Z", detectors: { probing: { thresholds: { fact_certainty: 0.3 } } } },
        ],
      ];
    case "PUT /password":
      return [[path, { current: "not the password", next: "another password" }]];
    case "POST /setup":
    case "POST /session":
      return [[path, { token: "x".repeat(43), password: "not the password" }]];
    case "POST /keys":
      return [[path, { kind: "ingest", name: "k" }]];
    case "POST /users":
      return [[path, { name: "u", role: "viewer" }]];
    case "PATCH /users/{id}":
    case "POST /users/{id}/link":
    case "POST /alerts/dead/{id}/retry":
    case "POST /alerts/routes/{route}/test":
    case "DELETE /keys/{id}":
    case "DELETE /sessions/{id}":
      return each(["an-id"], {});
    case "GET /exceptions":
    case "GET /queries":
    case "GET /views":
    case "GET /links":
    case "GET /detectors":
    case "GET /session":
    case "GET /sessions":
    case "GET /sources":
    case "GET /quarantine":
    case "DELETE /quarantine":
    case "GET /incidents/counts":
    case "GET /alerts/dead":
    case "GET /sample":
    case "DELETE /sample":
    case "GET /health":
    case "GET /audit":
    case "GET /keys":
    case "GET /users":
    case "GET /openapi.json":
      return [[path]];
    case "DELETE /session":
      return [];
    default:
      throw new Error(`${route} is new: say here how it is asked for the data of another service`);
  }
}

describe("somebody limited to one service", () => {
  it("receives nothing of another from any route", async () => {
    const { server } = two;
    const seen: string[] = [];
    for (const who of limited) {
      for (const { method, path } of server.routes) {
        for (const [asked, body] of requests(`${method} ${path}`)) {
          server.pass(10_000);
          const { text, status } = await who.ask(method, asked, body);
          expect(text, `${who.name}: ${method} ${asked}`).not.toContain(MARK);
          if (status < 400) expect(text, `${who.name}: ${method} ${asked}`).not.toContain("bravo");
          seen.push(`${who.name} ${method} ${asked} ${status}`);
        }
      }
    }
    // What they may see they do see: silence would pass the test above.
    expect(seen).toEqual(
      expect.arrayContaining([
        "vera GET /events/e-1 200",
        "vera GET /events/e-2 404",
        "ana PATCH /incidents/i-1 200",
        "ana PATCH /incidents/i-2 404",
        "ana PATCH /incidents/i-3 404",
        "ana PATCH /incidents/i-4 404",
        "vera PATCH /incidents/i-1 403",
        "ana POST /exceptions 403",
        "alpha key GET /audit 403",
        "key of nothing GET /events/e-1 404",
      ]),
    );
    const [vera] = limited;
    const { body } = (await vera?.ask("GET", "/incidents/i-1")) ?? {};
    expect(body).toMatchObject({ incident: { id: "i-1" }, detections: [{ samples: [{ id: "e-1" }] }] });
  });

  it("receives nothing of another whatever the query", async () => {
    const { server } = two;
    const column = fc.constantFrom("service.name", "url.path", "user.id", "user_agent.original", "event.id");
    const condition = fc.constantFrom(
      'service.name == "bravo"',
      'service.name != "alpha"',
      'not(service.name == "alpha")',
      'service.name == "alpha" or service.name == "bravo"',
      `url.path has "${MARK}"`,
      "true or service.name == 'alpha'",
      "timestamp > ago(7d)",
    );
    const step = fc.oneof(
      condition.map((text) => `where ${text}`),
      column.map((name) => `distinct ${name}`),
      column.map((name) => `summarize n = count(), all = make_set(url.path) by ${name}`),
      column.map((name) => `extend service.name = ${name}`),
      fc.constantFrom("sort by timestamp desc", "take 10", "count", "project-away event.id"),
    );
    const verdictStep = fc.constantFrom(
      "where true",
      "project id, samples, explanation, entity.value",
      `where samples has "${MARK}"`,
      "extend s = tostring(samples)",
      "summarize make_list(samples)",
      "sort by detected_at asc",
    );
    const query = fc.oneof(
      fc.array(step, { maxLength: 4 }).map((steps) => ["events", ...steps].join(" | ")),
      fc.array(verdictStep, { maxLength: 3 }).map((steps) => ["detections", ...steps].join(" | ")),
      fc.constantFrom("incidents", "incidents | project title, summary, detections"),
    );
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(query, fc.nat({ max: limited.length - 1 }), async (text, i) => {
        server.pass(1_000);
        const {
          status,
          text: answer,
          body,
        } = (await limited[i]?.ask("POST", "/query", { query: text })) ?? {};
        if (status !== 200) return;
        answered++;
        expect(answer).not.toContain(MARK);
        expect(JSON.stringify((body as { rows: unknown }).rows)).not.toContain("bravo");
      }),
      { numRuns: 150 },
    );
    expect(answered).toBeGreaterThan(50);
  });
});
