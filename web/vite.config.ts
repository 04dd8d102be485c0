import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The console as files for `src/http/console/`: nothing inline, names by content. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    // What the policy of the page forbids: scripts and fonts inside of other files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    license: { fileName: "licenses.md" },
    manifest: "manifest.json",
  },
  server: { proxy: { "/api": "http://127.0.0.1:4800", "/v1": "http://127.0.0.1:4800" } },
});
