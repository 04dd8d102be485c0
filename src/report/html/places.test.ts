import { expect, test } from "vitest";
import { below, placeOf, sharedFolder } from "./places.ts";

test("the folder that all files share is told once", () => {
  expect(sharedFolder(["/var/log/nginx/access.log", "/var/log/nginx/access.log.1"])).toBe("/var/log/nginx/");
  expect(sharedFolder(["/var/log/nginx/a.log", "/var/log/apache/a.log"])).toBe("/var/log/");
  expect(sharedFolder(["/a/b.log", "c.log"])).toBe("");
  expect(sharedFolder(["C:\\logs\\a.log", "C:\\logs\\b.log"])).toBe("C:\\logs\\");
  expect(sharedFolder(["-"])).toBe("");
  expect(sharedFolder([])).toBe("");
});

test("a name is told below that folder, and never as nothing", () => {
  expect(below("/var/log/", "/var/log/a/b.log")).toBe("a/b.log");
  expect(below("/var/log/", "/elsewhere/b.log")).toBe("/elsewhere/b.log");
  expect(below("/var/log/", "/var/log/")).toBe("/var/log/");
});

test("a sample stands at a line of a file, or has an id", () => {
  expect(placeOf({ file: "/var/log/a.log", line: 7 }, "/var/log/")).toBe("a.log:7");
  expect(placeOf({ id: "e81" }, "/var/log/")).toBe("e81");
});
