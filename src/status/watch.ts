/** A live view: the status again and again, drawn over what was drawn before. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerAddress } from "../explore/call.ts";
import { screen } from "./screen.ts";
import { readStatus, type Status } from "./status.ts";

export interface Terminal {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

export interface ViewOptions {
  readonly terminal: Terminal;
  readonly colour: boolean;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly signal: AbortSignal;
  /** Lines for the end of the screen. */
  readonly messages?: () => readonly string[];
}

const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;
/** Up to the first line of what was drawn, and everything from there on away. */
const over = (lines: number) => (lines === 0 ? "" : `\u001b[${lines}A\r\u001b[J`);

/** Until the signal. A server that goes away is said to be away, and looked for. */
export async function watchStatus(server: ServerAddress, options: ViewOptions): Promise<void> {
  const { terminal, colour, every, signal, messages = () => [] } = options;
  let drawn = 0;
  let before: Status | undefined;
  while (!signal.aborted) {
    const width = (terminal.columns ?? USUAL_COLUMNS) - 1;
    const height = (terminal.rows ?? USUAL_ROWS) - 1;
    let lines: string[];
    try {
      before = await readStatus(server, before);
      lines = screen(before, { width, height, colour, messages: messages() });
    } catch (error) {
      if (signal.aborted) return;
      if (before === undefined) throw error;
      lines = [`${server.url} does not answer; looking again.`.slice(0, width)];
    }
    if (signal.aborted) return;
    terminal.write(`${over(drawn)}${lines.join("\n")}\n`);
    drawn = lines.length;
    await sleep(every, undefined, { signal }).catch(() => undefined);
  }
}
