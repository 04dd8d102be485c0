import { describe, expect, it } from "vitest";
import { DETECTORS } from "../detect/detectors.ts";
import { DEFAULT_LIMITS } from "../detect/engine.ts";
import { openNetworks } from "../normalize/networks.ts";
import { createLiveFront } from "./front.ts";
import { createWatch, type WatchedBatch } from "./watch.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2, 10);
const networks = openNetworks({ folder: "none" });
const front = createLiveFront(networks);

/** A batch that arrived at `arrived`, with one request for each time. */
function batchOf(arrived: number, times: readonly number[], query: string): WatchedBatch {
  const lines = times.map((time) =>
    JSON.stringify({
      timestamp: time,
      "client.address": "192.0.2.7",
      "http.request.method": "GET",
      "url.path": "/items",
      "url.query": query,
      "http.response.status_code": 403,
    }),
  );
  const batch = BigInt(arrived) << 20n;
  const { facts, payload } = front({
    choice: {
      format: "vedette",
      envelope: "none",
      options: { zoneMinutes: 0, newest: arrived },
      records: "lines",
      fallbacks: [],
    },
    bytes: new Uint8Array(Buffer.from(lines.join("\n"))),
    batch,
    observed: arrived,
    file: "",
    service: "shop",
    services: undefined,
    trustedProxies: [],
  });
  return { batch, key: "", facts: new Uint8Array(facts.buffer), payload };
}

const attack = () =>
  batchOf(START, [START, START + 1000], "id=1%27%20UNION%20SELECT%20username,password%20FROM%20users--");
const watched = () => createWatch({ detectors: DETECTORS, limits: DEFAULT_LIMITS, networks });

describe("the watch", () => {
  it("gives an incident again until it is on record", () => {
    const watch = watched();
    watch.accept(attack());
    const [first] = watch.changes();
    expect(first?.incident.categories).toEqual(["injection"]);
    expect(watch.changes()).toEqual([first]);
    if (first !== undefined) watch.recorded(first);
    expect(watch.changes()).toEqual([]);
  });

  it("lets recorded incidents go two days after they are over", () => {
    const watch = watched();
    watch.accept(attack());
    for (const change of watch.changes()) watch.recorded(change);
    const later = START + 72 * HOUR;
    watch.accept(batchOf(later, [later, later + 1000], "id=1"));
    for (const change of watch.changes()) watch.recorded(change);
    watch.changes();
    expect(watch.engine.verdicts.filter(({ category }) => category === "injection")).toEqual([]);
  });

  it("is not hurried by a clock that runs years ahead", () => {
    const watch = watched();
    watch.accept(attack());
    for (const change of watch.changes()) watch.recorded(change);
    watch.accept(batchOf(START + HOUR, [Date.UTC(2099, 0, 1)], "id=1"));
    expect(watch.newest).toBe(START + 1000);
    watch.changes();
    expect(watch.engine.verdicts.filter(({ category }) => category === "injection")).toHaveLength(1);
  });
});
