import fc from "fast-check";
import { expect, it } from "vitest";
import { compilePath } from "./path.ts";
import { valueReader } from "./value-reader.ts";

const PATHS = ["a", "a.b", "a.b.c", "b", "b.c", "c.a.b.c.a.b.c", "a.b.c.a.b", "c"];
const read = valueReader(PATHS.map((path) => ({ path })));

it("gives each path the value that compilePath finds", () => {
  const key = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 7 });
  const { record } = fc.letrec((tie) => ({
    record: fc.dictionary(
      key.map((parts) => parts.join(".")),
      tie("value"),
      { maxKeys: 6, noNullPrototype: true },
    ),
    value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, "", 0, "x", [1]), tie("record")),
  }));
  fc.assert(
    fc.property(record, (value) => {
      const wanted = PATHS.map((path) => compilePath(path)(value as never));
      // Both say nothing.
      expect(read(value as never).map((found) => found ?? null)).toEqual(wanted.map((want) => want ?? null));
    }),
    { numRuns: 2_000 },
  );
});
