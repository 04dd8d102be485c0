import fc from "fast-check";
import { expect, it } from "vitest";
import { redactLine } from "./redact-line.ts";

it.each([
  ["GET /login?user=ann&password=hunter2&next=/ HTTP/1.1", "hunter2"],
  ['{"user":"ann","password":"hunter2 with \\" and more"', "and more"],
  ['{"msg":"{\\"apiKey\\":\\"hunter2\\"}"}', "hunter2"],
  ['{"url":"/a?access_token=hunter2&b=1"}', "hunter2"],
  ['{"pin": 4711}', "4711"],
  ["Authorization: Bearer hunter2.hunter2", "hunter2"],
  ['{"headers":{"Cookie":"a=b; sid=hunter2"}}', "hunter2"],
  ["X-Api-Key: hunter2", "hunter2"],
  ["level=info passwd='hunter2 x' path=/a", "hunter2"],
  ["pass%77ord=hunter2", "hunter2"],
  ["postgres://ann:hunter2@db/shop", "hunter2"],
  ["a card 4111 1111 1111 1111 here", "4111"],
  ["AKIAIOSFODNN7EXAMPLE was used", "AKIAIOSFODNN7EXAMPLE"],
  ['{"password":"hunter2 and the line ends', "hunter2"],
])("masks the secret in %s", (line, secret) => {
  const masked = redactLine(line);
  expect(masked).not.toContain(secret);
  expect(masked).toContain("[redacted]");
  expect(redactLine(masked)).toBe(masked);
});

it.each([
  '10.0.0.1 - ann [23/Nov/2026:10:00:00 +0000] "GET /orders?page=2 HTTP/1.1" 200 12',
  '{"level":"info","path":"/orders","took":12}',
  "nothing of interest here",
])("leaves %s as it is", (line) => {
  expect(redactLine(line)).toBe(line);
});

it("masks a secret whatever stands around it", () => {
  const around = fc.string({ unit: fc.constantFrom("a", " ", "&", ",", "{", "}", "é", "1"), maxLength: 40 });
  fc.assert(
    fc.property(around, around, (before, after) => {
      expect(redactLine(`${before} "password":"hunter2${after}`)).not.toContain("hunter2");
      expect(redactLine(`${before}?token=hunter2&${after}`)).not.toContain("hunter2");
    }),
  );
});

it("takes time in proportion to the text", () => {
  for (const unit of ['a="', "a=", '\\"', "x-key: ", "%70=", "'\\", "Bearer "]) {
    expect(redactLine(unit.repeat(20_000)).length).toBeGreaterThan(0);
  }
});
