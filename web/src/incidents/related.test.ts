import { expect, it } from "vitest";
import { relatedTo } from "./related.ts";

const of = (id: string, value: string, members?: readonly string[], merged: string | null = null) => ({
  id,
  entity: { type: members === undefined ? "client.address" : "campaign", value } as const,
  ...(members === undefined ? {} : { members }),
  merged_into: merged,
});

it("are those of the same entity, then those that share sources, without what was merged", () => {
  const one = of("one", "203.0.113.1");
  const others = [
    one,
    of("campaign", "c1", ["203.0.113.1", "203.0.113.2"]),
    of("other", "203.0.113.9"),
    of("again", "203.0.113.1"),
    of("part", "203.0.113.1", undefined, "again"),
  ];
  expect(relatedTo(one, others).map(({ other, shared }) => [other.id, shared])).toEqual([
    ["again", "The same entity"],
    ["campaign", "1 shared source"],
  ]);
});
