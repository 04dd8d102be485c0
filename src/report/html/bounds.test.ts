import { describe, expect, test } from "vitest";
import { resultOf } from "../../../test/browser/results.ts";
import { htmlReport } from "../html.ts";
import { pageOf } from "./page-of.ts";

const MOST_BYTES = 5_000_000;

describe("2,000 incidents of ten detections each, in long words", () => {
  const result = resultOf({
    incidents: 2000,
    detectionsEach: 10,
    samplesEach: 6,
    alsoSeen: 1000,
    text: (_field, usual) => (usual.length > 60 ? `${usual} `.repeat(6) : usual),
  });
  const page = pageOf(result);
  const told = page.incidents.flatMap(({ detections }) => detections);

  test("the file can be mailed", () => {
    expect(Buffer.byteLength(htmlReport(result))).toBeLessThan(MOST_BYTES);
  });

  test("every incident is there, the gravest in full", () => {
    expect(page.incidents).toHaveLength(2000);
    const [gravest] = page.incidents;
    expect(gravest?.detections).toHaveLength(10);
    expect(gravest?.detections[0]?.samples).toHaveLength(6);
    expect(page.incidents.at(-1)?.summary).toBe("");
  });

  test("what is left out is counted", () => {
    expect(told.length + page.omitted.detections).toBe(20_000);
    expect(page.alsoSeen.length + page.omitted.alsoSeen).toBe(1000);
    const shown = [...told, ...page.alsoSeen];
    const samples = shown.reduce((sum, detection) => sum + detection.samples.length, 0);
    expect(samples + page.omitted.samples).toBe(shown.length * 6);
    expect(page.incidents.every(({ detectionCount }) => detectionCount === 10)).toBe(true);
  });

  test("the report says so and names the form that has all", () => {
    expect(page.omitted.detections).toBeGreaterThan(0);
    expect(htmlReport(result)).toContain("--output json has all.");
  });
});

test("no text is long enough to make the file long", () => {
  const long = "<\u202e&😀".repeat(2000);
  const result = resultOf({
    incidents: 3000,
    detectionsEach: 12,
    samplesEach: 20,
    alsoSeen: 1000,
    text: () => long,
  });
  expect(Buffer.byteLength(htmlReport(result))).toBeLessThan(MOST_BYTES);
});

test("one incident with thousands of detections leaves room for the others", () => {
  const result = resultOf({ incidents: 20, detectionsEach: 400, samplesEach: 2, alsoSeen: 0 });
  const page = pageOf(result);
  expect(page.incidents.every(({ detections }) => detections.length === 50)).toBe(true);
  expect(page.omitted.detections).toBe(20 * 350);
});
