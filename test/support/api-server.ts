/** A server on loopback with its store in a temporary folder, and those who ask it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import type { Scope } from "../../src/http/access/principal.ts";
import { addKey, newSecret } from "../../src/http/keys.ts";
import { type Server, startServer } from "../../src/server.ts";
import { fitsItsSchema } from "./fits-its-schema.ts";

export const INGEST_KEY = "an-ingest-key-for-tests";
export const PASSWORD = "correct horse battery";

export interface TestServer extends Server {
  /** Moves the server's clock. */
  pass(milliseconds: number): void;
  readonly logged: readonly string[];
  stop(): Promise<void>;
}

export async function openServer(start: number, settings: Record<string, unknown> = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-api-"));
  const options = { data: folder, port: 0, threads: 1, ingest_key: INGEST_KEY, ...settings };
  const logged: string[] = [];
  let passed = 0;
  const server = await startServer(
    readConfig({ environment: {}, options }),
    (level, message, detail) => logged.push(JSON.stringify({ level, message, ...detail })),
    () => start + passed,
  );
  return {
    ...server,
    logged,
    pass(milliseconds) {
      passed += milliseconds;
    },
    async stop() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface Asked {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly headers: Headers;
}

/** Somebody who asks: with a key, with a session, or with neither. */
export interface Asker {
  readonly name: string;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Asked>;
}

export function asker(server: Server, name: string, own: Record<string, string> = {}): Asker {
  return {
    name,
    async ask(method, path, body, headers = {}) {
      const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
      const answer = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { ...own, ...json, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = answer.headers.get("content-type")?.includes("json") === true;
      const parsed: unknown = isJson ? JSON.parse(text) : undefined;
      fitsItsSchema(server.routes, method, path, answer.status, parsed);
      return { status: answer.status, text, headers: answer.headers, body: parsed };
    },
  };
}

/** Signs in by what an answer to /setup or /session gave. */
export function signedIn(server: Server, name: string, { headers, body }: Asked): Asker {
  const cookie = headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  const { csrf } = body as { csrf: string };
  return asker(server, name, { cookie, "x-csrf-token": csrf });
}

/** The first administrator, through the link that the server gave. */
export async function setUp(server: Server): Promise<Asker> {
  const token = server.setupLink?.split("#")[1];
  const answer = await asker(server, "nobody").ask("POST", "/setup", {
    token,
    name: "root",
    password: PASSWORD,
  });
  return signedIn(server, "admin", answer);
}

/** Somebody whom an administrator invites. */
export async function invite(
  server: Server,
  admin: Asker,
  user: { name: string; role: string; services: readonly string[] | null },
): Promise<Asker> {
  const { token } = (await admin.ask("POST", "/users", user)).body as { token: string };
  const answer = await asker(server, user.name).ask("POST", "/setup", { token, password: PASSWORD });
  return signedIn(server, user.name, answer);
}

export async function withKey(
  server: Server,
  name: string,
  scopes: readonly Scope[],
  services?: readonly string[],
): Promise<Asker> {
  const secret = newSecret("api");
  const key = {
    kind: "api" as const,
    name,
    scopes,
    by: "test",
    ...(services === undefined ? {} : { services }),
  };
  await addKey(server.live.records.access, secret, key, 0);
  return asker(server, name, { authorization: `Bearer ${secret}` });
}

export async function send(server: Server, events: readonly object[]): Promise<void> {
  await fetch(`${server.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${INGEST_KEY}` },
    body: events.map((event) => JSON.stringify(event)).join("\n"),
  });
  await server.live.settle();
}
