import { defineConfig } from "rolldown";

/** One bundle per process or thread entry: a start reads a handful of files instead of two hundred. */
export default defineConfig({
  input: {
    vedette: "src/cli/main.ts",
    "pipeline-worker": "src/pipeline-worker.ts",
    "front-worker": "src/live/front-worker.ts",
  },
  platform: "node",
  external: [/^[^./]/],
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
  },
});
