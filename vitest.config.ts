import { defineConfig } from "vitest/config";

/** chDB crashes inside of a worker thread, and a process holds one data folder: these files get processes. */
const OWN_PROCESS = [
  "src/store/**/*.test.ts",
  "test/durability/store-*.test.ts",
  "test/live/**/*.test.ts",
  "test/server/**/*.test.ts",
];

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["test/support/seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: "threads", pool: "threads", exclude: [...OWN_PROCESS, "**/node_modules/**"] },
      },
      { extends: true, test: { name: "processes", pool: "forks", include: OWN_PROCESS } },
    ],
  },
});
