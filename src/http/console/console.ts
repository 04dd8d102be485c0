/**
 * The console: the built files, and its page for every address that a person may open or reload. Programs that ask
 * for what is not there get a problem, never a page.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { VedetteError } from "../../errors.ts";
import type { Asset } from "./assets.ts";

/** Nothing inline, nothing from elsewhere, and no text that becomes markup. */
export const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const PAGE = "/index.html";
/** A year, and no asking again: the name says what is in it. */
const FOR_EVER = "public, max-age=31536000, immutable";
/** Belongs to programs, whatever they accept. */
const FOR_PROGRAMS = /^\/(?:api|v1|assets)(?:\/|$)/;

export function consoleRoutes(app: FastifyInstance, assets: ReadonlyMap<string, Asset>): void {
  app.get("/*", async (request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const asset = path === PAGE ? undefined : assets.get(path);
    if (asset !== undefined) return sendAsset(request, reply, asset);
    const page = assets.get(PAGE);
    if (FOR_PROGRAMS.test(path) || !acceptsPage(request))
      throw new VedetteError("NOT_FOUND", `There is no ${request.method} ${path.slice(0, 200)}`);
    if (page === undefined)
      throw new VedetteError("NOT_FOUND", "This program was built without its console: npm run build");
    return sendAsset(request, reply, page);
  });
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const { type, body, compressed, hashed } = asset;
  const accepted = String(request.headers["accept-encoding"] ?? "");
  const encoding = (["br", "gzip"] as const).find(
    (each) => compressed[each] !== undefined && new RegExp(`(?:^|[ ,])${each}(?!;q=0(?:,|$))`).test(accepted),
  );
  if (encoding !== undefined) void reply.header("content-encoding", encoding);
  if (hashed) void reply.header("cache-control", FOR_EVER);
  return reply
    .headers({ "content-security-policy": CONSOLE_POLICY, vary: "Accept-Encoding" })
    .type(type)
    .send(encoding === undefined ? body : compressed[encoding]);
}

/** A browser that opens an address says so; fetches, curl and scanners that take anything do not get a page. */
function acceptsPage({ headers }: FastifyRequest): boolean {
  return headers["sec-fetch-mode"] === "navigate" || headers.accept?.includes("text/html") === true;
}
