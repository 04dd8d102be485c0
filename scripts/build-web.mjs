/** Builds the console into dist/web, each file also as gzip and Brotli: the server compresses nothing on the way. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const TEXT = new Set([".html", ".js", ".css", ".svg"]);
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

await build({ configFile: join(root, "web", "vite.config.ts"), logLevel: "warn" });
for (const entry of readdirSync(join(root, "dist", "web"), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.has(extname(entry.name))) continue;
  const file = join(entry.parentPath, entry.name);
  const body = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(body, BROTLI));
}
