import { describe, expect, it } from "vitest";
import { emptyEvent } from "../event.ts";
import { resolveClientAddress, trustedProxies } from "./client-address.ts";

function resolve(peer: string, header: string | undefined, trusted: string[], name = "x-forwarded-for") {
  const event = emptyEvent();
  event["client.address"] = peer;
  if (header !== undefined) event["http.request.headers"] = { [name]: header };
  resolveClientAddress(event, trustedProxies(trusted));
  return [event["client.address"], event["network.peer.address"]];
}

describe("the client's address", () => {
  it("is the peer when the peer is no proxy of ours, whatever the header claims", () => {
    expect(resolve("198.51.100.7", "203.0.113.9", ["10.0.0.0/8"])).toEqual(["198.51.100.7", undefined]);
  });

  it("is the right-most hop that is not ours", () => {
    expect(resolve("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.5", ["10.0.0.0/8"])).toEqual([
      "203.0.113.9",
      "10.0.0.1",
    ]);
  });

  it("cannot be forged by what the client writes at the left", () => {
    expect(resolve("10.0.0.1", "127.0.0.1, 203.0.113.9", ["private"])[0]).toBe("203.0.113.9");
  });

  it("reads Forwarded (RFC 7239), ports and brackets", () => {
    expect(
      resolve("10.0.0.1", 'for="[2001:db8:cafe::17]:4711";proto=https', ["private"], "forwarded")[0],
    ).toBe("2001:db8:cafe::17");
    expect(resolve("10.0.0.1", "203.0.113.9:55000", ["private"])[0]).toBe("203.0.113.9");
  });

  it("is the left-most readable hop when all are ours, and the peer when none is readable", () => {
    expect(resolve("10.0.0.1", "10.0.0.9, 10.0.0.5", ["private"])[0]).toBe("10.0.0.9");
    expect(resolve("10.0.0.1", "unknown, _hidden", ["private"])[0]).toBe("10.0.0.1");
    expect(resolve("10.0.0.1", "203.0.113.9, garbage, 10.0.0.5", ["private"])[0]).toBe("10.0.0.5");
  });

  it("refuses a trusted proxy that is no address", () => {
    expect(() => trustedProxies(["10.0.0.0/99"])).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", input: "10.0.0.0/99" }),
    );
  });
});
