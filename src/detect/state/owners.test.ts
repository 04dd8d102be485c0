import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  claimObject,
  createOwners,
  FIRST_FOREIGN,
  FIRST_RETURN,
  findObject,
  markUse,
  ownerAt,
  sinceClaim,
} from "./owners.ts";

describe("a table of owners", () => {
  it("knows whose each object is as a Map does, through growth", () => {
    const use = fc.record({
      object: fc.integer({ min: 1, max: 3000 }),
      owner: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 1500 }), (uses) => {
        const owners = createOwners(1 << 16);
        const model = new Map<number, number>();
        for (const { object, owner } of uses) {
          const key = object * 0x100000007;
          const at = findObject(owners, key);
          expect(at === -1 ? undefined : ownerAt(owners, at)).toBe(model.get(object));
          if (at !== -1) continue;
          claimObject(owners, key, owner, 5_000);
          model.set(object, owner);
        }
      }),
    );
  });

  it("forgets past its limit, and stays within it", () => {
    const owners = createOwners(1024);
    for (let object = 1; object <= 20_000; object++) claimObject(owners, object * 0x10003, 7, 0);
    expect(owners.cells.length).toBe(1024 * 4);
    expect(findObject(owners, 20_000 * 0x10003)).not.toBe(-1);
    const found = Array.from({ length: 20_000 }, (_, i) => findObject(owners, (i + 1) * 0x10003));
    expect(found.filter((at) => at !== -1).length).toBeGreaterThan(900);
  });

  it("tells first returns from first uses by others", () => {
    const owners = createOwners(1024);
    claimObject(owners, 12_345, 7, 60_000);
    const at = findObject(owners, 12_345);
    expect(sinceClaim(owners, at, 90_000)).toBe(30_000);
    expect(markUse(owners, at, false)).toBe(FIRST_RETURN);
    expect(markUse(owners, at, false)).toBe(0);
    expect(markUse(owners, at, true)).toBe(FIRST_FOREIGN);
    expect(markUse(owners, at, true)).toBe(0);
    claimObject(owners, 54_321, 7, 60_000);
    expect(markUse(owners, findObject(owners, 54_321), true)).toBe(FIRST_RETURN | FIRST_FOREIGN);
  });
});
