/** Attacks that are over, as far as later ones are judged by them: kept when their verdicts have left the engine. */

export interface PastAttack {
  /** Event time of its last event, milliseconds. */
  readonly end: number;
  /** Stages that it reached, as bits in the order of STAGES. */
  readonly stages: number;
}

/** Years of a busy API; 64 kB. */
const MOST = 4_000;

/** The oldest make room. */
export function keepAttacks(past: PastAttack[], over: readonly PastAttack[]): void {
  past.push(...over);
  past.sort((a, b) => a.end - b.end || a.stages - b.stages);
  past.splice(0, past.length - MOST);
}
