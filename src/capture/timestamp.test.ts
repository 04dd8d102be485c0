import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochMs, parseTimestamp, type TimeContext } from "./timestamp.ts";

const context: TimeContext = { zoneMinutes: 0, newest: Date.UTC(2024, 2, 15, 12) };
const at = (text: string, over: Partial<TimeContext> = {}): string => {
  const ms = parseTimestamp(text, { ...context, ...over });
  return Number.isNaN(ms) ? "none" : new Date(ms).toISOString();
};

describe("parseTimestamp", () => {
  it.each([
    ["2023-10-10T13:55:36Z", "2023-10-10T13:55:36.000Z"],
    ["2023-10-10T13:55:36.123456789Z", "2023-10-10T13:55:36.123Z"],
    ["2023-10-10T13:55:36,5+02:00", "2023-10-10T11:55:36.500Z"],
    ["2023-10-10 13:55:36.123 -0730", "2023-10-10T21:25:36.123Z"],
    ["2023-10-10T13:55:36+02", "2023-10-10T11:55:36.000Z"],
    ["2016/10/25 14:49:34", "2016-10-25T14:49:34.000Z"],
    ["2023-10-10T13:55Z", "2023-10-10T13:55:00.000Z"],
    ["2023-10-10", "2023-10-10T00:00:00.000Z"],
    ["2023-10-10 13:55:36 UTC", "2023-10-10T13:55:36.000Z"],
    ["2023-10-10 13:55:36 +0000 UTC", "2023-10-10T13:55:36.000Z"],
    ["[10/Oct/2023:13:55:36 -0700]", "2023-10-10T20:55:36.000Z"],
    ["10/Oct/2023:13:55:36", "2023-10-10T13:55:36.000Z"],
    ["20/Sep/2018:15:44:23.285", "2018-09-20T15:44:23.285Z"],
    ["10/Oct/2023 13:55:36", "2023-10-10T13:55:36.000Z"],
    ["06/10/2021:11:19:31 -0000", "2021-06-10T11:19:31.000Z"],
    ["25/10/2021 11:19:31", "2021-10-25T11:19:31.000Z"],
    ["Thu Sep 30 13:27:06.009964 2021", "2021-09-30T13:27:06.009Z"],
    ["Mon Dec 26 16:22:08 2016", "2016-12-26T16:22:08.000Z"],
    ["Tue, 10 Oct 2023 13:55:36 GMT", "2023-10-10T13:55:36.000Z"],
    ["Tue Oct 10 13:55:36 CEST 2023", "2023-10-10T11:55:36.000Z"],
    ["Tue Oct 10 01:55:36 PM UTC 2023", "2023-10-10T13:55:36.000Z"],
    ["Oct 10, 2023 @ 13:55:36.123", "2023-10-10T13:55:36.123Z"],
    ["19-Oct-2022 05:34:02.425", "2022-10-19T05:34:02.425Z"],
    ["20231010135536", "2023-10-10T13:55:36.000Z"],
    ["20231010135536.25", "2023-10-10T13:55:36.250Z"],
    ["1696946136", "2023-10-10T13:55:36.000Z"],
    ["1696946136.123", "2023-10-10T13:55:36.123Z"],
    ["1696946136123", "2023-10-10T13:55:36.123Z"],
    ["1696946136123456", "2023-10-10T13:55:36.123Z"],
    ["1696946136123456789", "2023-10-10T13:55:36.123Z"],
    ["/Date(1696946136123+0200)/", "2023-10-10T13:55:36.123Z"],
    ['"2023-10-10T13:55:36Z"', "2023-10-10T13:55:36.000Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  it.each([
    "",
    "-",
    "not a time",
    "32/Foo/2023:13:55:36 +0000",
    "31/Apr/2023:13:55:36 +0000",
    "2023-02-29T00:00:00Z",
    "2023-13-01T00:00:00Z",
    "2023-10-10T25:00:00Z",
    "10/Oct/2023:13:61:36 +0000",
    '200 1234 "GET /"',
    "203.0.113.9",
    "x".repeat(5000),
    "9".repeat(70),
  ])("says NaN to %s", (text) => {
    expect(parseTimestamp(text, context)).toBeNaN();
  });

  it("gives times without a zone the zone it is told", () => {
    expect(at("2016/10/25 14:49:34", { zoneMinutes: -120 })).toBe("2016-10-25T16:49:34.000Z");
    expect(at("Thu Sep 30 13:27:06 2021", { zoneMinutes: 330 })).toBe("2021-09-30T07:57:06.000Z");
  });

  it("gives times without a year the newest year that is not in the future", () => {
    expect(at("Mar 15 11:00:00")).toBe("2024-03-15T11:00:00.000Z");
    expect(at("Mar 16 11:00:00")).toBe("2024-03-16T11:00:00.000Z");
    expect(at("Mar 17 11:00:00")).toBe("2023-03-17T11:00:00.000Z");
    expect(at("Sep  2 15:42:59")).toBe("2023-09-02T15:42:59.000Z");
    expect(at("Feb 29 10:00:00", { newest: Date.UTC(2023, 5, 1) })).toBe("2020-02-29T10:00:00.000Z");
    expect(parseTimestamp("Mar 15 11:00:00", { zoneMinutes: 0, newest: Number.NaN })).toBeNaN();
  });

  it("gives back every time it is shown, in each way of writing it", () => {
    const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1973, 3, 1), max: Date.UTC(2099, 11, 31) }), (ms) => {
        const date = new Date(ms);
        const iso = date.toISOString();
        const [y, m, d, time] = [
          iso.slice(0, 4),
          Number(iso.slice(5, 7)),
          iso.slice(8, 10),
          iso.slice(11, 23),
        ];
        const month = names[m - 1];
        expect(parseTimestamp(iso, context)).toBe(ms);
        expect(parseTimestamp(iso.replace("T", " ").replace("Z", " +0000"), context)).toBe(ms);
        expect(parseTimestamp(`[${d}/${month}/${y}:${time} +0000]`, context)).toBe(ms);
        expect(parseTimestamp(`Mon ${month} ${d} ${time} ${y}`, context)).toBe(ms);
        expect(parseTimestamp(date.toUTCString(), context)).toBe(Math.floor(ms / 1000) * 1000);
        expect(parseTimestamp(String(ms / 1000), context)).toBeCloseTo(ms, 3);
        expect(epochMs(ms * 1000)).toBeCloseTo(ms, 3);
      }),
    );
  });

  it("agrees with Date about offsets", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: Date.UTC(2099, 0, 1) }),
        fc.integer({ min: -12 * 60, max: 14 * 60 }),
        (ms, offset) => {
          const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
          const sign = offset < 0 ? "-" : "+";
          const clock = new Date(Math.abs(offset) * 60_000).toISOString().slice(11, 16);
          expect(parseTimestamp(`${local}${sign}${clock}`, context)).toBe(
            Date.parse(`${local}${sign}${clock}`),
          );
        },
      ),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d:/. TZ+-]{0,40}$/)), (text) => {
        expect(typeof parseTimestamp(text, context)).toBe("number");
      }),
    );
  });
});

it("keeps the milliseconds of nanoseconds, which are more digits than a number holds", () => {
  expect(parseTimestamp("1795428000250000000", { zoneMinutes: 0, newest: 0 })).toBe(1_795_428_000_250);
});
