/** The server: wires the stages for live traffic, as `scan/scan.ts` does for files. */

import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { openQuarantine } from "./capture/live/quarantine.ts";
import type { Config } from "./config.ts";
import { VedetteError } from "./errors.ts";
import { createInvitations } from "./http/access/invitations.ts";
import { createRefusals, type Refusals } from "./http/access/refusals.ts";
import { createApi } from "./http/api/api.ts";
import type { Route } from "./http/api/route.ts";
import { closeApp, createApp } from "./http/app.ts";
import { metricValues } from "./http/health.ts";
import { addKey, createKeyCheck, hashOf, newSecret } from "./http/keys.ts";
import { createLocalKey } from "./http/local-key.ts";
import { type Live, type LiveLog, openLive } from "./live/live.ts";
import { type LiveSources, openSources } from "./live/sources.ts";
import { redactLine } from "./normalize/redact-line.ts";
import { openAlerts } from "./respond/alerts.ts";
import { hasSample, openSample, type Sample } from "./sample/sample.ts";
import { type FolderAddress, writeFolderAddress } from "./store/folder-address.ts";
import { lockFolder } from "./store/folder-lock.ts";

export interface Server {
  /** Where it listens: "http://127.0.0.1:4800". */
  readonly url: string;
  /** A key that was made at this start; it is told once. */
  readonly newKey: string | undefined;
  /** While there is no user: where the first administrator sets a name and a password. It works once. */
  readonly setupLink: string | undefined;
  /** The API's table of routes. */
  readonly routes: readonly Route[];
  readonly live: Live;
  readonly sample: Pick<Sample, "state">;
  /** Where and with which key programs of the same user ask it. */
  readonly address: FolderAddress;
  close(): Promise<void>;
}

/**
 * Opens the data folder, catches up with the journal, and listens.
 * @param now milliseconds since the epoch
 * @throws VedetteError DATA_FOLDER_IN_USE, STORE_ENGINE_MISSING, STORE_UNAVAILABLE, RECORDS_UNAVAILABLE,
 *   RECORDS_IN_USE, JOURNAL_UNWRITABLE, ADDRESS_IN_USE
 */
export async function startServer(
  config: Config,
  log: LiveLog,
  now: () => number = Date.now,
): Promise<Server> {
  const unlock = lockFolder(config.data);
  const quarantine = openQuarantine({
    file: join(config.data, "quarantine.json"),
    clock: now,
    redact: redactLine,
  });
  let live: Live | undefined;
  let sources: LiveSources | undefined;
  let app: FastifyInstance | undefined;
  let refusals: Refusals | undefined;
  let sample: Sample | undefined;
  const publicUrl = config.public_url === undefined ? undefined : new URL(config.public_url).origin;
  const alerts = openAlerts({ settings: config.alerts, consoleUrl: publicUrl, now, log });
  try {
    live = await openLive({
      folder: config.data,
      storeUrl: config.store,
      recordsUrl: config.records,
      threads: config.threads,
      trustedProxies: config.trusted_proxies,
      service: config.service,
      retention: config.retention,
      budgetBytes: config.budgetBytes,
      journalBytes: config.journalBytes,
      sample: hasSample,
      detection: config.detection,
      announce: alerts.announce,
      duties: ({ outbox }) => alerts.duties(outbox),
      onRejected: (batch, { rejections }) => {
        for (const { reason, text } of rejections) quarantine.add(batch.source, reason, text);
      },
      now,
      log,
    });
    await givenKey(live, config.ingest_key, now());
    const engine = live;
    const local = createLocalKey(now());
    const keys = createKeyCheck(live.records.access, now, local.key);
    const invitations = createInvitations(live.records, now);
    const refused = createRefusals({ audit: live.records.audit, now });
    refusals = refused;
    const metrics = () => metricValues(engine, keys);
    const heard = await openSources({
      settings: config.sources,
      folder: config.data,
      intake: live.intake,
      quarantine,
      now,
    });
    sources = heard;
    const { files, syslog } = config.sources;
    const wish = { wanted: config.sample, sourcesNamed: files.length + syslog.length > 0 };
    const shown = await openSample(live, wish, now, log);
    sample = shown;
    const health = () => [...heard.health(), ...shown.health()];
    const api = createApi({
      live,
      keys,
      invitations,
      publicUrl,
      alerts,
      metrics,
      health,
      quarantine,
      sample: shown,
      now,
    });
    app = createApp({
      live,
      alerts,
      keys,
      api,
      refusals: refused,
      now,
      log,
      behindProxy: config.behind_proxy,
    });
    const listening = app;
    const url = await listen(app, config);
    const address = { url, key: local.secret };
    const takeBack = writeFolderAddress(config.data, address);
    // Told to somebody only when the start succeeds, so made only then.
    const newKey = await firstKey(live, now());
    const first = (await live.records.access.users()).length === 0;
    const setupToken = first ? (await invitations.invite({ role: "admin" })).token : undefined;
    return {
      url,
      newKey,
      setupLink: setupToken === undefined ? undefined : `${publicUrl ?? url}/setup#${setupToken}`,
      routes: api.routes,
      live,
      sample: shown,
      address,
      async close() {
        takeBack();
        await closeApp(listening);
        await shown.close();
        await heard.close();
        await refused.close();
        alerts.stop();
        await engine.close();
        await quarantine.close();
        alerts.close();
        unlock();
      },
    };
  } catch (cause) {
    await app?.close();
    await sample?.close();
    await sources?.close();
    await refusals?.close();
    alerts.stop();
    await live?.close();
    alerts.close();
    unlock();
    throw cause;
  }
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === "EADDRINUSE" || code === "EACCES") {
      throw new VedetteError("ADDRESS_IN_USE", `Cannot listen on ${host}:${port}`, String(port), { cause });
    }
    throw cause;
  }
}

/** The key that the settings give. */
async function givenKey({ records }: Live, given: string | undefined, now: number): Promise<void> {
  if (given === undefined || (await records.access.keyByHash(hashOf(given), now)) !== undefined) return;
  await addKey(records.access, given, { kind: "ingest", name: "from the settings", by: "system" }, now);
}

/** @returns the secret of the key that was made, when there was none */
async function firstKey({ records }: Live, now: number): Promise<string | undefined> {
  if ((await records.access.keys()).some(({ kind }) => kind === "ingest")) return undefined;
  const secret = newSecret("ingest");
  await addKey(records.access, secret, { kind: "ingest", name: "first key", by: "system" }, now);
  return secret;
}
