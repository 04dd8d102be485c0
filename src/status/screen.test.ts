import { describe, expect, it } from "vitest";
import { columns } from "../report/width.ts";
import { screen } from "./screen.ts";
import { type Status, sentence } from "./status.ts";

const HOSTILE =
  "Probing by \u001b[2J\u001b]0;owned\u0007 \u202enaitsirhc 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字";

function statusOf(change: Partial<Status> = {}): Status {
  return {
    url: "http://127.0.0.1:4800",
    health: {
      status: "ok",
      metrics: {
        vedette_intake_events_total: 1_234_567,
        vedette_intake_events_per_second: 812.4,
        vedette_intake_acknowledge_p50_seconds: 0.0042,
        vedette_intake_acknowledge_p99_seconds: 0.131,
        vedette_intake_waiting_bytes: 0,
        vedette_journal_segments: 1,
        vedette_journal_failing: 0,
        process_resident_memory_bytes: 420e6,
      },
      store: { events: 1_000_000, bytes: 73e6, away: null },
      alerts: [{ route: "ops", sent: 3, waiting: 1, dead: 2 }],
      quarantine: 2,
    },
    counts: {
      open: { info: 0, low: 4, medium: 1, high: 1, critical: 0 },
      succeeded: 0,
      probably_succeeded: 0,
      sample: 0,
    },
    sources: [
      {
        source: "/var/log/nginx/access.log",
        kind: "tail",
        state: "failing",
        events: 12,
        rejected: 1,
        dropped: 0,
        lag: 2_048,
        last_event: null,
        last_error: { message: "permission denied" },
      },
    ],
    sample: "none",
    newest: [
      { id: "i1", title: HOSTILE, severity: "high", outcome: "attempted", last_seen: "2026-03-03T12:05:00Z" },
    ],
    ...change,
  };
}

describe("the status on a terminal", () => {
  it("says the state of things in one sentence", () => {
    const counted = (open: Partial<Status["counts"]["open"]>, succeeded = 0, probably = 0) =>
      sentence(
        statusOf({
          counts: {
            open: { info: 0, low: 0, medium: 0, high: 0, critical: 0, ...open },
            succeeded,
            probably_succeeded: probably,
            sample: 0,
          },
        }),
      );
    expect(sentence(statusOf())).toBe("2 incidents need you; nothing exposed.");
    expect(counted({ low: 9 })).toBe("Nothing needs you.");
    expect(counted({ critical: 1 }, 1, 3)).toBe("1 incident needs you; 1 succeeded.");
    expect(counted({ medium: 3 }, 0, 2)).toBe("3 incidents need you; 2 probably succeeded.");
    const failing = statusOf();
    const away = { ...failing.health, store: { events: 0, bytes: 0, away: "no answer from ch:8123" } };
    const calm = { ...failing.counts, open: { info: 0, low: 0, medium: 0, high: 0, critical: 0 } };
    expect(sentence({ ...failing, health: away, counts: calm })).toMatch(/^The store is away/);
    expect(
      screen({ ...failing, health: away }, { width: 200, height: 40, colour: false }).join("\n"),
    ).toContain("Store       away (no answer from ch:8123); journal: 1 segment");
    expect(sentence({ ...failing, health: { ...failing.health, status: "failing" } })).toMatch(/turned away/);
  });

  it("has the figures that people ask for", () => {
    expect(screen(statusOf({ newest: [] }), { width: 120, height: 40, colour: false })).toEqual([
      "Vedette at http://127.0.0.1:4800",
      "2 incidents need you; nothing exposed.",
      "Open: 1 high, 1 medium, 4 low",
      "Events      812/s, acknowledged in 4.2 ms (99 % in 131 ms), 1,234,567 since the start",
      "Sources     /var/log/nginx/access.log: failing, 12 events, 1 not understood, 2 kB behind, permission denied",
      "Store       1,000,000 events, 73 MB; journal: 1 segment and 0 B on the way",
      "Memory      420 MB",
      "Quarantine  2 lines that could not be read",
      "Alerts      ops: 3 sent, 1 waiting, 2 given up",
    ]);
  });

  it("lets nothing of a log act, wrap or scroll, however narrow it is", () => {
    for (const width of [12, 40, 80, 200]) {
      for (const height of [1, 4, 30]) {
        const lines = screen(statusOf({ sample: "running" }), { width, height, colour: false });
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of lines) {
          expect(columns(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }
    }
  });

  it("paints only around what is inert", () => {
    const [, , , line = ""] = screen(statusOf(), { width: 100, height: 30, colour: true });
    expect(line.startsWith("\u001b[31m")).toBe(true);
    expect(line.endsWith("\u001b[0m")).toBe(true);
    expect(line.slice(5, -4)).not.toContain("\u001b");
  });
});
