import { describe, expect, it } from "vitest";
import {
  createRouteTree,
  insertRoute,
  mergesOf,
  type OnMerge,
  type RouteTree,
  resolveRoute,
  splitRoute,
} from "./route-tree.ts";

const LIMITS = { endpoints: 1000, words: 200 };

/** Sends requests and counts them, as the engine does. */
function feed(tree: RouteTree, paths: readonly string[], onMerge?: OnMerge): number[] {
  return paths.map((path) => {
    const id = insertRoute(tree, "shop", "GET", path.split("/").filter(Boolean), onMerge);
    const endpoint = tree.endpoints[id];
    if (endpoint) endpoint.requests++;
    return id;
  });
}

const templates = (tree: RouteTree) =>
  tree.endpoints
    .filter(({ id, alias }) => id === alias)
    .map(({ method, template }) => `${method} ${template}`);

/** Few popular products and a long tail, deterministic. */
const slugs = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `product-${String.fromCharCode(97 + (i % 26))}${(i * 7919) % (count / 2)}-x`,
  );

describe("the route tree", () => {
  it("merges slugs that keep coming, and everything below them", () => {
    const tree = createRouteTree(LIMITS);
    feed(
      tree,
      slugs(600).flatMap((slug) => [`/p/${slug}`, `/p/${slug}/reviews`]),
    );
    expect(templates(tree).sort()).toEqual(["GET /p/{slug}", "GET /p/{slug}/reviews"]);
    expect(tree.endpoints.reduce((sum, e) => sum + (e.alias === e.id ? e.requests : 0), 0)).toBe(1200);
    expect(mergesOf(tree)[0]?.template).toBe("/p/{slug}");
  });

  it("keeps sixty resources apart, however they are named", () => {
    const tree = createRouteTree(LIMITS);
    const resources = Array.from(
      { length: 60 },
      (_, i) => `resource${String.fromCharCode(97 + (i % 26))}${"x".repeat(i / 26)}`,
    );
    for (let round = 0; round < 40; round++)
      feed(
        tree,
        resources.map((name) => `/api/${name}`),
      );
    expect(templates(tree)).toHaveLength(60);
    expect(mergesOf(tree)).toEqual([]);
  });

  it("never merges words such as me and search, or a word that many ask for", () => {
    const tree = createRouteTree(LIMITS);
    feed(
      tree,
      slugs(600).flatMap((slug, i) => [
        `/users/${slug}`,
        "/users/me",
        i % 3 === 0 ? "/users/search" : "/users/offers",
      ]),
    );
    expect(templates(tree).sort()).toEqual([
      "GET /users/me",
      "GET /users/offers",
      "GET /users/search",
      "GET /users/{slug}",
    ]);
  });

  it("gives later words of a merged place to the slug", () => {
    const tree = createRouteTree(LIMITS);
    feed(
      tree,
      slugs(600).map((slug) => `/p/${slug}`),
    );
    const [before, after] = feed(tree, ["/p/quite-new", "/p/even-newer"]);
    expect(before).toBe(after);
  });

  it("tells what was learnt about merged endpoints to whoever wants to merge it too", () => {
    const merged: [number, number][] = [];
    const tree = createRouteTree(LIMITS);
    feed(
      tree,
      slugs(600).map((slug) => `/p/${slug}`),
      (from, to) => merged.push([from, to]),
    );
    expect(merged.length).toBeGreaterThan(20);
    for (const [from, to] of merged) expect(resolveRoute(tree, from)).toBe(resolveRoute(tree, to));
  });

  it("lets a person take a merge back for good", () => {
    const tree = createRouteTree(LIMITS);
    feed(
      tree,
      slugs(600).map((slug) => `/p/${slug}`),
    );
    expect(splitRoute(tree, "shop", "/p/{slug}")).toBe(true);
    expect(splitRoute(tree, "shop", "/q/{slug}")).toBe(false);
    feed(tree, ["/p/alpha", "/p/beta"]);
    expect(templates(tree)).toContain("GET /p/alpha");
  });

  it("stays within its bounds when every path is new", () => {
    const tree = createRouteTree({ endpoints: 100, words: 50 });
    feed(
      tree,
      Array.from({ length: 5000 }, (_, i) => `/${i.toString(26)}q/${(i * 31).toString(26)}w/${i % 7}e`),
    );
    expect(tree.endpoints.length).toBeLessThanOrEqual(110);
  });
});
