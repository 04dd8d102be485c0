/** How much of ordinary traffic is not people; each share is of all ordinary requests. */
import type { Scene } from "../../scene.ts";

export const SHARES = {
  crawlers: 0.075,
  monitors: 0.03,
  partners: 0.035,
  services: 0.025,
  webhooks: 0.008,
  feeds: 0.004,
} as const;

/** Requests per day that a share comes to. */
export function perDay(scene: Scene, share: number): number {
  return scene.world.eventsPerSecond * 86_400 * share;
}
