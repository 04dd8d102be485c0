import { describe, expect, it } from "vitest";
import { detectionOf, incidentOf } from "../../../test/support/records-suite.ts";
import type { Detection } from "../../event.ts";
import { foresee, proposalsFor, type RecordedIncident } from "./foresee.ts";

const incident = incidentOf("i-1", 0);
const own: Detection = detectionOf(incident, "shop");
const recorded = (...detections: readonly Partial<Detection>[]): RecordedIncident => ({
  incident,
  detections: detections.map((change, i) => ({ ...own, id: `d-${i}`, ...change })),
});

describe("foreseeing what an exception hides", () => {
  it("counts incidents that would have no alarm left, and detections in any", () => {
    const two = recorded({}, { detector: "injection" });
    const facts = recorded({ severity: "info" });
    const [narrow, wide] = foresee(
      [{ detector: "probing" }, { entity: own.entity }],
      [recorded({}), two, facts],
    );
    expect([narrow?.incidents, narrow?.detections]).toEqual([1, 2]);
    expect([wide?.incidents, wide?.detections]).toEqual([2, 3]);
  });

  it("vouches for a campaign only when every member is known and within", () => {
    const scope = { entity: { type: "client.address" as const, value: "203.0.113.0/24" } };
    const entity = { type: "campaign" as const, value: "3 addresses" };
    const members = ["203.0.113.1", "203.0.113.2", "203.0.113.3"];
    const hides = (change: Partial<Detection>) =>
      foresee([scope], [recorded({ entity, ...change })])[0]?.incidents;
    expect(hides({ members, member_count: 3 })).toBe(1);
    expect(hides({ members, member_count: 4 })).toBe(0);
    expect(hides({ members: [...members, "192.0.2.1"], member_count: 4 })).toBe(0);
  });
});

describe("proposals", () => {
  it("go from the narrowest to the broadest, by the gravest alarm, and name no campaign", () => {
    const { entity, target } = own;
    expect(proposalsFor(recorded({ detector: "scanner", severity: "low" }, {}))).toEqual([
      { detector: "probing", entity, ...target },
      { detector: "probing", entity, service: "shop" },
      { entity },
    ]);
    expect(proposalsFor(recorded({ entity: { type: "campaign", value: "3 addresses" } }))).toEqual([
      { detector: "probing", ...target },
      { detector: "probing", service: "shop" },
    ]);
    expect(proposalsFor(recorded({ severity: "info" }))).toEqual([]);
  });
});
