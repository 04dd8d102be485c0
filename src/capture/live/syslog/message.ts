/** One syslog message as a line that says where it came from: what has no host gets its sender's address, as a relay would do. */
import { decodeRecord } from "../../files/lines.ts";
import { syslogHeader } from "../../formats/envelope/syslog.ts";

export interface SyslogMessage {
  /** With a header that names time, host and program. */
  readonly line: string;
  /** What stands after the header: the line of the log. */
  readonly text: string;
  readonly app: string;
}

const PRIORITY = /^<\d{1,3}>/;
/** local0.info, for messages that came without. */
const NO_PRIORITY = "<134>";

/**
 * @param sender address of the peer
 * @param at milliseconds since the epoch, for a message without a time
 * @returns undefined for an empty message
 */
export function readMessage(bytes: Uint8Array, sender: string, at: number): SyslogMessage | undefined {
  // One message is one line, whatever was put into it.
  const whole = decodeRecord(bytes)
    .replace(/[\r\n\0]+/g, " ")
    .trimEnd();
  if (whole === "") return undefined;
  const header = syslogHeader(whole);
  if (header === undefined) {
    const text = whole.replace(PRIORITY, "");
    return { line: modern(new Date(at).toISOString(), sender, "-", text), text, app: "-" };
  }
  const { time, host, app } = header;
  const text = whole.slice(header.message);
  if (host !== undefined && host !== "-") return { line: whole, text, app };
  const line = time.includes(" ") ? `${time} ${sender} ${app}: ${text}` : modern(time, sender, app, text);
  return { line, text, app };
}

/** RFC 5424. */
function modern(time: string, host: string, app: string, text: string): string {
  return `${NO_PRIORITY}1 ${time} ${host} ${app} - - - ${text}`;
}
