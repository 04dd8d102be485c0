import { describe, expect, it } from "vitest";
import { emptyEvent } from "../../../event.ts";
import type { JsonObject } from "../json/path.ts";
import { openRecordParser } from "./record-parser.ts";

const OPTIONS = { zoneMinutes: 0, newest: Date.parse("2026-03-03T00:00:00Z") };

function read(parse: ReturnType<typeof openRecordParser>, record: JsonObject) {
  const event = emptyEvent();
  const result = parse(record, event);
  return result === "event"
    ? [
        event["http.request.method"],
        event["url.path"],
        event["http.response.status_code"],
        event["client.address"],
      ]
    : result;
}

describe("a parser of records that nobody described", () => {
  it("reads several programs in one stream, each by its own names", () => {
    const parse = openRecordParser(OPTIONS);
    const first = { path: "/a", method: "GET", status: 200, ip: "192.0.2.1" };
    for (let i = 0; i < 100; i++) expect(read(parse, first)).toEqual(["GET", "/a", 200, "192.0.2.1"]);
    const second = { uri: "/b", verb: "POST", code: 201, remote_addr: "192.0.2.2" };
    expect(read(parse, second)).toEqual(["POST", "/b", 201, "192.0.2.2"]);
    const third = {
      request: { url: "/c", method: "PUT" },
      res: { statusCode: 409 },
      remoteAddress: "192.0.2.3",
    };
    expect(read(parse, third)).toEqual(["PUT", "/c", 409, "192.0.2.3"]);
    expect(read(parse, first)).toEqual(["GET", "/a", 200, "192.0.2.1"]);
  });

  it("passes over records that are no requests, however many shapes they have", () => {
    const parse = openRecordParser(OPTIONS);
    for (let i = 0; i < 1_000; i++) expect(read(parse, { level: "info", [`field${i}`]: i })).toBe("ignored");
    expect(read(parse, { path: "/a", method: "GET", status: 200 })).toEqual(["GET", "/a", 200, undefined]);
  });
});
