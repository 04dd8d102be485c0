/** Datagrams the kernel had no room for, which no program ever sees: the last column of /proc/net/udp (Linux). */
import { readFileSync } from "node:fs";

/** @returns since the socket was opened; 0 where the kernel does not tell */
export function kernelDrops(port: number, tables = ["/proc/net/udp", "/proc/net/udp6"]): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  let drops = 0;
  for (const table of tables) {
    for (const row of readTable(table)) {
      const columns = row.trim().split(/\s+/);
      if (columns[1]?.endsWith(suffix) === true) drops += Number(columns.at(-1)) || 0;
    }
  }
  return drops;
}

function readTable(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").slice(1);
  } catch {
    return [];
  }
}
