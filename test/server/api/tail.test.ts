/** The live tail: events as they come in, to those who may see them, and a word when some were left out. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTails } from "../../../src/explore/tails.ts";
import { addKey, newSecret } from "../../../src/http/keys.ts";
import { openServer, send, type TestServer } from "../../support/api-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openServer(Date.UTC(2026, 2, 3));
});
afterAll(() => server.stop());

interface Message {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Follows until so many messages have come. */
async function follow(query: string, services: readonly string[] | undefined, count: number) {
  const secret = newSecret("api");
  const key = { kind: "api" as const, name: "tail", scopes: ["events:read"], by: "test" };
  const { access } = server.live.records;
  await addKey(access, secret, { ...key, ...(services === undefined ? {} : { services }) }, 0);
  const stop = new AbortController();
  const answer = await fetch(`${server.url}/api/v1/events/tail?query=${encodeURIComponent(query)}`, {
    headers: { authorization: `Bearer ${secret}` },
    signal: stop.signal,
  });
  const messages = (async () => {
    const found: Message[] = [];
    let text = "";
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
        const [, event, data] = /^event: (.*)\n(?:id: .*\n)?data: (.*)$/.exec(text.slice(0, end)) ?? [];
        if (event !== undefined && data !== undefined) found.push({ event, data: JSON.parse(data) });
        text = text.slice(end + 2);
      }
      if (found.length >= count) break;
    }
    stop.abort();
    return found;
  })();
  return { answer, messages };
}

const event = (service: string, path: string, status = 200) => ({
  timestamp: "2026-03-03T00:00:00Z",
  "service.name": service,
  "url.path": path,
  "http.response.status_code": status,
});

describe("GET /events/tail", () => {
  it("gives what its filter keeps, as it comes in", async () => {
    const tail = await follow('events | where status >= 500 and url.path startswith "/t"', undefined, 2);
    expect(tail.answer.headers.get("content-type")).toBe("text/event-stream");
    await send(server, [event("shop", "/t1", 500), event("shop", "/t2"), event("shop", "/u", 500)]);
    await send(server, [event("shop", "/t3", 503)]);
    expect((await tail.messages).map(({ event: kind, data }) => [kind, data["url.path"]])).toEqual([
      ["event", "/t1"],
      ["event", "/t3"],
    ]);
  });

  it("gives nothing of a service that may not be seen", async () => {
    const tail = await follow("events", ["shop"], 2);
    await send(server, [event("billing", "/b1"), event("shop", "/s1"), event("billing", "/b2")]);
    await send(server, [event("shop", "/s2")]);
    expect((await tail.messages).map(({ data }) => data["url.path"])).toEqual(["/s1", "/s2"]);
  });

  it("takes no step that needs all events", async () => {
    const { answer } = await follow("events | summarize count()", undefined, 1).catch((error) => error);
    expect(answer.status).toBe(400);
  });
});

describe("watchers", () => {
  const batchOf = async (count: number) => {
    let batch: Parameters<ReturnType<typeof createTails>["accept"]>[0] | undefined;
    const stop = server.live.onBatch((each) => {
      batch = each;
    });
    await send(
      server,
      Array.from({ length: count }, (_, i) => event("shop", `/w${i}`)),
    );
    stop();
    if (batch === undefined) throw new Error("no batch came");
    return batch;
  };

  it("lose the newest when they are slow, and learn how many", async () => {
    const tails = createTails({ watchers: 2, queue: 3, bytes: 1e6, batchMs: 1_000 });
    const slow = tails.watch(() => true);
    const choosy = tails.watch(({ "url.path": path }) => path === "/w4");
    tails.accept(await batchOf(5));
    const { events, dropped } = await slow.next(0);
    expect([events.map((each) => each.event["url.path"]), dropped]).toEqual([["/w0", "/w1", "/w2"], 2]);
    expect(await choosy.next(0)).toMatchObject({ events: [{ event: { "url.path": "/w4" } }], dropped: 0 });
    expect(await slow.next(0)).toEqual({ events: [], dropped: 0 });
  });

  it("are so many at most", () => {
    const tails = createTails({ watchers: 1, queue: 3, bytes: 1e6, batchMs: 1_000 });
    const first = tails.watch(() => true);
    expect(() => tails.watch(() => true)).toThrow(/follow events already/);
    first.close();
    expect(tails.watching).toBe(0);
  });
});

describe("a stream", () => {
  it("ends when the server closes", async () => {
    const { answer } = await follow("events", undefined, Number.POSITIVE_INFINITY);
    expect(answer.status).toBe(200);
    const head = await fetch(`${server.url}/api/v1/events/tail`, { method: "HEAD" });
    expect(head.status).toBe(404);
    // afterAll would wait for ever.
  });
});
