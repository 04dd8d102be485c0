/** Coming in: the set-up link, signing in, sessions, lockout, protection against other sites, keys. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Asker,
  asker,
  invite,
  openServer,
  PASSWORD,
  setUp,
  signedIn,
  type TestServer,
} from "../../support/api-server.ts";

const HOUR = 3_600_000;
let server: TestServer;
let nobody: Asker;
let admin: Asker;

beforeAll(async () => {
  server = await openServer(Date.UTC(2026, 2, 3));
  nobody = asker(server, "nobody");
  admin = await setUp(server);
});
afterAll(() => server.stop());

const signIn = (name: string, password = PASSWORD) => nobody.ask("POST", "/session", { name, password });

describe("the set-up link", () => {
  it("works once", async () => {
    const token = server.setupLink?.split("#")[1];
    const again = await nobody.ask("POST", "/setup", { token, name: "eve", password: PASSWORD });
    expect(again.body).toMatchObject({ status: 410, code: "INVITATION_OVER" });
    expect((await admin.ask("GET", "/session")).body).toMatchObject({ actor: "user:root", role: "admin" });
  });

  it("opens a page that runs nothing but its own script", async () => {
    const page = await fetch(`${server.url}/setup`, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("<title>Vedette</title>");
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
  });

  it("asks for a password of twelve characters", async () => {
    const { token } = (await admin.ask("POST", "/users", { name: "short", role: "viewer" })).body as {
      token: string;
    };
    const answer = await nobody.ask("POST", "/setup", { token, password: "tooshort" });
    expect(answer.body).toMatchObject({ status: 400, input: "body.password" });
  });
});

describe("signing in", () => {
  it("gives a cookie that scripts and other sites do not get", async () => {
    const { headers, status } = await signIn("root");
    expect(status).toBe(201);
    expect(headers.get("set-cookie")).toMatch(
      /^vedette=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    );
  });

  it("keeps only hashes of tokens and passwords", async () => {
    const { headers } = await signIn("root");
    const token = /=([\w-]{43});/.exec(headers.get("set-cookie") ?? "")?.[1] ?? "";
    const { access } = server.live.records;
    const user = await access.userNamed("root");
    const kept = JSON.stringify([user, await access.sessionsOf(user?.id ?? "")]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(PASSWORD);
    expect(user?.passwordHash).toMatch(/^scrypt\$32768\$8\$3\$/);
  });

  it("says the same of a wrong name and of a wrong password", async () => {
    const [name, password] = await Promise.all([signIn("nobody-here"), signIn("root", "wrong password")]);
    expect(name?.text).toBe(password?.text);
    expect(name?.body).toMatchObject({ status: 401, code: "SIGN_IN_FAILED" });
    await signIn("root");
  });

  it.each(["ann", "never-was"])("locks %s after wrong passwords, for longer and longer", async (name) => {
    if (name === "ann") await invite(server, admin, { name, role: "viewer", services: null });
    for (let i = 0; i < 5; i++) {
      expect((await signIn(name, "wrong password")).status).toBe(401);
      server.pass(5_000 - 5_000 * Math.floor(i / 4));
    }
    const locked = await signIn(name);
    expect([locked.status, locked.headers.get("retry-after")]).toEqual([429, "1"]);
    server.pass(1_000);
    expect((await signIn(name, "wrong password")).status).toBe(401);
    expect((await signIn(name)).headers.get("retry-after")).toBe("2");
    server.pass(2_000);
    expect((await signIn(name)).status).toBe(name === "ann" ? 201 : 401);
    server.pass(60_000);
  });

  it("counts guesses that come at once each", async () => {
    await invite(server, admin, { name: "bob", role: "viewer", services: null });
    server.pass(120_000);
    const many = await Promise.all(Array.from({ length: 10 }, () => signIn("bob", "wrong password")));
    expect(many.map(({ status }) => status).sort()).toEqual([...Array(5).fill(401), ...Array(5).fill(429)]);
    server.pass(120_000);
  });

  it("is asked for so often by one address", async () => {
    const answers: number[] = [];
    for (let i = 0; i < 24; i++)
      answers.push(
        (await nobody.ask("POST", "/setup", { token: "x".repeat(43), password: PASSWORD })).status,
      );
    expect(answers.filter((status) => status === 410).length).toBe(20);
    expect(answers.at(-1)).toBe(429);
    server.pass(300_000);
  });
});

describe("a session", () => {
  it("ends when one signs out", async () => {
    const own = signedIn(server, "root", await signIn("root"));
    expect((await own.ask("GET", "/session")).status).toBe(200);
    const out = await own.ask("DELETE", "/session");
    expect([out.status, out.headers.get("set-cookie")]).toEqual([204, expect.stringContaining("Max-Age=0")]);
    expect((await own.ask("GET", "/session")).status).toBe(401);
  });

  it("ends by itself, unused or old", async () => {
    const idle = signedIn(server, "root", await signIn("root"));
    const used = signedIn(server, "root", await signIn("root"));
    for (let hours = 0; hours < 7 * 24; hours += 6) {
      server.pass(6 * HOUR);
      expect((await used.ask("GET", "/session")).status).toBe(hours + 6 < 7 * 24 ? 200 : 401);
    }
    expect((await idle.ask("GET", "/session")).status).toBe(401);
    admin = signedIn(server, "root", await signIn("root"));
  });

  it("can be seen and ended from another", async () => {
    const other = signedIn(server, "root", await signIn("root"));
    const { sessions } = (await other.ask("GET", "/sessions")).body as {
      sessions: { id: string; current: boolean }[];
    };
    const own = sessions.find(({ current }) => current);
    expect((await admin.ask("DELETE", `/sessions/${own?.id}`)).status).toBe(204);
    expect((await other.ask("GET", "/session")).status).toBe(401);
  });

  it("ends everywhere with another password", async () => {
    const ann = await invite(server, admin, { name: "carl", role: "analyst", services: null });
    const other = signedIn(server, "carl", await signIn("carl"));
    const next = "another good password";
    expect((await ann.ask("PUT", "/password", { current: "not it", next })).status).toBe(401);
    expect((await ann.ask("PUT", "/password", { current: PASSWORD, next })).status).toBe(200);
    expect((await other.ask("GET", "/session")).status).toBe(401);
    expect((await signIn("carl", next)).status).toBe(201);
  });

  it("ends when a user is kept out; one administrator stays", async () => {
    const dora = await invite(server, admin, { name: "dora", role: "analyst", services: null });
    const { users } = (await admin.ask("GET", "/users")).body as { users: { id: string; name: string }[] };
    const idOf = (name: string) => users.find((user) => user.name === name)?.id;
    expect((await admin.ask("PATCH", `/users/${idOf("dora")}`, { disabled: true })).status).toBe(200);
    expect((await dora.ask("GET", "/session")).status).toBe(401);
    expect((await signIn("dora")).status).toBe(401);
    expect((await admin.ask("PATCH", `/users/${idOf("root")}`, { role: "viewer" })).body).toMatchObject({
      status: 400,
      detail: "One administrator must stay",
    });
  });
});

describe("another site", () => {
  const comment = (headers: Record<string, string>) =>
    admin.ask("POST", "/queries", { name: "x", query: "events" }, headers);

  it.each([
    ["says so in Sec-Fetch-Site", { "sec-fetch-site": "cross-site" }],
    ["is a neighbour", { "sec-fetch-site": "same-site" }],
    ["says so in Origin", { origin: "https://evil.example" }],
    ["has no token of the session", { "x-csrf-token": "" }],
    ["has another token", { "x-csrf-token": "a".repeat(43) }],
  ])("changes nothing when it %s", async (_, headers) => {
    expect((await comment(headers)).body).toMatchObject({ status: 403, code: "FORBIDDEN" });
  });

  it("cannot sign anybody in", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    expect((await nobody.ask("POST", "/session", { name: "root", password: PASSWORD }, headers)).status).toBe(
      403,
    );
  });

  it("cannot send a form", async () => {
    const form = { "content-type": "text/plain" };
    expect((await comment(form)).status).toBe(415);
  });

  it("is not this one", async () => {
    const own = { "sec-fetch-site": "same-origin", origin: server.url };
    expect((await comment(own)).status).toBe(201);
  });
});

describe("keys", () => {
  it("are shown once, work within their scopes, and are refused once revoked", async () => {
    const made = await admin.ask("POST", "/keys", {
      kind: "api",
      name: "export",
      scopes: ["events:read"],
      services: ["shop"],
    });
    const { id, secret } = made.body as { id: string; secret: string };
    const key = asker(server, "key", { authorization: `Bearer ${secret}` });
    expect((await key.ask("GET", "/session")).body).toEqual({
      actor: `key:${id}`,
      role: null,
      services: ["shop"],
      scopes: ["events:read"],
      csrf: null,
    });
    expect((await key.ask("GET", "/incidents")).body).toMatchObject({ status: 403, input: "incidents:read" });
    expect((await admin.ask("GET", "/keys")).text).not.toContain(secret);
    expect((await admin.ask("DELETE", `/keys/${id}`)).status).toBe(204);
    expect((await key.ask("GET", "/session")).status).toBe(401);
  });

  it("make no keys and no users", async () => {
    const body = { kind: "api", name: "too much", scopes: ["access:write"] };
    expect((await admin.ask("POST", "/keys", body)).status).toBe(400);
  });

  it("for sending events read nothing", async () => {
    const ingest = asker(server, "ingest", { authorization: "Bearer an-ingest-key-for-tests" });
    expect((await ingest.ask("GET", "/session")).status).toBe(403);
  });
});

describe("every answer", () => {
  it("tells browsers to run, frame and keep nothing", async () => {
    const { headers } = await nobody.ask("GET", "/openapi.json");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("writes no secret into a log", () => {
    expect(server.logged.join("\n")).not.toMatch(new RegExp(`${PASSWORD}|vdt_|setup#`));
  });
});
