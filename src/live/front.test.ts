/** What the engine is told live, it is told again of the stored event: a replay says what was said then. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFact, FACT_FLAG, FACT_STRIDE, type Fact, noteFindings, readFact } from "../fact.ts";
import { payloadKey } from "../normalize/key.ts";
import { openNetworks } from "../normalize/networks.ts";
import { createFactReader } from "../normalize/normalize.ts";
import { countryAt, systemAt } from "../normalize/place.ts";
import { decodeEvents } from "../store/events/decode-events.ts";
import { createLiveFront } from "./front.ts";

const folder = join(import.meta.dirname, "../../dist/geo");
const START = Date.UTC(2026, 2, 2, 10);
const BATCH = BigInt(START) << 20n;

const LINES = [
  { "url.path": "/orders/17", "client.address": "8.8.8.8" },
  { "url.path": "/orders/17", "client.address": "8.8.8.8", "user.id": "ann", "session.id": "s-0123456789" },
  { "url.path": "/login", "client.address": "2001:4860:4860::8888", "http.request.method": "POST" },
  { "url.path": "/me/email", "client.address": "10.1.2.3", "user.id": "ann", "http.request.method": "PUT" },
  {
    "url.path": "/api/admin/keys",
    "client.address": "1.1.1.1",
    "http.request.headers": {
      cookie: "sid=abcdefgh12345678",
      "x-api-key": "sk-4711-very-secret",
      "accept-language": "de",
      accept: "*/*",
    },
  },
].map((fields, i) => ({
  timestamp: START + i,
  "user_agent.original": "curl/8.9.1",
  "http.response.status_code": 200,
  ...fields,
}));

describe.skipIf(!existsSync(folder))("the facts of live events", () => {
  const front = createLiveFront(openNetworks({ folder }));
  const { events, facts, payload } = front({
    choice: {
      format: "vedette",
      envelope: "none",
      options: { zoneMinutes: 0, newest: START },
      records: "lines",
      fallbacks: [],
    },
    bytes: new Uint8Array(Buffer.from(LINES.map((line) => JSON.stringify(line)).join("\n"))),
    batch: BATCH,
    observed: START,
    file: "",
    service: "shop",
    services: undefined,
    trustedProxies: [],
  });
  const live = Array.from({ length: events }, (_, row): Fact => {
    const fact = emptyFact();
    readFact(facts, row, fact);
    return fact;
  });

  it("are those of the stored events, whose route is a column", () => {
    expect(facts.length).toBe(LINES.length * FACT_STRIDE);
    const stored = decodeEvents(payload, BATCH);
    const read = createFactReader();
    for (const [row, fact] of live.entries()) {
      const again = emptyFact();
      read(stored.event(row), again);
      noteFindings(again, stored.findings(row), payloadKey);
      const { line, offset, length } = fact;
      // A stored event names its route; where it stood in the batch is nothing to it.
      const flags = fact.flags | FACT_FLAG.ROUTE_GIVEN;
      expect(again).toEqual({ ...fact, flags, line: 0, offset: 0, length: 0 });
      expect([line, offset < length * LINES.length]).toEqual([row, true]);
    }
  });

  it("tell the device and the place of who names somebody or logs in, and of nobody else", () => {
    const places = live.map(({ placeKey }) => [countryAt(placeKey), systemAt(placeKey)]);
    expect(places).toEqual([
      [undefined, undefined],
      ["US", 15169],
      ["US", 15169],
      [undefined, undefined],
      [expect.any(String), 13335],
    ]);
    expect(live.map(({ deviceKey }) => deviceKey !== 0)).toEqual([false, true, true, true, true]);
    const [, known, login, , other] = live;
    expect(login?.deviceKey).toBe(known?.deviceKey);
    expect(other?.deviceKey).not.toBe(known?.deviceKey);
  });

  it("keep the session apart from the API key that comes with it", () => {
    const [, session, , , both] = live;
    expect(session?.credentialKey).toBe(session?.sessionKey);
    expect(both?.sessionKey).toBeGreaterThan(0);
    expect(both?.credentialKey).not.toBe(both?.sessionKey);
  });
});
