import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRouteReader, ROUTE_FLAG, type RouteFacts, readQueryObject, shapeSegments } from "./route.ts";

const read = createRouteReader();

function facts(path: string, query = ""): RouteFacts {
  const out: RouteFacts = {
    pathKey: 0,
    shapeKey: 0,
    objectKey: 0,
    objectNumber: Number.NaN,
    endsInObject: false,
    flags: 0,
  };
  read(path, out);
  if (query !== "") readQueryObject(query, out);
  return out;
}

const segment = fc.oneof(
  fc.constantFrom("users", "orders", "v1", "me", "a-b", "x_y", "Items", "oauth2"),
  fc.nat().map(String),
  fc.uuid(),
  fc.stringMatching(/^[0-9a-f]{6,40}$/),
  fc.string({ maxLength: 12 }).filter((text) => !/[/?#]/.test(text)),
);
const path = fc.array(segment, { maxLength: 20 }).map((segments) => `/${segments.join("/")}`);

const ANY_ROUTE_FLAG = ROUTE_FLAG.ASSET | ROUTE_FLAG.LOGIN | ROUTE_FLAG.CODE | ROUTE_FLAG.PERSON;

describe("the route facts of a path", () => {
  it("agree with the shape in text: same shape, same key", () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        const same = JSON.stringify(shapeSegments(a)) === JSON.stringify(shapeSegments(b));
        expect(facts(a).shapeKey === facts(b).shapeKey).toBe(same);
      }),
      { numRuns: 3000 },
    );
  });

  it("are remembered: the second look says what the first said", () => {
    fc.assert(
      fc.property(path, (text) => {
        expect(facts(text)).toEqual(facts(text));
      }),
    );
  });

  it("tell the same place with other objects apart by the object, not by the shape", () => {
    const [a, b] = [facts("/users/17/orders/9"), facts("/users/18/orders/9")];
    expect(a.shapeKey).toBe(b.shapeKey);
    expect(a.objectKey).not.toBe(b.objectKey);
    expect(a.objectNumber).toBe(9);
    expect(facts("/users/me").objectKey).toBe(0);
  });

  it("find the object in a query by its name, and not in how things are shown", () => {
    expect(facts("/item.php", "page=3&id=17").objectNumber).toBe(17);
    expect(facts("/", "author=2").objectNumber).toBe(2);
    expect(facts("/items", "page=3&limit=50&offset=100").objectKey).toBe(0);
  });

  it("read the number that a name ends in, unless it may be a year", () => {
    expect(facts("/p/blue-shirt-10482").objectNumber).toBe(10_482);
    expect(facts("/p/blue-shirt-10482").objectKey).toBe(0);
    expect(facts("/blog/looking-back-2024").objectNumber).toBeNaN();
    expect(facts("/p/size-42").objectNumber).toBeNaN();
  });

  it("keep the object that the path ends in, whatever the query adds", () => {
    const plain = facts("/orders/17");
    for (const query of ["format=2", "tenant_id=5", "id=9", "email=ann%40shop.example"]) {
      expect(facts("/orders/17", query)).toEqual(plain);
    }
  });

  it("take an identifier in the query beside an object further up in the path, and nothing else", () => {
    const shop = facts("/shops/3/items");
    expect(facts("/shops/3/items", "view=2&cursor=991")).toEqual(shop);
    const item = facts("/shops/3/items", "view=2&item_id=9");
    expect(item.objectNumber).toBe(9);
    expect(item.objectKey).not.toBe(shop.objectKey);
    expect(item.objectKey).not.toBe(facts("/shops/4/items", "item_id=9").objectKey);
    expect(item.objectKey).not.toBe(facts("/shops/3/items", "item_id=8").objectKey);
  });

  it.each([
    ["/login", ROUTE_FLAG.LOGIN],
    ["/wp-login.php", ROUTE_FLAG.LOGIN],
    ["/api/v1/auth/token", ROUTE_FLAG.LOGIN],
    ["/users/17/otp", ROUTE_FLAG.CODE],
    ["/account/password-reset", ROUTE_FLAG.CODE],
    ["/v1/password-resets/8f2c1a77", ROUTE_FLAG.CODE],
    ["/logo.png", ROUTE_FLAG.ASSET],
    ["/blog/how-to-login-safely", 0],
    ["/items", 0],
  ])("flag %s", (text, flags) => {
    expect(facts(text).flags & ANY_ROUTE_FLAG).toBe(flags);
  });
});
