/** Whole queries against a real store: the values they give, and that everything documented runs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HAS_CHDB } from "../../../test/support/chdb.ts";
import { conditionText } from "../../../test/support/query-conditions.ts";
import { openQueryStore, type QueryStore } from "../../../test/support/query-store.ts";
import {
  type ApiEvent,
  type Detection,
  emptyEvent,
  type Finding,
  type Incident,
  type Severity,
} from "../../event.ts";
import { AGGREGATES } from "../../explore/query/aggregates.ts";
import { answerFacets, answerQuery } from "./query.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const SQLI: Finding = {
  class: "sqli",
  rule: "sqli/union-select",
  location: "query:q",
  evidence: "UNION",
  decoded: "",
  score: 0.75,
  reason: "",
};

function event(minutesAgo: number, fields: Partial<ApiEvent>): ApiEvent {
  return { ...emptyEvent(), timestamp: NOW - minutesAgo * 60_000, "service.name": "shop", ...fields };
}

const EVENTS: readonly (readonly [ApiEvent, readonly Finding[]])[] = [
  [
    event(1, {
      "url.path": "/a",
      "user.id": "ann",
      "http.response.status_code": 200,
      duration_ms: 10,
      "http.request.headers": { host: "h" },
    }),
    [],
  ],
  [
    event(2, { "url.path": "/a", "user.id": "bob", "http.response.status_code": 500, duration_ms: 30 }),
    [SQLI],
  ],
  [
    event(3, {
      "url.path": "/b",
      "user.id": "ann",
      "http.response.status_code": 404,
      "http.request.body": { n: 5, s: "x" },
    }),
    [],
  ],
  [
    event(64, {
      "url.path": "/b",
      "user.id": "ann",
      "http.response.status_code": 503,
      duration_ms: 20,
      "service.name": "auth",
      "event.id": "mine",
    }),
    [],
  ],
];

function detection(id: string, severity: Severity, service: string): Detection {
  const time = new Date(NOW).toISOString();
  return {
    id,
    detector: "rate-abuse",
    category: "rate_abuse",
    severity,
    confidence: 1,
    outcome: "attempted",
    entity: { type: "client.address", value: "192.0.2.1" },
    members: ["192.0.2.2"],
    member_count: 2,
    target: { service, endpoint: "GET /a" },
    first_seen: time,
    last_seen: time,
    detected_at: time,
    events: 5,
    observed: 5,
    expected: null,
    threshold: 3,
    threshold_name: "accounts",
    threshold_origin: "floor",
    unit: "requests",
    explanation: "Too many.",
    samples: [],
  };
}

function incident(id: string, detections: readonly string[]): Incident {
  const { severity, outcome, entity, first_seen, last_seen, detected_at, events } = detection("", "high", "");
  const common = { severity, outcome, entity, first_seen, last_seen, detected_at, events };
  const words = { title: "Too many requests", summary: "It went on.", recommendation: "Block it." };
  return { ...common, ...words, id, risk: 50, stages: ["impact"], categories: ["rate_abuse"], detections };
}

describe.runIf(HAS_CHDB)("answers of the store", () => {
  let opened: QueryStore;
  beforeAll(async () => {
    opened = await openQueryStore(EVENTS, NOW);
    const { store } = opened;
    await store.putDetections([detection("d-1", "info", "shop")], 1);
    await store.putDetections(
      [
        detection("d-1", "low", "shop"),
        detection("d-2", "critical", "shop"),
        detection("d-3", "high", "auth"),
      ],
      2,
    );
    const incidents = [
      incident("i-shop", ["d-1", "d-2"]),
      incident("i-both", ["d-1", "d-3"]),
      incident("i-none", []),
    ];
    await store.putIncidents(incidents, 1);
  });
  afterAll(() => opened.close());

  const ask = (text: string, services: "all" | readonly string[] = "all") =>
    answerQuery(text, { now: NOW, scope: { services } }, opened.store.query);
  const rows = async (text: string, services?: readonly string[]) => (await ask(text, services)).rows;

  it.each<readonly [string, readonly (readonly unknown[])[]]>([
    ["events | count", [[4]]],
    [
      "events | project url.path, status | take 2",
      [
        ["/a", 200],
        ["/a", 500],
      ],
    ],
    ["events | project timestamp | take 1", [["2026-03-01T11:59:00.000Z"]]],
    ["events | take 3 | sort by status asc | project status", [[200], [404], [500]]],
    ["events | take 3 | where status >= 404 | project status", [[500], [404]]],
    ["events | top 2 by status | project status", [[503], [500]]],
    ["events | sort by duration_ms asc | project duration_ms", [[null], [10], [20], [30]]],
    ["events | sort by duration_ms | project duration_ms", [[30], [20], [10], [null]]],
    [
      "events | summarize n = count(), avg(duration_ms) by url.path | sort by url.path asc",
      [
        ["/a", 2, 20],
        ["/b", 2, 20],
      ],
    ],
    ["events | summarize round(100.0 * countif(status >= 500) / count(), 1)", [[50]]],
    [
      "events | summarize sumif(duration_ms, status == 200), min(status), max(timestamp), dcount(user.id)",
      [[10, 200, "2026-03-01T11:59:00.000Z", 2]],
    ],
    [
      "events | where user.id == 'nobody' | summarize count(), sum(duration_ms), avg(duration_ms), percentile(duration_ms, 95)",
      [[0, null, null, null]],
    ],
    ["events | summarize percentiles(duration_ms, 0, 50, 100)", [[10, 20, 30]]],
    ["events | summarize make_set(user.id), dcountif(url.path, status > 200)", [[["ann", "bob"], 2]]],
    [
      "events | summarize arg_max(timestamp, duration_ms) by url.path | sort by url.path asc",
      [
        ["/a", "2026-03-01T11:59:00.000Z", 10],
        ["/b", "2026-03-01T11:57:00.000Z", null],
      ],
    ],
    [
      "events | summarize arg_min(timestamp, *) by url.path | project url.path, service.name | sort by url.path asc",
      [
        ["/a", "shop"],
        ["/b", "auth"],
      ],
    ],
    [
      "events | summarize count() by bin(timestamp, 1h) | sort by timestamp asc",
      [
        ["2026-03-01T10:00:00.000Z", 1],
        ["2026-03-01T11:00:00.000Z", 3],
      ],
    ],
    ["events | summarize n = count() by 5 | project n", [[4]]],
    ["events | distinct user.id, url.path | count", [[3]]],
    [
      "events | extend a = duration_ms * 2 | extend b = a + a, a = 1 | where b > 45 | project a, b | sort by b asc",
      [
        [1, 80],
        [1, 120],
      ],
    ],
    [
      "events | extend bad = status >= 500 | summarize count() by bad | sort by bad asc",
      [
        [false, 2],
        [true, 2],
      ],
    ],
    ["events | project x = url.path | summarize n = count() by x | where n > 5", []],
    [
      "events | where finding.class has 'sqli' | project finding.class, finding.score, http.request.headers",
      [[["sqli"], 0.75, {}]],
    ],
    [
      "events | where http.request.body.n == 5 | project http.request.body.n, http.request.body",
      [["5", '{"n":5,"s":"x"}']],
    ],
    ["events | project-away http.*, network.*, client.*, url.*, user* | take 1 | count", [[1]]],
    ["events | project d = now() - timestamp | take 1", [[60_000]]],
    ["events | where timestamp > ago(150s) | summarize take_any(url.path)", [["/a"]]],
    ["ann status:404", [["/b"]]],
  ])("%s", async (text, expected) => {
    const asked = text.includes("|") ? text : `${text} | project url.path`;
    expect(await rows(asked)).toEqual(expected);
  });

  it.each<readonly [string, number, readonly number[], boolean, number]>([
    // Three of the four events are of the last hour.
    ["events | project status", 2, [200, 500], true, 1],
    ["events | project status", 3, [200, 500, 404], true, 2],
    ["events | project status", 4, [200, 500, 404, 503], false, 2],
    ["events | take 3 | project status", 9, [200, 500, 404], false, 1],
    ["events | where status >= 404 | take 2 | project status", 9, [500, 404], false, 1],
    ["events | take 3 | where status >= 404 | project status", 9, [500, 404], false, 1],
    ["events | sort by status asc | take 1 | project status", 9, [200], false, 1],
    ["events | count", 9, [4], false, 1],
  ])(
    "come from the newest of 32 hours where that has enough: %s, %d rows",
    async (text, most, expected, more, reads) => {
      let asked = 0;
      const scope = { services: "all", from: NOW - 32 * 3_600_000, to: NOW } as const;
      const answer = await answerQuery(text, { now: NOW, scope, rows: most }, (query) => {
        asked++;
        return opened.store.query(query);
      });
      expect(answer.rows.map(([value]) => value)).toEqual(expected);
      expect([answer.truncated, asked]).toEqual([more, reads]);
    },
  );

  it("are counted by the values of several fields at once", async () => {
    const facets = (text: string, fields: readonly string[], services: "all" | readonly string[] = "all") =>
      answerFacets(text, fields, 2, { now: NOW, scope: { services } }, opened.store.query);
    expect(await facets("events", ["user.id", "duration_ms", "finding.class"], ["shop"])).toEqual([
      {
        field: "user.id",
        values: [
          { value: "ann", events: 2 },
          { value: "bob", events: 1 },
        ],
      },
      // The events without one are as many as those with either value: any two of the three.
      {
        field: "duration_ms",
        values: [expect.objectContaining({ events: 1 }), expect.objectContaining({ events: 1 })],
      },
      {
        field: "finding.class",
        values: [
          { value: [], events: 2 },
          { value: ["sqli"], events: 1 },
        ],
      },
    ]);
    expect(await facets("events | where status == 404 // the rest", ["url.path", "duration_ms"])).toEqual([
      { field: "url.path", values: [{ value: "/b", events: 1 }] },
      { field: "duration_ms", values: [{ value: null, events: 1 }] },
    ]);
    expect(await facets("events | take 1", ["url.path"])).toEqual([
      { field: "url.path", values: [{ value: "/a", events: 1 }] },
    ]);
    await expect(facets("events | summarize count() by url.path", ["user.id"])).rejects.toMatchObject({
      code: "QUERY_FIELD",
    });
  });

  it("hold only what the reader may see", async () => {
    expect(await rows("events | summarize count() by service.name", ["shop"])).toEqual([["shop", 3]]);
    expect(await rows("events | where true or 1 == 1 | count", [])).toEqual([[0]]);
    expect(await rows("incidents | project id | sort by id asc")).toEqual([
      ["i-both"],
      ["i-none"],
      ["i-shop"],
    ]);
    expect(await rows("incidents | project id", ["shop"])).toEqual([["i-shop"]]);
    expect(await rows("detections | sort by severity | project severity", ["shop"])).toEqual([
      ["critical"],
      ["low"],
    ]);
  });

  it("read the rest of a verdict from its record", async () => {
    expect(
      await rows("detections | where id == 'd-1' | project members, member_count, samples, expected"),
    ).toEqual([[["192.0.2.2"], 2, "[]", null]]);
    expect(await rows("incidents | where stages has 'impact' | distinct summary, recommendation")).toEqual([
      ["It went on.", "Block it."],
    ]);
  });

  it("find an event by its id", async () => {
    const [[id]] = (await rows("events | where status == 404 | project event.id")) as [[string]];
    expect(await rows(`events | where event.id == "${id}" | project status`)).toEqual([[404]]);
    expect(await rows(`events | where event.id != "${id}" | count`)).toEqual([[3]]);
    expect(await rows(`events | where event.id == "mine" or event.id == "" | project status`)).toEqual([
      [503],
    ]);
  });

  const document = readFileSync(join(import.meta.dirname, "../../../docs/query.md"), "utf8");
  it.each([...document.matchAll(/```kql\n([\s\S]*?)```/g)].map(([, example = ""]) => example))(
    "run: %s",
    async (example) => {
      const { columns, rows: found } = await ask(example);
      for (const row of found) expect(row).toHaveLength(columns.length);
    },
  );

  it("come for whatever pipeline holds", { timeout: 300_000 }, async () => {
    const columns = [
      "url.path",
      "status",
      "duration_ms",
      "timestamp",
      "severity = iff(status > 400, 'high', 'low')",
      "finding.score",
      "bin(timestamp, 5m)",
      "http.request.body.n",
      "len = strlen(url.path)",
      "status > 400",
      "timestamp - 5m",
    ];
    const aggregates = [...AGGREGATES.keys()].map((name) => {
      if (name === "count") return "count()";
      if (name === "countif") return "countif(status > 1)";
      if (name.endsWith("if")) return `${name}(duration_ms, status > 1)`;
      if (name.startsWith("percentile")) return `${name}(duration_ms, 95)`;
      return name.startsWith("arg_") ? `${name}(timestamp, *)` : `${name}(duration_ms)`;
    });
    const some = (from: readonly string[]) =>
      fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 }).map((all) => all.join(", "));
    const step = fc.oneof(
      conditionText.map((condition) => `where ${condition}`),
      some(columns).map((list) => `extend ${list}`),
      some(columns).map((list) => `project ${list}, url.path2 = url.path`),
      fc.tuple(some(aggregates), some(columns)).map(([what, by]) => `summarize ${what} by ${by}`),
      fc
        .tuple(fc.constantFrom("sum", "avg"), some(columns))
        .map(([what, by]) => `summarize x = 1 + ${what}(duration_ms) / count() by ${by}`),
      some(["url.path", "status", "duration_ms", "timestamp", "count_"]).map((list) => `sort by ${list}`),
      fc.constantFrom("take 2", "count", "distinct status", "top 2 by status asc"),
    );
    let held = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const text = ["events", ...steps].join(" | ");
        try {
          const { columns: named, rows: found } = await ask(text);
          for (const row of found) expect(row).toHaveLength(named.length);
          held++;
        } catch (error) {
          // Not every chain of steps holds; what holds must run.
          if (!String((error as { code?: unknown }).code).startsWith("QUERY_")) throw error;
        }
      }),
      { numRuns: Number(process.env.VEDETTE_PARITY_RUNS ?? 300) },
    );
    expect(held).toBeGreaterThan(100);
  });
});
