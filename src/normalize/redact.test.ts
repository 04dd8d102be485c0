import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyEvent } from "../event.ts";
import { redact, redactQuery, redactText } from "./redact.ts";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

describe("redaction", () => {
  it("takes secrets out of a query by their name and leaves the rest as it was", () => {
    expect(redactQuery("user=ann&password=hunter2&page=2&access_token=abc&X-Amz-Signature=ff00")).toBe(
      "user=ann&password=[redacted]&page=2&access_token=[redacted]&X-Amz-Signature=[redacted]",
    );
    expect(redactQuery("q=a%20b&page=2")).toBe("q=a%20b&page=2");
    expect(redactQuery("p%61ssword=hunter2")).toBe("p%61ssword=[redacted]");
  });

  it("knows secrets by their shape, under any name", () => {
    expect(redactText(`/callback/${JWT}/x`)).toBe("/callback/[redacted]/x");
    expect(redactText("id=AKIAIOSFODNN7EXAMPLE")).toBe("id=[redacted]");
    expect(redactText("https://ann:hunter2@example.org/x")).toBe("https://[redacted]@example.org/x");
  });

  it("finds every shape of secret wherever it stands", () => {
    const secrets = [
      JWT,
      "AKIAIOSFODNN7EXAMPLE",
      "ASIAIOSFODNN7EXAMPLE",
      `AIza${"x".repeat(35)}`,
      `ghp_${"a1".repeat(18)}`,
      "xoxb-1234567890-abc",
      "sk_live_0123456789abcdefg",
      "rk_test_0123456789abcdefg",
      "-----BEGIN RSA PRIVATE KEY-----MIIE",
      "4111-1111-1111-1111",
      "4111111111111111",
      "://ann:hunter2@",
    ];
    const around = fc.string({ unit: "binary", maxLength: 40 }).filter((text) => !/[\w:@/-]/.test(text));
    fc.assert(
      fc.property(around, fc.constantFrom(...secrets), around, (before, secret, after) => {
        const clean = redactText(`${before}, ${secret}, ${after}`) ?? "";
        expect(clean).toContain("[redacted]");
        expect(clean).not.toContain(secret);
      }),
      { numRuns: 2_000 },
    );
  });

  it("masks payment cards that pass the check digit, and no other long number", () => {
    expect(redactText("card 4111 1111 1111 1111 end")).toBe("card [redacted] end");
    expect(redactText("order 4111111111111112")).toBe("order 4111111111111112");
  });

  it("cleans headers, cookies, JSON and form bodies, and keeps what is no secret", () => {
    const event = emptyEvent();
    event["url.path"] = "/login";
    event["http.request.headers"] = {
      authorization: `Bearer ${JWT}`,
      cookie: "sid=abcdef; theme=dark",
      referer: "https://example.org/?token=abc&x=1",
      accept: "*/*",
    };
    event["http.request.body"] = {
      user: "ann",
      password: "hunter2",
      nested: [{ apiKey: "k", note: "fine", remember: true, otp: 123456 }],
    };
    redact(event);
    expect(event["http.request.headers"]).toEqual({
      authorization: "[redacted]",
      cookie: "[redacted]",
      referer: "https://example.org/?token=[redacted]&x=1",
      accept: "*/*",
    });
    expect(event["http.request.body"]).toEqual({
      user: "ann",
      password: "[redacted]",
      nested: [{ apiKey: "[redacted]", note: "fine", remember: true, otp: "[redacted]" }],
    });
    const once = structuredClone(event);
    redact(event);
    expect(event).toEqual(once);
  });

  it("handles JSON and form text", () => {
    const event = emptyEvent();
    event["http.request.body"] = '{"password":"hunter2","n":1}';
    redact(event);
    expect(event["http.request.body"]).toBe('{"password":"[redacted]","n":1}');
    event["http.request.body"] = "user=ann&pwd=hunter2";
    redact(event);
    expect(event["http.request.body"]).toBe("user=ann&pwd=[redacted]");
  });

  it("never throws and never lets a named secret through, whatever the body", () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ minLength: 12 }), (json, secret) => {
        const event = emptyEvent();
        event["http.request.body"] = { password: secret, other: JSON.parse(json) };
        redact(event);
        expect((event["http.request.body"] as { password: string }).password).toBe("[redacted]");
      }),
    );
  });

  it("keeps a key named __proto__ a plain key", () => {
    const event = emptyEvent();
    event["http.request.body"] = JSON.parse('{"__proto__":{"password":"x"},"a":1}');
    redact(event);
    expect(JSON.stringify(event["http.request.body"])).toBe('{"__proto__":{"password":"[redacted]"},"a":1}');
  });
});
