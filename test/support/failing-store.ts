/** A ClickHouse server behind a URL that can be made to fail in the ways in which servers do. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serveClickHouse } from "./clickhouse-http.ts";

/** `refuse`: nobody listens. `hang`: connections are taken and never answered. `error`: 500 to everything. */
export type Failure = "none" | "refuse" | "hang" | "error";

export interface FailingStore {
  readonly url: string;
  fail(how: Failure): Promise<void>;
  close(): Promise<void>;
}

export async function serveFailingStore(): Promise<FailingStore> {
  const real = await serveClickHouse();
  const target = new URL(real.url);
  let failure: Failure = "none";

  function answer(asked: IncomingMessage, reply: ServerResponse): void {
    if (failure === "hang") return;
    if (failure === "error") {
      asked.resume();
      reply.writeHead(500).end("Code: 1002. DB::Exception: it is told to fail (UNKNOWN)");
      return;
    }
    const { method, url, headers } = asked;
    const passed = request(
      { host: target.hostname, port: target.port, path: url, method, headers },
      (came) => {
        reply.writeHead(came.statusCode ?? 500, came.headers);
        came.pipe(reply);
      },
    );
    passed.on("error", () => reply.destroy());
    asked.pipe(passed);
  }

  const server = createServer(answer);
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const shut = async () => {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    async fail(how) {
      if (server.listening && how === "refuse") await shut();
      // Whoever hangs is let go, as by a server that starts again.
      else server.closeAllConnections();
      failure = how;
      if (!server.listening && how !== "refuse") await listen(port);
    },
    async close() {
      if (server.listening) await shut();
      await real.close();
    },
  };
}
