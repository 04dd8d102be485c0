import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent } from "../event.ts";
import { type Identity, identityKeys, resolveIdentity } from "./identity.ts";

function identify(fields: Partial<ApiEvent>): ApiEvent & Identity {
  const event = { ...emptyEvent(), ...fields };
  const identity: Identity = { userKey: 0, credentialKey: 0, sessionKey: 0 };
  resolveIdentity(event);
  identityKeys(event, identity);
  return { ...event, ...identity };
}

const jwt = (claims: object) =>
  `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

describe("who a request speaks for", () => {
  it("is the subject of a JSON Web Token, read without trust", () => {
    const event = identify({
      "http.request.headers": { authorization: `Bearer ${jwt({ sub: "ann", org_id: "acme" })}` },
    });
    expect(event["user.id"]).toBe("ann");
    expect(event["organization.id"]).toBe("acme");
    expect(event["session.id"]).toMatch(/^ses_[0-9a-f]{12}$/);
    expect(event.userKey).toBeGreaterThan(0);
  });

  it("is the user of Basic credentials, and never the password", () => {
    const basic = Buffer.from("ann:hunter2").toString("base64");
    const event = identify({ "http.request.headers": { authorization: `Basic ${basic}` } });
    expect(event["user.id"]).toBe("ann");
    expect(JSON.stringify(event)).not.toContain('hunter2"');
  });

  it("is the fingerprint of an API key in a header, a query or an opaque bearer token", () => {
    const key = "sk-4711-very-secret";
    const inHeader = identify({ "http.request.headers": { "x-api-key": key } });
    const inQuery = identify({ "url.query": `page=1&api_key=${key}` });
    const bearer = identify({ "http.request.headers": { authorization: `Bearer ${key}` } });
    expect(inHeader["api_key.fingerprint"]).toMatch(/^key_[0-9a-f]{12}$/);
    expect(inQuery["api_key.fingerprint"]).toBe(inHeader["api_key.fingerprint"]);
    expect(bearer["api_key.fingerprint"]).toBe(inHeader["api_key.fingerprint"]);
    expect(inHeader.credentialKey).toBe(inQuery.credentialKey);
  });

  it("is the session cookie when there is nothing better", () => {
    const event = identify({ "http.request.headers": { cookie: "theme=dark; PHPSESSID=abcdefgh12345678" } });
    expect(event["session.id"]).toMatch(/^ses_/);
    expect(event.userKey).toBe(0);
    expect(event.credentialKey).toBeGreaterThan(0);
  });

  it("is what the log itself names, before any header", () => {
    const event = identify({
      "user.id": "bob",
      "http.request.headers": { authorization: `Bearer ${jwt({ sub: "ann" })}` },
    });
    expect(event["user.id"]).toBe("bob");
  });

  it.each([
    "Bearer eyJhbGci.!!!.x",
    "Bearer ",
    "Basic ",
    "Basic %%%",
    "x",
    "Bearer eyJ.eyJ.",
    `Bearer ${jwt([1, 2])}`,
  ])("does not stumble over %s", (authorization) => {
    expect(() => identify({ "http.request.headers": { authorization } })).not.toThrow();
  });
});
