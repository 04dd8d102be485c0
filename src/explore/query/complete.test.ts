import { describe, expect, it } from "vitest";
import { complete } from "./complete.ts";

/** The first completions at the mark ^. */
function at(marked: string, most = 5): readonly string[] {
  const cursor = marked.indexOf("^");
  return complete(marked.replace("^", ""), cursor)
    .slice(0, most)
    .map((item) => item.text);
}

describe("completions", () => {
  it.each([
    ["ev^", ["events"]],
    ["events | su^", ["summarize"]],
    ["events | project-a^", ["project-away"]],
    ["events | where status_c^", ["http.response.status_code"]],
    ["events | where client.add^", ["client.address"]],
    ["events | where ipv4_is_in_r^", ["ipv4_is_in_range("]],
    ["events | extend slow = duration_ms > 5 | where slo^", ["slow"]],
    ["events | project url.path | where ^", ["url.path", "strlen(", "tolower(", "toupper(", "strcat("]],
    ["events | where url.path cont^", ["contains"]],
    ["events | where duration_ms ^", ["==", "!=", ">", ">=", "<"]],
    ["detections | where severity >= ^", ['"info"', '"low"', '"medium"', '"high"', '"critical"']],
    ["detections | where severity in (^", ['"info"', '"low"', '"medium"', '"high"', '"critical"']],
    ["events | where finding.class has ^", ['"sqli"', '"nosqli"', '"xss"', '"cmdi"', '"code"']],
    ["events | where timestamp > ^", ["ago(", "datetime("]],
    ["events | summarize perc^", ["percentile(", "percentiles("]],
    ["events | summarize count() b^", ["by"]],
    ['events | where url.path == "ab^', []],
  ])("%s", (marked, expected) => {
    expect(at(marked, expected.length || 5)).toEqual(expected);
  });

  it("replace the word at the cursor and nothing else", () => {
    const [first] = complete("events | where service.na == 1", 25);
    expect(first).toMatchObject({ kind: "field", text: "service.name", replace: { start: 15, end: 25 } });
  });
});
