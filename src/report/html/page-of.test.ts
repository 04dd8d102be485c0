import { expect, test } from "vitest";
import { resultOf } from "../../../test/browser/results.ts";
import { pageOf } from "./page-of.ts";

test("a usual result is told whole", () => {
  const page = pageOf(resultOf());
  expect(page.verdict).toBe("3 incidents; 2 need you now; 1 seems to have worked.");
  expect([page.subject, page.folder]).toEqual(["access.log", "/var/log/nginx/"]);
  expect(page.command).toBe("vedette scan /var/log/nginx/access.log");
  expect(page.omitted).toEqual({
    incidents: 0,
    detections: 0,
    samples: 0,
    alsoSeen: 0,
    endpoints: 0,
    inputs: 0,
    problems: 0,
  });
  const [first] = page.incidents;
  expect(first?.detections.map(({ id }) => id)).toEqual(["d0x0", "d0x1"]);
  expect(first?.members).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
  expect(first?.from).toBe(Date.UTC(2026, 2, 2));
  expect(first?.detections[0]?.samples[0]).toEqual({
    place: "access.log:100",
    time: Date.UTC(2026, 2, 2),
    request: "GET /v1/search?q=1%20union%20select%202",
    status: 200,
    findings: [
      {
        class: "sqli",
        location: "query:q",
        evidence: "1%20union%20select%202",
        decoded: "1 union select 2",
        score: 0.9,
        reason: "The value joins a second query to the first.",
      },
    ],
  });
});

test("a detection stands under its incident or among what was also seen, never in both", () => {
  const page = pageOf(resultOf({ incidents: 4, detectionsEach: 3, alsoSeen: 5 }));
  expect(page.incidents.flatMap(({ detections }) => detections)).toHaveLength(12);
  expect(page.alsoSeen.map(({ id }) => id)).toEqual(["f0", "f1", "f2", "f3", "f4"]);
});

test("a log without times, requests or formats is told as such", () => {
  const page = pageOf({
    ...resultOf({ incidents: 0, alsoSeen: 0 }),
    parsed: 0,
    firstTime: Number.NaN,
    lastTime: Number.NaN,
    timeline: { start: Number.NaN, stepMs: 10_000, requests: [], refused: [], failed: [], attacks: [] },
  });
  expect([page.from, page.to]).toEqual([null, null]);
  expect(page.timeline.start).toBe(0);
  expect(page.verdict).toBe("Nothing to judge: no request was read.");
});

test("field names and paths that JSON knows by another meaning are plain text", () => {
  const page = pageOf(resultOf({ text: () => "__proto__" }));
  expect(page.inputs[0]?.mapping).toContainEqual(["user.id", "__proto__"]);
  expect(JSON.parse(JSON.stringify(page))).toEqual(page);
});

test("many files are told by their number, the first hundred by name", () => {
  const result = resultOf();
  const [input] = result.inputs;
  if (input === undefined) throw new Error("there is one input");
  const inputs = Array.from({ length: 130 }, (_, n) => ({ ...input, file: `/logs/${n}.log` }));
  const page = pageOf({ ...result, inputs });
  expect([page.subject, page.inputs.length, page.omitted.inputs]).toEqual(["130 files", 100, 30]);
  expect(page.command).toBe("vedette scan /logs/0.log /logs/1.log /logs/2.log …");
});
