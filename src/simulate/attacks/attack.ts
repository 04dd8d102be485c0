/** The contract of an attack: a script that plays over time, and labels itself. */
import type { Category, FindingClass } from "../../event.ts";
import type { Actor } from "../actor.ts";
import type { Episode, Intensity } from "../labels.ts";
import type { Rng } from "../random.ts";
import type { Scene } from "../scene.ts";
import type { Sources } from "./sources.ts";

export interface Attack {
  readonly name: string;
  readonly category: Category;
  readonly class?: FindingClass;
  /** One line for --help. */
  readonly title: string;
  /** How long it takes when nothing hurries it, in minutes; the first is the usual intensity. */
  readonly minutes: Readonly<Partial<Record<Intensity, number>>>;
  /** Shows only while the shop is busy. */
  readonly byDay?: true;
  /** Leaves its trace only in what an access log need not have (users, sessions, durations, host names). */
  readonly lab?: true;
  /** Plays it. Sets the episode's outcome and story; whatever it sends is labelled by the scene. */
  act(stage: AttackStage): Actor;
}

export interface AttackStage {
  readonly scene: Scene;
  readonly rng: Rng;
  readonly sources: Sources;
  readonly episode: Episode;
  readonly intensity: Intensity;
  readonly start: number;
  /** Milliseconds it may take. */
  readonly span: number;
}

export function intensitiesOf(attack: Attack): readonly Intensity[] {
  return Object.keys(attack.minutes) as Intensity[];
}
