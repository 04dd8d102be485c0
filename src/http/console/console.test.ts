/** How the console is served: by a real server, from files in a folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installHeaders } from "../access/headers.ts";
import { installProblems } from "../problem.ts";
import { readAssets } from "./assets.ts";
import { CONSOLE_POLICY, consoleRoutes } from "./console.ts";

const PAGE = "<!doctype html><title>Vedette</title>";
const SCRIPT = "console.log(1);\n".repeat(50);
const BROWSER = { accept: "text/html,application/xhtml+xml", "accept-encoding": "gzip, deflate, br" };

function appOf(folder: string): FastifyInstance {
  const app = Fastify();
  installProblems(app, () => {});
  installHeaders(app);
  app.get("/api/v1/session", async () => ({ signed: "in" }));
  consoleRoutes(app, readAssets(folder));
  return app;
}

describe("the console's files", () => {
  let folder: string;
  let app: FastifyInstance;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "vedette-console-"));
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "index.html"), PAGE);
    const script = join(folder, "assets", "index-abc.js");
    writeFileSync(script, SCRIPT);
    writeFileSync(`${script}.gz`, gzipSync(SCRIPT));
    writeFileSync(`${script}.br`, brotliCompressSync(SCRIPT));
    writeFileSync(join(folder, "manifest.json"), "{}");
    app = appOf(folder);
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(["/", "/setup", "/incidents/i-1?range=7d", "/entities/client.address/203.0.113.7"])(
    "a browser that opens %s gets the page, which is not kept",
    async (url) => {
      const answer = await app.inject({ url, headers: BROWSER });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe(PAGE);
      expect(answer.headers["cache-control"]).toBe("no-store");
      expect(answer.headers["content-security-policy"]).toBe(CONSOLE_POLICY);
    },
  );

  test.each(["/api/v1/nothing", "/api", "/v1/events", "/v1/nothing", "/assets/gone-123.js"])(
    "what belongs to programs is no page: %s",
    async (url) => {
      const answer = await app.inject({ url, headers: BROWSER });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ code: "NOT_FOUND" });
    },
  );

  test("a program that takes anything gets a problem instead of a page", async () => {
    const answer = await app.inject({ url: "/wp-login.php", headers: { accept: "*/*" } });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
  });

  test("only asking is answered with a page", async () => {
    expect((await app.inject({ method: "POST", url: "/incidents", headers: BROWSER })).statusCode).toBe(404);
  });

  test("files named by their content are kept for ever, in the best form that is understood", async () => {
    const brotli = await app.inject({ url: "/assets/index-abc.js", headers: BROWSER });
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(SCRIPT);
    expect(brotli.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(brotli.headers.vary).toBe("Accept-Encoding");

    const gzip = await app.inject({
      url: "/assets/index-abc.js",
      headers: { "accept-encoding": "br;q=0, gzip" },
    });
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(SCRIPT);

    const plain = await app.inject({ url: "/assets/index-abc.js" });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.body).toBe(SCRIPT);
    expect(plain.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  });

  test.each(["/manifest.json", "/assets/../index.html", "/assets/index-abc.js.gz", "/%2e%2e/package.json"])(
    "what is no part of the page is not given: %s",
    async (url) => {
      const answer = await app.inject({ url, headers: { accept: "*/*" } });
      expect(answer.statusCode).toBe(404);
    },
  );

  test("without a built console the problem says how to build it", async () => {
    const bare = appOf(join(folder, "nowhere"));
    const answer = await bare.inject({ url: "/", headers: BROWSER });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toBe("This program was built without its console: npm run build");
    await bare.close();
  });
});
