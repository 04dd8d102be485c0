/** The port: free for the server, or held by a running one, which is then asked how it is. */
import { createServer } from "node:net";
import { type Finding, fail, ok, warn } from "./check.ts";

const TIMEOUT_MS = 3_000;

/** @param running where a server that has the data folder said that it listens */
export async function checkPort(host: string, port: number, running?: string): Promise<Finding[]> {
  if (running !== undefined && (await ask(`${running}/readyz`)) !== undefined)
    return askServer(running, new URL(running).host);
  const code = await listenOnce(host, port);
  const place = `${host}:${port}`;
  if (code === undefined) return [ok("port", `${place} is free; no server runs there`)];
  if (code !== "EADDRINUSE") {
    const remedy = "Choose another --host or --port; ports below 1024 need a right of their own.";
    return [fail("port", `Cannot listen on ${place}: ${code}`, remedy)];
  }
  return askServer(`http://${host.includes(":") ? `[${host}]` : host}:${port}`, place);
}

async function askServer(url: string, place: string): Promise<Finding[]> {
  const ready = await ask(`${url}/readyz`);
  const metrics = await ask(`${url}/metrics`);
  if (ready === undefined || !metrics?.text.includes("vedette_")) {
    const remedy = "Stop what listens there, or choose another --port.";
    return [fail("port", `Something else listens on ${place}`, remedy)];
  }
  const findings = [ok("port", `a Vedette server runs on ${place}`)];
  if (ready.status === 200) findings.push(ok("server", "ready"));
  else
    findings.push(fail("server", "not ready: the disk takes nothing", "Free some space where its data is."));
  const dead = Number(/^vedette_alerts_dead (\d+)$/m.exec(metrics.text)?.[1] ?? 0);
  const found = `${dead} given up`;
  if (dead === 0) findings.push(ok("alerts sent", found));
  else
    findings.push(
      warn("alerts sent", found, "The log says which and why; docs/alerts.md says what to check."),
    );
  return findings;
}

/** @returns the error's code; undefined when it can listen */
function listenOnce(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => done(code ?? message));
    server.listen({ host, port }, () => server.close(() => done(undefined)));
  });
}

async function ask(url: string): Promise<{ status: number; text: string } | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return undefined;
  }
}
