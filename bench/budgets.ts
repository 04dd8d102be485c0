/**
 * What each figure is held to. Figures are taken per CPU-second or as a ratio of two programs in the same run,
 * because wall time alone says more about the machine and about who else is using it.
 */
export interface Budget {
  readonly limit: number;
  readonly kind: "at least" | "at most";
  readonly unit: string;
}

export const BUDGETS = {
  /** nginx combined, every detector on. */
  scanRate: { limit: 100_000, kind: "at least", unit: "" },
  /** Lines a second, theirs and ours on the same file. */
  overGoAccess: { limit: 2, kind: "at least", unit: "x" },
  overCrowdSec: { limit: 100, kind: "at least", unit: "x" },
  /** VmHWM of the whole process, worker threads included. */
  memory: { limit: 600, kind: "at most", unit: " MB" },
  /** The stateful stage, wall time of one event. */
  behaviour: { limit: 3, kind: "at most", unit: " µs" },
  /** While the engine is saved, it watches nothing; while a piece is, nothing else happens. */
  checkpoint: { limit: 300, kind: "at most", unit: " ms" },
  checkpointPiece: { limit: 100, kind: "at most", unit: " ms" },
  /** Exponent of the time of inspection over the length of hostile text; a quadratic reader has 2. */
  hostileGrowth: { limit: 1.5, kind: "at most", unit: "" },
  /** CPU time of a line in a long log to that in a short one. */
  growth: { limit: 1.3, kind: "at most", unit: "x" },
  /** CPU time of a small scan, to `node` printing one line: half a second on a machine that starts node in 40 ms. */
  startOverNode: { limit: 12, kind: "at most", unit: "x" },
  /** `vedette serve`, everything on, acknowledged from disk. */
  ingest: { limit: 25_000, kind: "at least", unit: "" },
  acknowledged: { limit: 500, kind: "at most", unit: " ms" },
  /** CPU time of one answer over ten million events, and of one about a single client, user, session, trace or id. */
  query: { limit: 1_000, kind: "at most", unit: " ms" },
  queryEntity: { limit: 200, kind: "at most", unit: " ms" },
  /** Wall time, with 2,000 events a second beside it. */
  detected: { limit: 1_000, kind: "at most", unit: " ms" },
  tailed: { limit: 500, kind: "at most", unit: " ms" },
  serveIdleMemory: { limit: 450, kind: "at most", unit: " MB" },
  serveMemory: { limit: 1_200, kind: "at most", unit: " MB" },
} as const satisfies Record<string, Budget>;

export function isWithin({ limit, kind }: Budget, value: number): boolean {
  return kind === "at least" ? value >= limit : value <= limit;
}
