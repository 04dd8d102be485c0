import { expect, it } from "vitest";
import { connectionsOf } from "./connections.ts";

const base = { id: "d1", category: "credential_stuffing", events: 600 } as const;
const login = { service: "shop", endpoint: "POST /login" };

it("connects an entity with what it did and where", () => {
  const entity = { type: "client.address", value: "203.0.113.9" } as const;
  const { who, what, where, whoWhat, whatWhere } = connectionsOf([
    { ...base, entity, target: login },
    { ...base, id: "d2", category: "injection", class: "sqli", entity, events: 30 },
  ]);
  expect(who).toEqual([{ key: "client.address 203.0.113.9", label: "203.0.113.9", entity, count: 1 }]);
  expect(what.map(({ label, anchor }) => [label, anchor])).toEqual([
    ["Credential stuffing", "d1"],
    ["SQL injection", "d2"],
  ]);
  expect(where.map(({ label, service }) => [label, service])).toEqual([["POST /login", "shop"]]);
  expect(whoWhat).toEqual([
    { from: 0, to: 0, weight: 600 },
    { from: 0, to: 1, weight: 30 },
  ]);
  expect(whatWhere).toEqual([{ from: 0, to: 0, weight: 600 }]);
});

it("keeps a campaign of three hundred addresses to a few rows", () => {
  const members = Array.from({ length: 100 }, (_, n) => `198.51.100.${n}`);
  const { who, whoWhat } = connectionsOf([
    { ...base, entity: { type: "campaign", value: "c1" }, members, member_count: 300, target: login },
  ]);
  expect(who).toHaveLength(8);
  expect(who.at(-1)).toEqual({ key: "others", label: "others", count: 293 });
  expect(whoWhat.map(({ to }) => to)).toEqual(who.map(() => 0));
  expect(whoWhat.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(600);
  expect(whoWhat.at(-1)?.weight).toBeCloseTo(586);
});
