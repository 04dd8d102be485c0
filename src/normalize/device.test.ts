import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent } from "../event.ts";
import { deviceOf } from "./device.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36";

function device(agent: string | undefined, headers?: Record<string, string>): string | undefined {
  const fields: Partial<ApiEvent> = { "user_agent.original": agent, "http.request.headers": headers };
  return deviceOf({ ...emptyEvent(), ...fields });
}

describe("the device behind a request", () => {
  it("stays the same when its browser is brought up to date", () => {
    expect(device(CHROME)).toMatch(/^dev_[0-9a-f]{12}$/);
    expect(device(CHROME.replace("145.0.0.0", "146.0.7680.12"))).toBe(device(CHROME));
    const phone = (version: string) =>
      `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) Mobile/15E148`;
    expect(device(phone("18_5"))).toBe(device(phone("18_6_1")));
  });

  it("is another one with another program, model, language or order of headers", () => {
    const android = (model: string) => `Mozilla/5.0 (Linux; Android 15; ${model}) Chrome/145.0.0.0 Mobile`;
    const headers = { "user-agent": CHROME, accept: "*/*", "accept-language": "de" };
    const kinds = [
      device(CHROME),
      device(CHROME.replace("Windows NT 10.0", "X11; Linux x86_64")),
      device(android("SM-G991B")),
      device(android("SM-G998B")),
      device(CHROME, headers),
      device(CHROME, { ...headers, "accept-language": "fr" }),
      device(CHROME, { accept: "*/*", "user-agent": CHROME, "accept-language": "de" }),
    ];
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(device(CHROME, { ...headers, "content-type": "text/plain", cookie: "a=b" })).toBe(kinds[4]);
  });

  it("is unknown without a user agent", () => {
    expect([device(undefined), device(""), device("-")]).toEqual([undefined, undefined, undefined]);
  });
});
