/** A log file that is followed and a syslog port, as the settings name them, into the store of a real server. */
import { createSocket } from "node:dgram";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { type Server, startServer } from "../../src/server.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-sources-"));
const log = join(folder, "access.log");
let server: Server;
let port: number;

const line = (path: string) =>
  `192.0.2.7 - - [03/Mar/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 12 "-" "curl/8.4.0"`;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

beforeAll(async () => {
  port = await freePort();
  writeFileSync(log, `${line("/before")}\n`);
  const settings = {
    data: join(folder, "data"),
    port: 0,
    threads: 1,
    sources: {
      files: [{ paths: [join(folder, "*.log")], from: "start", service: "shop" }],
      syslog: [{ transport: "udp", port, service: "edge" }],
    },
  };
  const file = join(folder, "vedette.yaml");
  writeFileSync(file, JSON.stringify(settings));
  server = await startServer(readConfig({ file, environment: {}, options: {} }), () => {});
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function serviceOf(path: string): Promise<string | undefined> {
  for (let tries = 0; tries < 100; tries++) {
    await server.live.settle();
    const { rows } = await server.live.store.query({
      sql: "SELECT `service.name` FROM events WHERE `url.path` = {path:String}",
      parameters: { path },
    });
    if (rows.length > 0) return rows.map(([name]) => String(name)).join();
    await sleep(200);
  }
  return undefined;
}

it("follows a log file from where the settings say", async () => {
  expect(await serviceOf("/before")).toBe("shop");
  appendFileSync(log, `${line("/after")}\n`);
  expect(await serviceOf("/after")).toBe("shop");
});

it("hears syslog", async () => {
  const socket = createSocket("udp4");
  for (let i = 0; i < 5; i++) {
    const message = `<190>Mar  3 10:00:0${i} web1 nginx: ${line(`/syslog-${i}`)}`;
    await new Promise((resolve) => socket.send(message, port, "127.0.0.1", resolve));
  }
  socket.close();
  expect(await serviceOf("/syslog-4")).toBe("edge");
});

it("refuses settings that name no format, or a certificate that is not there", () => {
  const wrong = (sources: unknown) => () => readConfig({ environment: {}, options: { sources } });
  expect(wrong({ files: [{ paths: [] }] })).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  expect(wrong({ syslog: [{ transport: "carrier pigeon", port: 1 }] })).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", input: "sources.syslog.0.transport" }),
  );
});
