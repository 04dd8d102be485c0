/** History judged again from the command line: over the API of a running server, or from its data folder while none runs. */
import { join } from "node:path";
import { z } from "zod";
import type { DetectionSettings } from "../correlate/settings.ts";
import { DIST_FOLDER } from "../dist-folder.ts";
import { callServer, notVedette, type ServerAddress } from "../explore/call.ts";
import { withStoredFolder } from "../explore/stored-folder.ts";
import { NOTHING_SET, settingsNow } from "../live/detection.ts";
import { openNetworks } from "../normalize/networks.ts";
import { openRecords, recordsPlace } from "../store/records/open.ts";
import {
  answerBacktest,
  answerReplay,
  type BacktestAnswer,
  type HistoryRequest,
  type Proposal,
  type ReplayAnswer,
} from "./answer.ts";

/** A question takes a server up to two minutes. */
const TIMEOUT_MS = 150_000;
/** Nobody else waits for the folder: a whole quarter of a busy API. */
const FOLDER_BOUNDS = { events: 100_000_000, milliseconds: 3_600_000 };

export interface FolderOptions {
  readonly folder: string;
  /** What the settings file says. */
  readonly file: DetectionSettings | undefined;
  /** Where they are, unless in the folder. */
  readonly recordsUrl: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * @returns with a proposal what it would change, without one what is told
 * @throws VedetteError INPUT_NOT_FOUND, DATA_FOLDER_IN_USE, and what the store throws
 */
export async function askFolder(
  { folder, file, recordsUrl, now }: FolderOptions,
  request: HistoryRequest,
  proposal: Proposal | undefined,
): Promise<ReplayAnswer | BacktestAnswer> {
  return withStoredFolder(folder, async (store) => {
    const records = await openRecords(recordsPlace(folder, recordsUrl));
    try {
      const settings = await settingsNow(file ?? NOTHING_SET, records.preferences, now);
      const source = {
        read: (query: Parameters<typeof store.query>[0]) => store.query(query),
        networks: openNetworks({ folder: join(DIST_FOLDER, "geo") }),
        services: "all" as const,
        bounds: FOLDER_BOUNDS,
      };
      return proposal === undefined
        ? await answerReplay(request, settings, source, now)
        : await answerBacktest(request, settings, proposal, source, now);
    } finally {
      await records.close();
    }
  });
}

/** Documents of the server's own making, whose form its routes declare. */
const replayAnswer = z.custom<ReplayAnswer>((value) => hasAll(value, ["events", "incidents", "detections"]));
const backtestAnswer = z.custom<BacktestAnswer>((value) => hasAll(value, ["events", "appeared", "vanished"]));

/** @throws VedetteError SERVER_UNREACHABLE, and what the server answers */
export async function askServer(
  server: ServerAddress,
  request: HistoryRequest,
  proposal: Proposal | undefined,
): Promise<ReplayAnswer | BacktestAnswer> {
  const { since, until, ...rest } = request;
  const exceptions = proposal?.exceptions?.map(({ id: _own, expires, ...scope }) => ({
    ...scope,
    ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
  }));
  const body = {
    ...rest,
    ...(proposal === undefined ? {} : { detectors: proposal.detectors, exceptions }),
    since: new Date(since).toISOString(),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
  const path = proposal === undefined ? "/replays" : "/backtests";
  const schema = proposal === undefined ? replayAnswer : backtestAnswer;
  const read = schema.safeParse(await callServer(server, "POST", path, body, TIMEOUT_MS));
  if (!read.success) throw notVedette(server.url);
  return read.data;
}

function hasAll(value: unknown, names: readonly string[]): boolean {
  return typeof value === "object" && value !== null && names.every((name) => name in value);
}
