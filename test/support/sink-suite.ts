/** What every sink does, whatever it speaks. */
import { expect, it } from "vitest";
import type { Sink } from "../../src/respond/sink.ts";
import { hostileMessage, messageOf } from "./hostile-notice.ts";

export interface SinkUnderTest {
  readonly sink: Sink;
  /** Notices that arrived, each as one text. */
  arrived(): readonly string[];
  /** From now on the receiver takes it, refuses for now, or refuses for good. */
  behave(how: "take" | "not now" | "never"): void;
  /** The same sink where nobody listens. */
  readonly nowhere: Sink;
}

const later = () => AbortSignal.timeout(10_000);

export function sinkSuite(open: () => SinkUnderTest): void {
  it("hands a notice over, with what a person needs to know first", async () => {
    const { sink, arrived, behave } = open();
    behave("take");
    const before = arrived().length;
    expect(await sink.send(messageOf(), later())).toEqual({ ok: true });
    const [text = ""] = arrived().slice(before);
    expect(arrived().length).toBe(before + 1);
    for (const part of ["Probing", "203.0.113.9", "vedette.example.com/incidents/i-1"])
      expect(text).toContain(part);
  });

  it("says whether another attempt makes sense", async () => {
    const { sink, behave, nowhere } = open();
    behave("not now");
    expect(await sink.send(messageOf(), later())).toMatchObject({ ok: false, again: true });
    behave("never");
    expect(await sink.send(messageOf(), later())).toMatchObject({ ok: false, again: false });
    expect(await nowhere.send(messageOf(), later())).toMatchObject({ ok: false, again: true });
  });

  it("gives up waiting when it is told to", async () => {
    const { sink, behave } = open();
    behave("take");
    expect(await sink.send(messageOf(), AbortSignal.abort())).toMatchObject({ ok: false, again: true });
  });

  it("takes hostile text as text", async () => {
    const { sink, behave, arrived } = open();
    behave("take");
    const before = arrived().length;
    expect(await sink.send(hostileMessage(), later())).toEqual({ ok: true });
    expect(arrived().length).toBe(before + 1);
  });
}
