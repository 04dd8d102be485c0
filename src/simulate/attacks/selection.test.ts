import { describe, expect, it } from "vitest";
import { selectAttacks } from "./selection.ts";
import { ATTACKS } from "./table.ts";

const brief = (text: string) =>
  selectAttacks(text).map(({ attack, intensity, atHours }) => [attack.name, intensity, atHours]);

describe("--attacks", () => {
  it("takes one of each, none, or every intensity of each", () => {
    expect(selectAttacks("lab")).toHaveLength(ATTACKS.length);
    expect(selectAttacks("default").map(({ attack }) => attack.name)).not.toContain("session_hijack");
    expect(selectAttacks("default")).toHaveLength(ATTACKS.filter(({ lab }) => lab === undefined).length);
    expect(selectAttacks("none")).toEqual([]);
    expect(selectAttacks("all").length).toBeGreaterThan(2 * ATTACKS.length);
  });

  it("takes names with intensity, count and hour", () => {
    expect(brief("probing")).toEqual([["probing", "moderate", undefined]]);
    expect(brief("probing:slow*2, brute_force:loud@12.5")).toEqual([
      ["probing", "slow", undefined],
      ["probing", "slow", undefined],
      ["brute_force", "loud", 12.5],
    ]);
  });

  it.each([
    ["prob", 'there is no attack named "prob"'],
    ["probing:angry", "probing can be moderate, loud, slow, distributed"],
    ["log_silence:loud", "log_silence can be moderate"],
    ["probing@", "takes default, lab, none, all, or name"],
    ["probing,,scraping", "takes default, lab, none, all, or name"],
  ])("refuses %s", (text, message) => {
    expect(() => selectAttacks(text)).toThrow(message);
  });
});
