import { describe, expect, it } from "vitest";
import { batchOf } from "../../test/support/watched-batch.ts";
import { readCheckpoint } from "../detect/checkpoint.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { DEFAULT_LIMITS } from "../detect/engine.ts";
import { FACT_STRIDE } from "../fact.ts";
import { openNetworks } from "../normalize/networks.ts";
import { settingsRecord } from "./settings-record.ts";
import { createWatch } from "./watch.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2, 10);
const networks = openNetworks({ folder: "none" });

const attack = () =>
  batchOf(START, [START, START + 1000], "id=1%27%20UNION%20SELECT%20username,password%20FROM%20users--");
const watched = () => createWatch({ detectors: DETECTORS, limits: DEFAULT_LIMITS, networks });

describe("the watch", () => {
  it("gives an incident again until it is on record", () => {
    const watch = watched();
    watch.accept(attack());
    const [first] = watch.changes().incidents;
    expect(first?.incident.categories).toEqual(["injection"]);
    expect(watch.changes().incidents).toEqual([first]);
    if (first !== undefined) watch.recorded(first);
    expect(watch.changes().incidents).toEqual([]);
  });

  it("reads facts of a journal that an older version wrote, whose rows are shorter", () => {
    const batch = attack();
    const rows = new Float64Array(batch.facts.buffer);
    const older = 24;
    const facts = new Float64Array(batch.events * older);
    for (let event = 0; event < batch.events; event++)
      facts.set(rows.subarray(event * FACT_STRIDE, event * FACT_STRIDE + older), event * older);
    const [now, then] = [watched(), watched()];
    now.accept(batch);
    then.accept({ ...batch, facts: new Uint8Array(facts.buffer) });
    expect(then.changes()).toEqual(now.changes());
    expect(then.engine.verdicts.map(({ category, events }) => [category, events])).toEqual([
      ["injection", 2],
    ]);
  });

  it("lets recorded incidents go two days after they are over", () => {
    const watch = watched();
    watch.accept(attack());
    for (const change of watch.changes().incidents) watch.recorded(change);
    const later = START + 72 * HOUR;
    watch.accept(batchOf(later, [later, later + 1000], "id=1"));
    for (const change of watch.changes().incidents) watch.recorded(change);
    watch.changes();
    expect(watch.engine.verdicts.filter(({ category }) => category === "injection")).toEqual([]);
  });

  it("gives what is expected as facts, again until they are on record", () => {
    const watch = watched();
    watch.accept(attack());
    const exception = {
      id: "e1",
      entity: { type: "client.address" as const, value: "192.0.2.0/24" },
      reason: "ours",
    };
    watch.expect([exception]);
    const { incidents, expected } = watch.changes();
    expect(incidents).toEqual([]);
    expect(expected.map(({ severity, exception: by }) => [severity, by?.id])).toEqual([["info", "e1"]]);
    expect(watch.hidden).toEqual(new Map([["e1", 1]]));
    expect(watch.changes().expected).toEqual(expected);
    watch.recordedExpected(expected);
    expect(watch.changes().expected).toEqual([]);
    watch.expect([]);
    for (const change of watch.changes().incidents) watch.recorded(change);
    watch.expect([exception]);
    expect(watch.changes().expected).toEqual(expected);
    watch.expect([]);
    expect(watch.changes().incidents.map(({ incident }) => incident.categories)).toEqual([["injection"]]);
  });

  it("applies settings where they stand among the events, and keeps what it knows", () => {
    const watch = watched();
    const off = settingsRecord({ injection: { enabled: false, thresholds: {} } });
    watch.accept(off);
    watch.accept(attack());
    expect(watch.engine.verdicts).toEqual([]);
    watch.accept(settingsRecord({ injection: { enabled: true, thresholds: { certainty: 0.9 } } }));
    watch.accept(attack());
    const read = readCheckpoint(watch.engine.save(), DETECTORS);
    expect(read.ok && read.state.settings).toEqual({
      injection: { enabled: true, thresholds: { certainty: 0.9 } },
    });
    const [verdict] = watch.engine.verdicts;
    expect(verdict).toMatchObject({ threshold: 0.9, line: "certainty", origin: "set" });
    expect(verdict && watch.engine.explain(verdict)).toContain(
      '"certainty" is 0.9 here, and 0.8 as published',
    );
    expect(watch.events).toBe(4);
  });

  it("lets facts that no incident has go with the rest", () => {
    const watch = watched();
    watch.expect([{ id: "e1", detector: "injection", reason: "ours" }]);
    watch.accept(attack());
    watch.recordedExpected(watch.changes().expected);
    const later = START + 72 * HOUR;
    watch.accept(batchOf(later, [later, later + 1000], "id=1"));
    watch.changes();
    watch.changes();
    expect(watch.engine.verdicts.filter(({ category }) => category === "injection")).toEqual([]);
  });

  it("is not hurried by a clock that runs years ahead", () => {
    const watch = watched();
    watch.accept(attack());
    for (const change of watch.changes().incidents) watch.recorded(change);
    watch.accept(batchOf(START + HOUR, [Date.UTC(2099, 0, 1)], "id=1"));
    expect(watch.newest).toBe(START + 1000);
    watch.changes();
    expect(watch.engine.verdicts.filter(({ category }) => category === "injection")).toHaveLength(1);
  });
});
