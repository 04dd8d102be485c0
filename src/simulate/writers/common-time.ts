/** "02/Mar/2026:09:30:00 +0000", as nginx, Apache and their kin write the time; made once per second. */
export const MONTHS = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
] as const;

export function commonTime(): (timestamp: number) => string {
  let second = Number.NaN;
  let text = "";
  return (timestamp) => {
    const now = Math.floor(timestamp / 1000);
    if (now === second) return text;
    second = now;
    const iso = new Date(now * 1000).toISOString();
    text = `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
    return text;
  };
}
