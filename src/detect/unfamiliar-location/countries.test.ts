import { describe, expect, it } from "vitest";
import { distanceBetween } from "./countries.ts";

describe("the distance between countries", () => {
  it("is what somebody must have gone at least", () => {
    // Lisbon to Warsaw is 2,760 km, Berlin to Singapore 9,930, Tokyo to Auckland 8,840.
    expect(distanceBetween("PT", "PL")).toBeGreaterThan(1_500);
    expect(distanceBetween("PT", "PL")).toBeLessThan(2_760);
    expect(distanceBetween("DE", "SG")).toBeGreaterThan(9_000);
    expect(distanceBetween("DE", "SG")).toBeLessThan(9_930);
    expect(distanceBetween("JP", "NZ")).toBeLessThan(8_840);
    expect(distanceBetween("SG", "DE")).toBe(distanceBetween("DE", "SG"));
  });

  it.each(["DE AT", "US CA", "RU CN", "FR ES", "BR AR", "SE NO", "US MX", "DE DE"])(
    "is none for %s",
    (pair) => {
      const [from = "", to = ""] = pair.split(" ");
      expect(distanceBetween(from, to)).toBe(0);
    },
  );

  it("is unknown where a country is", () => {
    expect(distanceBetween("DE", "ZZ")).toBeUndefined();
    expect(distanceBetween("", "DE")).toBeUndefined();
  });
});
