/** The store of events behind a URL: a server that VEDETTE_CLICKHOUSE_URL names, or chDB behind HTTP. */
import { afterAll, afterEach, describe } from "vitest";
import { HAS_CHDB } from "../../test/support/chdb.ts";
import { type ClickHouseHttp, serveClickHouse } from "../../test/support/clickhouse-http.ts";
import { eventStoreSuite } from "../../test/support/event-store-suite.ts";
import type { EventStore } from "./contract.ts";
import { openEventStore } from "./event-store.ts";

const given = process.env.VEDETTE_CLICKHOUSE_URL;
let server: ClickHouseHttp | undefined;
let store: EventStore | undefined;
let count = 0;

afterEach(async () => {
  await store?.close();
  store = undefined;
});
afterAll(async () => {
  await server?.close();
});

describe.skipIf(given === undefined && !HAS_CHDB)("behind a URL", () => {
  eventStoreSuite(async (again) => {
    await store?.close();
    if (given === undefined) server ??= await serveClickHouse();
    if (again === undefined) count++;
    const url = `${given ?? server?.url}_${process.pid}_${count}`;
    store = await openEventStore({ place: { url }, limits: { seconds: 1, resultRows: 10_000 } });
    return store;
  });
});
