import { describe, expect, it } from "vitest";
import { isStaticAsset, placeholderOf } from "./route-shape.ts";

const values: readonly [string, string][] = [
  ["42", "{int}"],
  ["00017", "{int}"],
  ["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "{uuid}"],
  ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "{ulid}"],
  ["507f1f77bcf86cd799439011", "{objectid}"],
  ["d41d8cd98f00b204e9800998ecf8427e", "{hash}"],
  ["2024-02-29", "{date}"],
  ["2024-02-29T10:00:00Z", "{date}"],
  ["ann@example.org", "{email}"],
  ["ann%40example.org", "{email}"],
  ["192.0.2.7", "{ip}"],
  ["52.37,13.40", "{number}"],
  ["ORD-20931", "{code}"],
  ["sku4711", "{code}"],
  ["eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "{token}"],
  ["dGhpcyBpcyBhIHRva2Vu", "{token}"],
  ["aB3xK9pQ", "{token}"],
  ["a%20b", "{text}"],
  ["123.json", "{int}.json"],
];

const words = [
  "users",
  "v1",
  "v2.1",
  "me",
  "search",
  "oauth2",
  "s3",
  "web3",
  "log4j",
  "i18n",
  "two-factor-auth",
  "index.html",
];

describe("a path segment's placeholder", () => {
  it.each(values)("%s is %s", (segment, placeholder) => {
    expect(placeholderOf(segment)).toBe(placeholder);
  });

  it.each(words)("%s stays a word", (segment) => {
    expect(placeholderOf(segment)).toBe("");
  });
});

describe("a static asset", () => {
  it.each(["/app.7f3a.js", "/a/b/logo.SVG", "/robots.txt", "/fonts/x.woff2"])("%s is one", (path) => {
    expect(isStaticAsset(path)).toBe(true);
  });
  it.each(["/api/users", "/v1.2/users", "/index.php", "/export.json", "/a.b/c"])("%s is none", (path) => {
    expect(isStaticAsset(path)).toBe(false);
  });
});
