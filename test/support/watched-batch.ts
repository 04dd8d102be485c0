/** Batches as the journal gives them to an engine. */
import { createLiveFront } from "../../src/live/front.ts";
import type { WatchedBatch } from "../../src/live/watch.ts";
import { openNetworks } from "../../src/normalize/networks.ts";

const front = createLiveFront(openNetworks({ folder: "none" }));

/** A batch that arrived at `arrived`, with one request for each time. */
export function batchOf(
  arrived: number,
  times: readonly number[],
  query: string,
  client = "192.0.2.7",
  service = "shop",
): WatchedBatch {
  const lines = times.map((time) =>
    JSON.stringify({
      timestamp: time,
      "client.address": client,
      "http.request.method": "GET",
      "url.path": "/items",
      "url.query": query,
      "http.response.status_code": 403,
    }),
  );
  return batchOfLines(lines, arrived, service);
}

/** A batch of events, one JSON document a line, that arrived at `arrived`. */
export function batchOfLines(lines: readonly string[], arrived: number, service = "shop"): WatchedBatch {
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
    service,
    services: undefined,
    trustedProxies: [],
  });
  return { batch, key: "", events: lines.length, facts: new Uint8Array(facts.buffer), payload };
}
