/**
 * What the dashboard and the explorer ask, as they ask it: over HTTP, of a server with a month of stored events. A
 * million events, or VEDETTE_BENCH_EVENTS of them. CPU time is that of all threads of the process together, so that
 * on an idle machine with several cores an answer comes sooner.
 */
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "../eval/table.ts";
import { readConfig } from "../src/config.ts";
import { addKey, newSecret } from "../src/http/keys.ts";
import { startServer } from "../src/server.ts";
import { BUDGETS, isWithin } from "./budgets.ts";
import type { Cost } from "./processes.ts";
import { best } from "./processes.ts";
import { type Ask, questions, takeSample } from "./questions.ts";
import { rounded } from "./row.ts";
import { MONTH, storedMonth } from "./stored-month.ts";

const EVENTS = Number(process.env.VEDETTE_BENCH_EVENTS ?? 1_000_000);
const ROUNDS = 3;
/** Of QUERY_TOO_EXPENSIVE: ten seconds have passed. */
const TOO_EXPENSIVE = 422;
/** This is bundled to dist/dev/bench. */
const geo = join(import.meta.dirname, "../../geo");

export async function benchQuery(): Promise<Row[]> {
  const stored = await storedMonth(EVENTS, geo);
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-query-"));
  symlinkSync(stored, join(folder, "store"));
  const options = { data: folder, port: 0, threads: 1, disk_budget_gb: 1_000 };
  const server = await startServer(
    readConfig({ environment: {}, options }),
    () => {},
    () => MONTH.to,
  );
  try {
    const secret = newSecret("api");
    const key = { kind: "api", name: "bench", scopes: ["events:read"], by: "bench" } as const;
    await addKey(server.live.records.access, secret, key, MONTH.to);
    const ask: Ask = async ({ path, body }) => {
      const answer = await fetch(`${server.url}/api/v1${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const json: unknown = await answer.json();
      // Who asks for too much is told so: a figure that is not met, and no reason to stop.
      if (!answer.ok && answer.status !== TOO_EXPENSIVE) throw new Error(`${path}: ${JSON.stringify(json)}`);
      return json;
    };
    const rows: Row[] = [];
    const sample = await takeSample(ask);
    const rounds = Array.from({ length: ROUNDS }, (_, round) => questions(sample, round));
    for (const [i, { name, of }] of (rounds[0] ?? []).entries()) {
      const costs: Cost[] = [];
      for (const round of rounds) {
        const question = round[i];
        if (question !== undefined) costs.push(await costOf(() => ask(question)));
      }
      rows.push(rowOf(name, best(costs), of));
    }
    return rows;
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall: performance.now() - started };
}

/** @param cost in milliseconds */
function rowOf(name: string, { cpu, wall }: Cost, of: "all" | "entity"): Row {
  const budget = of === "entity" ? BUDGETS.queryEntity : BUDGETS.query;
  return {
    area: "query",
    measure: `${name}, of ${(EVENTS / 1e6).toFixed(1)} M`,
    value: `${rounded(cpu)} ms CPU, ${rounded(wall)} ms`,
    goal: `at most ${rounded(budget.limit)}${budget.unit} CPU`,
    met: isWithin(budget, cpu),
  };
}
