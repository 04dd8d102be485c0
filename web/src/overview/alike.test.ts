import { describe, expect, it } from "vitest";
import { foldClients } from "./alike.ts";

const row = (id: string, client: string | null) => ({ "event.id": id, "client.address": client });

describe("attacks of one client", () => {
  it("are told as one, by the latest, in the order of the latest", () => {
    const rows = [row("5", "a"), row("4", "b"), row("3", "a"), row("2", "a"), row("1", "c")];
    expect(foldClients(rows).map(({ row, times }) => [row["event.id"], times])).toEqual([
      ["5", 3],
      ["4", 1],
      ["1", 1],
    ]);
  });

  it("are counted once that come by the stream and by the query", () => {
    const rows = [row("2", "a"), row("1", "a"), row("2", "a"), row("1", "a")];
    expect(foldClients(rows)).toEqual([{ row: row("2", "a"), times: 2 }]);
  });
});
