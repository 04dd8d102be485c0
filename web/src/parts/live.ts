/** Events as they come in, from the server's stream; a browser takes a broken one up again by itself. */
import { useEffect, useRef, useState } from "react";
import type { Row } from "../api/answers.ts";
import { urlOf } from "../api/client.ts";

export interface Tail {
  readonly state: "off" | "connecting" | "live" | "refused";
  /** Newest first. */
  readonly events: readonly Row[];
  /** Left out because there were more than can be shown. */
  readonly dropped: number;
}

const OFF: Tail = { state: "off", events: [], dropped: 0 };
/** Painted so often, however many come. */
const PAINT_MS = 250;

/**
 * @param query undefined listens to nothing
 * @param most events that are kept
 */
export function useTail(query: string | undefined, most: number, paused = false): Tail {
  const [tail, setTail] = useState(OFF);
  const held = useRef(paused);
  held.current = paused;
  useEffect(() => {
    if (query === undefined) {
      setTail(OFF);
      return;
    }
    setTail({ ...OFF, state: "connecting" });
    let waiting: Row[] = [];
    let dropped = 0;
    const source = new EventSource(urlOf("/events/tail", {}, { query }));
    source.addEventListener("open", () => setTail((before) => ({ ...before, state: "live" })));
    source.addEventListener("error", () =>
      setTail((before) => ({
        ...before,
        state: source.readyState === EventSource.CLOSED ? "refused" : "connecting",
      })),
    );
    source.addEventListener("event", ({ data }: MessageEvent<string>) => {
      waiting.push(JSON.parse(data));
      if (waiting.length <= most) return;
      dropped += waiting.length - most;
      waiting = waiting.slice(-most);
    });
    source.addEventListener("dropped", ({ data }: MessageEvent<string>) => {
      dropped += Number(JSON.parse(data).dropped);
    });
    const timer = setInterval(() => {
      if (held.current || (waiting.length === 0 && dropped === 0)) return;
      const fresh = waiting.reverse();
      const left = dropped;
      waiting = [];
      dropped = 0;
      setTail((before) => ({
        ...before,
        events: [...fresh, ...before.events].slice(0, most),
        dropped: before.dropped + left,
      }));
    }, PAINT_MS);
    return () => {
      clearInterval(timer);
      source.close();
    };
  }, [query, most]);
  return tail;
}
