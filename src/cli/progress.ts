/** A progress line on standard error, for people who wait: only on a terminal, and only when it takes a while. */
import type { Progress } from "../scan/tally.ts";

const PATIENCE_MS = 500;
const EVERY_MS = 100;
const BAR = 24;

export interface ProgressLine {
  show(progress: Progress): void;
  clear(): void;
}

export function createProgressLine(stream: NodeJS.WriteStream, now: () => number): ProgressLine {
  const started = now();
  let last = started + PATIENCE_MS - EVERY_MS;
  let shown = false;
  return {
    show(progress) {
      const at = now();
      if (!stream.isTTY || at - last < EVERY_MS) return;
      last = at;
      shown = true;
      const seconds = (at - started) / 1000;
      const rate = `${Math.round(progress.lines / seconds / 1000)}k lines/s`;
      stream.write(`\r\u001b[2K${bar(progress)} ${rate}${left(progress, seconds)}`);
    },
    clear() {
      if (shown) stream.write("\r\u001b[2K");
    },
  };
}

function bar(progress: Progress): string {
  const share = progress.bytesRead / progress.bytesTotal;
  if (!(share >= 0)) return `${Math.round(progress.bytesRead / 1e6)} MB read`;
  const full = Math.min(BAR, Math.round(share * BAR));
  return `${"█".repeat(full)}${"░".repeat(BAR - full)} ${Math.floor(Math.min(1, share) * 100)} %`;
}

function left(progress: Progress, seconds: number): string {
  const share = progress.bytesRead / progress.bytesTotal;
  if (!(share > 0.02)) return "";
  const remaining = Math.max(0, (seconds / share) * (1 - share));
  const minutes = Math.floor(remaining / 60);
  return `, ${minutes > 0 ? `${minutes} min ` : ""}${Math.ceil(remaining % 60)} s left`;
}
