/** The live sources of the settings: opened together, closed together, one list of how they do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceHealth } from "../capture/live/health.ts";
import type { Intake } from "../capture/live/intake.ts";
import type { Quarantine } from "../capture/live/quarantine.ts";
import type { SourceSettings } from "../capture/live/settings.ts";
import { listenSyslog, type SyslogSource } from "../capture/live/syslog.ts";
import { createOffsetFile } from "../capture/live/tail/offset-store.ts";
import { openTail, type Tail } from "../capture/live/tail.ts";
import { VedetteError } from "../errors.ts";

export interface LiveSources {
  health(): readonly SourceHealth[];
  /** Hears and follows no more; what was read is handed over first. */
  close(): Promise<void>;
}

export interface SourcesOptions {
  readonly settings: SourceSettings;
  /** Where it is kept how far each file was taken. */
  readonly folder: string;
  readonly intake: Intake;
  readonly quarantine: Quarantine;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** @throws VedetteError FORMAT_UNKNOWN, FORMAT_STRING_INVALID, ADDRESS_IN_USE, CONFIG_INVALID, INPUT_NOT_FOUND */
export async function openSources(options: SourcesOptions): Promise<LiveSources> {
  const { settings, intake, quarantine, now: clock } = options;
  const tails: Tail[] = [];
  const syslogs: SyslogSource[] = [];
  const close = async () => {
    await Promise.all([...tails, ...syslogs].map((source) => source.close()));
  };
  try {
    for (const [index, { paths, from, ...reading }] of settings.files.entries()) {
      const offsets = createOffsetFile(join(options.folder, `offsets-${index}.json`));
      const tail = openTail({ paths, from, intake, quarantine, clock, offsets, ...wishOf(reading) });
      tails.push(tail);
      tail.start();
    }
    for (const listening of settings.syslog) {
      syslogs.push(await listen(listening, { intake, quarantine, clock, ...wishOf(listening) }));
    }
  } catch (cause) {
    await close();
    throw cause;
  }
  return {
    health: () => [...tails.flatMap((tail) => tail.health()), ...syslogs.map((source) => source.health())],
    close,
  };
}

type Reading = Pick<SourceSettings["files"][number], "format" | "zone_minutes" | "service">;

function wishOf({ format, zone_minutes, service }: Reading) {
  return {
    format: { format, zoneMinutes: zone_minutes },
    ...(service === undefined ? {} : { service }),
  };
}

async function listen(
  { transport, host, port, cert, key, ca }: SourceSettings["syslog"][number],
  options: Parameters<typeof listenSyslog>[1],
): Promise<SyslogSource> {
  if (transport === "tls" && (cert === undefined || key === undefined)) {
    throw new VedetteError(
      "CONFIG_INVALID",
      "Syslog over TLS needs a certificate and its key",
      "sources.syslog",
    );
  }
  const files = {
    ...(cert === undefined ? {} : { cert: pem(cert) }),
    ...(key === undefined ? {} : { key: pem(key) }),
    ...(ca === undefined ? {} : { ca: pem(ca) }),
  };
  try {
    return await listenSyslog({ transport, host, port, ...files }, options);
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === "EADDRINUSE" || code === "EACCES") {
      throw new VedetteError("ADDRESS_IN_USE", `Cannot hear syslog on ${host}:${port}`, String(port), {
        cause,
      });
    }
    throw cause;
  }
}

function pem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new VedetteError("INPUT_NOT_FOUND", "The certificate or key cannot be read", file, { cause });
  }
}
