import type { ScanResult } from "../src/report/model.ts";
import { scan } from "../src/scan/scan.ts";

/** A scan as `vedette scan FILE` makes it, in this process. */
export function scanFile(names: readonly string[]): Promise<ScanResult> {
  return scan({
    names,
    format: "auto",
    mapping: {},
    service: "default",
    trustedProxies: ["private"],
    zoneMinutes: 0,
    threads: 0,
    now: Date.UTC(2026, 0, 1),
  });
}
