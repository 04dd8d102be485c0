/**
 * ClickHouse's HTTP interface in front of chDB, as much of it as the client uses: the way to a server behind a URL
 * is then tested where no server can be installed. The query may come in the URL with its data as the body.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ClickHouseHttp {
  readonly url: string;
  close(): Promise<void>;
}

/** Of the protocol, not of the engine. */
const NOT_SETTINGS: ReadonlySet<string> = new Set([
  "query",
  "database",
  "default_format",
  "query_id",
  "session_id",
]);
const HTTP_ONLY = /^(?:wait_end_of_query|send_progress|http_|enable_http|role$|client_protocol)/;

export async function serveClickHouse(): Promise<ClickHouseHttp> {
  const { Session } = await import("chdb");
  const folder = mkdtempSync(join(tmpdir(), "vedette-clickhouse-"));
  const open = new Session(join(folder, "data"));
  let turn: Promise<unknown> = Promise.resolve();

  async function run(url: URL, body: Buffer): Promise<Uint8Array> {
    // Each request is a session of its own: settings of one are not those of the next.
    const session = new Session(join(folder, "data"));
    try {
      const database = url.searchParams.get("database");
      if (database) session.query(`USE ${database}`);
      const given: Record<string, string> = {};
      const settings: string[] = [];
      for (const [name, value] of url.searchParams) {
        if (name.startsWith("param_")) given[name.slice(6)] = unescaped(value);
        else if (!NOT_SETTINGS.has(name) && !HTTP_ONLY.test(name)) settings.push(`${name} = '${value}'`);
      }
      if (settings.length > 0) session.query(`SET ${settings.join(", ")}`);
      const inUrl = url.searchParams.get("query");
      if (inUrl === null) return await ask(session, body.toString(), given);
      const file = join(folder, "body");
      writeFileSync(file, body);
      return await ask(
        session,
        inUrl.replace(/ FORMAT (\w+)\s*$/, ` FROM INFILE '${file}' FORMAT $1`),
        given,
      );
    } finally {
      session.close();
    }
  }

  const server = createServer((request, response) => {
    turn = turn.then(async () => {
      try {
        const answer = await run(new URL(request.url ?? "/", "http://localhost"), await bodyOf(request));
        response.end(answer);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        response.statusCode = 500;
        response.end(
          message.startsWith("Code:") ? message : `Code: 1002. DB::Exception: ${message} (UNKNOWN)`,
        );
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/vedette_test`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Values travel in ClickHouse's escaped form, as in TabSeparated. */
function unescaped(value: string): string {
  const named: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "0": "\0" };
  return value.replace(/\\([\s\S])/g, (_, letter: string) => named[letter] ?? letter);
}

interface Asked {
  bytes(): Uint8Array;
}
interface Asking {
  queryAsync(sql: string): Promise<Asked>;
  queryBindAsync(sql: string, parameters: object): Promise<Asked>;
}

async function ask(
  session: Asking,
  sql: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  if (Object.keys(parameters).length === 0) return (await session.queryAsync(sql)).bytes();
  return (await session.queryBindAsync(sql, parameters)).bytes();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
