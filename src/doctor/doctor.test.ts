/** What the doctor finds wrong, on real folders, ports and hosts. */
import { chmodSync, existsSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsOf } from "../../test/support/alert-route.ts";
import { checkAlertRoutes } from "./alert-routes.ts";
import { checkDataFolder } from "./data-folder.ts";
import { checkPort } from "./port.ts";
import { checkBuild, checkMemory, checkNode, checkStoreEngine } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-doctor-"));
let other: Server;
let port: number;
beforeAll(async () => {
  other = createServer((_request, response) => response.end("hello"));
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  port = (other.address() as AddressInfo).port;
});
afterAll(() => {
  other.close();
  rmSync(folder, { recursive: true });
});
const statuses = (findings: readonly { check: string; status: string }[]) =>
  findings.map(({ check, status }) => `${check} ${status}`);

describe("the doctor", () => {
  it("looks at the data folder without making it", async () => {
    const missing = join(folder, "not", "yet");
    const findings = await checkDataFolder(missing, 1, Date.now() + 1_000);
    expect(statuses(findings)).toEqual(["data folder ok", "free space ok", "clock ok"]);
    expect(existsSync(missing)).toBe(false);
  });

  it("sees folders that others may read, disks that are too small, and clocks that run behind", async () => {
    chmodSync(folder, 0o755);
    const future = Date.now() / 1000 + 7_200;
    utimesSync(folder, future, future);
    const findings = await checkDataFolder(folder, 1e18, Date.now());
    expect(statuses(findings).filter((text) => !text.endsWith("ok"))).toEqual([
      "permissions warn",
      "free space warn",
      "clock fail",
    ]);
    expect(findings.every(({ status, remedy }) => (status === "ok") === (remedy === undefined))).toBe(true);
    chmodSync(folder, 0o700);
  });

  it("sees a port that something else holds, and an address that is not here", async () => {
    expect(statuses(await checkPort("127.0.0.1", port))).toEqual(["port fail"]);
    expect(await checkPort("192.0.2.1", 4800)).toMatchObject([{ status: "fail" }]);
    expect(await checkPort("127.0.0.1", 0)).toMatchObject([{ status: "ok" }]);
  });

  it("asks the server that has the data folder, wherever it listens", async () => {
    const running = createServer(({ url }, response) =>
      response.end(url === "/metrics" ? "vedette_up 1\nvedette_alerts_dead 2\n" : "ready"),
    );
    await new Promise<void>((done) => running.listen(0, "127.0.0.1", done));
    const place = `127.0.0.1:${(running.address() as AddressInfo).port}`;
    expect(await checkPort("127.0.0.1", port, `http://${place}`)).toMatchObject([
      { status: "ok", found: `a Vedette server runs on ${place}` },
      { status: "ok" },
      { status: "warn", found: "2 given up" },
    ]);
    await new Promise((done) => running.close(done));
    // The file of one that was killed stays behind.
    expect(await checkPort("127.0.0.1", 0, `http://${place}`)).toMatchObject([{ status: "ok" }]);
  });

  it("sees a Node that is too old, a build with gaps, little memory, and a store that is away", async () => {
    expect(checkNode("20.18.9").status).toBe("fail");
    expect(checkNode("20.19.0").status).toBe("ok");
    expect(checkNode("22.0.0").status).toBe("ok");
    expect(checkBuild(folder)).toMatchObject({
      status: "fail",
      found: `${folder} lacks front-worker.js and geo`,
    });
    expect(checkMemory(1e9).status).toBe("warn");
    expect(checkMemory(2e9).status).toBe("ok");
    expect(await checkStoreEngine("http://user:hidden@127.0.0.1:1")).toMatchObject({
      status: "warn",
      found: "http://127.0.0.1:1 does not answer",
    });
    expect((await checkStoreEngine(`http://127.0.0.1:${port}`)).status).toBe("ok");
  });

  it("sees alerts that would go to a private address, and that nobody is told", async () => {
    const route = { name: "ops", sink: { kind: "slack", url: "https://10.0.0.1/hook" } };
    expect(await checkAlertRoutes(settingsOf({ routes: [route] }))).toMatchObject([
      { check: "alerts ops", status: "fail" },
    ]);
    expect(
      (await checkAlertRoutes(settingsOf({ routes: [route], allow_hosts: ["10.0.0.1"] })))[0]?.status,
    ).toBe("ok");
    expect((await checkAlertRoutes(settingsOf({})))[0]?.status).toBe("warn");
  });
});
