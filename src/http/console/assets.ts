/** The built console, read once: what a page of it is made of, as it is and compressed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

export type Encoding = "br" | "gzip";

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly compressed: Partial<Readonly<Record<Encoding, Buffer>>>;
  /** Its name changes with what is in it, so that it can be kept for ever. */
  readonly hashed: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const COMPRESSED: Readonly<Record<string, Encoding>> = { ".br": "br", ".gz": "gzip" };
/** Where the bundler puts what it names by its content. */
const HASHED = "/assets/";

/**
 * @param folder that of the built console
 * @returns by path, "/index.html"; empty when the console is not built
 */
export function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  if (!existsSync(folder)) return assets;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).replaceAll(sep, "/")}`;
    const compressed: Partial<Record<Encoding, Buffer>> = {};
    for (const [suffix, encoding] of Object.entries(COMPRESSED))
      if (existsSync(file + suffix)) compressed[encoding] = readFileSync(file + suffix);
    assets.set(path, { type, body: readFileSync(file), compressed, hashed: path.startsWith(HASHED) });
  }
  return assets;
}
