/**
 * How far an attack will go, by how far earlier ones went: of those that came to the same stage, the share whose next
 * stage was each of the later ones, together with a published rate that counts as a few attacks, so that two or three
 * of one's own do not make a certainty.
 *
 * The published rate is that of the Verizon Data Breach Investigations Report 2022, "Basic Web Application Attacks":
 * of 4,751 incidents 1,273 ended in a confirmed disclosure of data. It is taken for the chance of any step further;
 * for lack of counts, half of it is the very next stage's, half of the rest the one's after that, and so on.
 */
import type { PastAttack } from "../detect/past-attacks.ts";
import { type NextStage, STAGES, type Stage } from "../event.ts";

/** Attacks go through these in their order; impact comes at any point. */
const PATH: readonly Stage[] = STAGES.filter((stage) => stage !== "impact");
const PUBLISHED = 1273 / 4751;
/** So many attacks of one's own weigh as much as what is published. */
const WEIGHT = 4;
/** What certainty of a step further adds to the risk of an incident. */
const MOST_RISK = 10;

export interface Foresight {
  readonly next: NextStage;
  /** Points of risk: none where attacks go further no more often than elsewhere. */
  readonly risk: number;
}

export interface Attack {
  readonly stages: readonly Stage[];
  /** Event times, milliseconds. */
  readonly start: number;
  readonly end: number;
}

export function pastAttackOf({ stages, end }: Pick<Attack, "stages" | "end">): PastAttack {
  return { end, stages: stages.reduce((bits, stage) => bits | (1 << STAGES.indexOf(stage)), 0) };
}

/**
 * @param past of attacks that are not among `attacks`
 * @returns for each attack what is foreseen from all that were over before it began; undefined where nothing comes after
 */
export function foresee(attacks: readonly Attack[], past: readonly PastAttack[]): (Foresight | undefined)[] {
  const over = [...past, ...attacks.map(pastAttackOf)].sort((a, b) => a.end - b.end);
  const counts = createCounts();
  const foreseen = new Array<Foresight | undefined>(attacks.length).fill(undefined);
  const order = attacks.map((_, index) => index).sort((a, b) => attacks[a].start - attacks[b].start);
  let counted = 0;
  for (const index of order) {
    const { stages, start } = attacks[index];
    for (; counted < over.length && over[counted].end < start; counted++) count(counts, over[counted].stages);
    foreseen[index] = foresightOf(counts, stages);
  }
  return foreseen;
}

interface Counts {
  /** Attacks that reached a stage of PATH. */
  readonly reached: number[];
  /** Of those, by the stage that came next. */
  readonly next: number[][];
}

function createCounts(): Counts {
  const none = () => PATH.map(() => 0);
  return { reached: none(), next: PATH.map(none) };
}

function count({ reached, next }: Counts, stages: number): void {
  let before = -1;
  for (const at of PATH.keys()) {
    if ((stages & (1 << at)) === 0) continue;
    reached[at]++;
    if (before !== -1) next[before][at]++;
    before = at;
  }
}

function foresightOf({ reached, next }: Counts, stages: readonly Stage[]): Foresight | undefined {
  const at = PATH.findLastIndex((stage) => stages.includes(stage));
  if (at === -1 || at === PATH.length - 1) return undefined;
  let likeliest = at + 1;
  let best = 0;
  let further = 0;
  for (let to = at + 1; to < PATH.length; to++) {
    const chance = (next[at][to] + WEIGHT * publishedOf(at, to)) / (reached[at] + WEIGHT);
    further += chance;
    if (chance <= best) continue;
    best = chance;
    likeliest = to;
  }
  const wentOn = next[at].reduce((sum, each) => sum + each, 0);
  return {
    next: {
      stage: PATH[likeliest],
      probability: Math.round(best * 100) / 100,
      basis: basisOf(PATH[at], reached[at], wentOn),
    },
    risk: Math.round((MOST_RISK * Math.max(0, further - PUBLISHED)) / (1 - PUBLISHED)),
  };
}

/** Halves of what is left, and the last stage takes the rest. */
function publishedOf(at: number, to: number): number {
  const steps = to - at;
  return PUBLISHED * 0.5 ** (to === PATH.length - 1 ? steps - 1 : steps);
}

function basisOf(stage: Stage, reached: number, wentOn: number): string {
  const published = `the published rate of ${Math.round(PUBLISHED * 100)} % for any step further`;
  if (reached === 0) return `No earlier attack here came to ${stage}: this is ${published}.`;
  const attacks = reached === 1 ? "the one earlier attack" : `${reached} earlier attacks`;
  return `Of ${attacks} that came to ${stage}, ${wentOn} went on; ${published} counts as ${WEIGHT} attacks.`;
}
