/** "Mar  2 09:30:00": the time of BSD syslog (RFC 3164), without year or zone; made once per second. */
import { MONTHS } from "./common-time.ts";

export function syslogTime(): (timestamp: number) => string {
  let second = Number.NaN;
  let text = "";
  return (timestamp) => {
    const now = Math.floor(timestamp / 1000);
    if (now === second) return text;
    second = now;
    const iso = new Date(now * 1000).toISOString();
    text = `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${String(Number(iso.slice(8, 10))).padStart(2)} ${iso.slice(11, 19)}`;
    return text;
  };
}
