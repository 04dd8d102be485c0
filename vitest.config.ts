import { defineConfig } from "vitest/config";

const TESTS = ["src/**/*.test.ts", "test/**/*.test.ts", "web/src/**/*.test.ts"];
/** chDB crashes inside of a worker thread, and a process holds one data folder: these files get processes. */
const OWN_PROCESS = [
  "src/store/**/*.test.ts",
  "test/durability/store-*.test.ts",
  "test/live/**/*.test.ts",
  "test/server/**/*.test.ts",
  "test/browser/console-*.test.ts",
  "test/faults/**/*.test.ts",
];

export default defineConfig({
  test: {
    setupFiles: ["test/support/seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a project adds to a list is added to the root's: lists of files stand here alone.
    projects: [
      { extends: true, test: { name: "threads", pool: "threads", include: TESTS, exclude: OWN_PROCESS } },
      { extends: true, test: { name: "processes", pool: "forks", include: OWN_PROCESS } },
    ],
  },
});
