/**
 * Sample traffic on a server: when it begins, when it ends, and how it goes again. It has a name in its events, an
 * engine of its own and alerts nobody; what it brought is removed as a whole, and does not come back.
 */
import { z } from "zod";
import type { SourceHealth } from "../capture/live/health.ts";
import { createDuties, type Duties } from "../live/duties.ts";
import type { Live, LiveLog } from "../live/live.ts";
import type { Records } from "../store/records/open.ts";
import { createFeed, type Feed } from "./feed.ts";
import { beginning } from "./progress.ts";

/**
 * `none`: there was never one. `running`: it is being sent. `ended`: what it brought is there, nothing is added.
 * `removing`: it is on its way out. `removed`: it is gone, for good.
 */
export const SAMPLE_STATES = ["none", "running", "ended", "removing", "removed"] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

export interface Sample {
  readonly state: SampleState;
  /** Of its first event, milliseconds since the epoch. */
  readonly began: number | undefined;
  health(): readonly SourceHealth[];
  /** Stops it and takes out what it brought; what is gone already stays gone. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

export interface SampleWish {
  /** "auto": as long as nothing else is received and nothing is set up that could be. */
  readonly wanted: boolean | "auto";
  /** The settings name sources. */
  readonly sourcesNamed: boolean;
}

const kept = z.object({
  state: z.enum(SAMPLE_STATES),
  seed: z.number(),
  began: z.number(),
  until: z.number(),
  coarseUntil: z.number(),
});
type Kept = z.infer<typeof kept>;

const SETTING = "sample";
/** One whose hours before the first look have incidents of many kinds at any time of the day. */
const SEED = 7;
const SEND_EVERY_MS = 500;

/** Whether a folder's records tell of a sample, which then has an engine. */
export async function hasSample(records: Records): Promise<boolean> {
  const state = (await stateOf(records))?.state;
  return state === "running" || state === "ended";
}

export async function openSample(
  live: Live,
  { wanted, sourcesNamed }: SampleWish,
  now: () => number,
  log: LiveLog,
): Promise<Sample> {
  const { preferences } = live.records;
  let own = await stateOf(live.records);
  let feed: Feed | undefined;
  let duties: Duties | undefined;
  let removal: Promise<void> | undefined;

  async function put(change: Kept): Promise<void> {
    await preferences.putSetting(SETTING, change);
    own = change;
  }

  async function begin(): Promise<void> {
    if (own === undefined) await put({ state: "running", seed: SEED, ...beginning(now()) });
    const progress = own;
    if (progress === undefined) return;
    await put({ ...progress, state: "running" });
    await live.watchSample();
    const sending = createFeed({
      seed: progress.seed,
      progress,
      intake: live.intake,
      now,
      note: (reached) => put({ state: "running", seed: progress.seed, ...reached }),
    });
    feed = sending;
    duties = createDuties(log, [{ name: "sample", every: SEND_EVERY_MS, run: () => tick(sending) }]);
  }

  async function tick(sending: Feed): Promise<void> {
    if (own?.state !== "running") return;
    if (wanted === "auto" && live.watch.events > 0) {
      await end();
      log("info", "the sample traffic has ended: events of your own arrive");
    } else await sending.send();
  }

  async function end(): Promise<void> {
    feed?.stop();
    if (own !== undefined) await put({ ...own, ...feed?.progress, state: "ended" });
  }

  async function remove(): Promise<void> {
    if (own?.state === "removed") return;
    feed?.stop();
    await duties?.stop();
    await put({ ...(own ?? { seed: SEED, ...beginning(now()) }), state: "removing" });
    await live.removeSample();
    await put({ ...(own ?? { seed: SEED, ...beginning(now()) }), state: "removed" });
    feed = undefined;
    log("info", "the sample traffic has been removed");
  }

  const removeOnce = () => {
    removal ??= remove().finally(() => {
      removal = undefined;
    });
    return removal;
  };

  const sought = wanted === true || (wanted === "auto" && !sourcesNamed && (await nothingReceived(live)));
  if (own?.state === "removing") await removeOnce();
  else if (own === undefined ? sought : own.state === "running" && sought) await begin();
  else if (own?.state === "ended" && wanted === true) await begin();
  else if (own?.state === "running") await end();

  return {
    get state() {
      return own?.state ?? "none";
    },
    get began() {
      return own?.state === "removed" ? undefined : own?.began;
    },
    health: () => (feed === undefined ? [] : [feed.health]),
    remove: removeOnce,
    async close() {
      feed?.stop();
      await duties?.stop();
      await removal;
      if (own?.state === "running" && feed !== undefined) await put({ ...own, ...feed.progress });
    },
  };
}

async function stateOf({ preferences }: Pick<Records, "preferences">): Promise<Kept | undefined> {
  const read = kept.safeParse(await preferences.setting(SETTING));
  return read.success ? read.data : undefined;
}

/** Neither now nor before. */
async function nothingReceived({ watch, store, records }: Live): Promise<boolean> {
  if (watch.events > 0) return false;
  if (await hasSample(records)) return true;
  // Nobody knows what it holds.
  if (store.away !== undefined) return false;
  return (await store.lastSegment()) === 0 && (await store.usage()).events === 0;
}
