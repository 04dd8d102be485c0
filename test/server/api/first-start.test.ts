/** The first start: what the one-time link does on servers that nobody has set up yet. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { asker, openServer, PASSWORD, type TestServer } from "../../support/api-server.ts";

const HOUR = 3_600_000;
let server: TestServer | undefined;
async function open(settings: Record<string, unknown> = {}): Promise<TestServer> {
  server = await openServer(Date.UTC(2026, 2, 3), settings);
  return server;
}
afterEach(() => server?.stop());

describe("the first set-up link", () => {
  it("ends after a day", async () => {
    const late = await open();
    late.pass(25 * HOUR);
    const body = { token: late.setupLink?.split("#")[1], name: "eve", password: PASSWORD };
    expect((await asker(late, "nobody").ask("POST", "/setup", body)).status).toBe(410);
  });

  it("makes one user when two come at once", async () => {
    const fresh = await open();
    const token = fresh.setupLink?.split("#")[1];
    const both = await Promise.all(
      ["ann", "eve"].map((name) =>
        asker(fresh, name).ask("POST", "/setup", { token, name, password: PASSWORD }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect(await fresh.live.records.access.users()).toHaveLength(1);
  });
});

it("tells its key, also when a start before it found the port taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const data = mkdtempSync(join(tmpdir(), "vedette-first-"));
  const { port } = other.address() as AddressInfo;
  await expect(open({ data, port, ingest_key: undefined })).rejects.toMatchObject({ code: "ADDRESS_IN_USE" });
  other.close();
  const fresh = await open({ data, ingest_key: undefined });
  const sent = await fetch(`${fresh.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${fresh.newKey}` },
    body: '{"url.path":"/orders/1","http.request.method":"GET","http.response.status_code":200}',
  });
  expect(sent.status).toBe(202);
  await fresh.stop();
  server = undefined;
  rmSync(data, { recursive: true });
});

describe("behind a proxy that ends TLS", () => {
  it("cookies are bound to the host and to TLS, and addresses are those of clients", async () => {
    const proxied = await open({
      behind_proxy: true,
      public_url: "https://vedette.example.org",
    });
    expect(proxied.setupLink).toMatch(/^https:\/\/vedette\.example\.org\/setup#[\w-]{43}$/);
    const answer = await asker(proxied, "ann").ask(
      "POST",
      "/setup",
      { token: proxied.setupLink?.split("#")[1], name: "ann", password: PASSWORD },
      {
        origin: "https://vedette.example.org",
        "x-forwarded-proto": "https",
        "x-forwarded-for": "203.0.113.9",
      },
    );
    expect(answer.headers.get("set-cookie")).toMatch(/^__Host-vedette=[\w-]{43}; .*; Secure$/);
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=15768000");
    const [entry] = await proxied.live.records.audit.read({ limit: 1 });
    expect(entry).toMatchObject({ actor: "user:ann", action: "session.start", address: "203.0.113.9" });
  });
});
