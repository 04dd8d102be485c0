/**
 * The header of a syslog line: RFC 5424, RFC 3164 in the ways in which daemons write it, and rsyslog's with an
 * ISO time; with or without priority, host, and the length in front that RFC 6587 adds.
 */

export interface SyslogHeader {
  /** Where the message begins. */
  readonly message: number;
  readonly time: string;
  readonly host: string | undefined;
  /** The program that wrote the message: APP-NAME, or what stands before the colon. */
  readonly app: string;
}

const MODERN = /^(?:\d{1,6} )?<\d{1,3}>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) \S{1,128} \S{1,32} ?/;
/** Structured data; Heroku's drains leave it out and begin the message at once. */
const STRUCTURED =
  /(?:-(?: |$)|\[[^\s\]="]{1,64}(?: [^\s=\]"]{1,64}="(?:[^"\\\]]|\\.){0,1024}"){0,32}\] ?)+/y;
const CLASSIC =
  /^(?:\d{1,6} )?(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,6})?(?: \d{4})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) (?:(\S{1,255}) )?([^\s:[\]{}"=]{1,64})(?:\[[^\]\s]{1,32}\])?: ?/;
const BYTE_ORDER_MARK = 0xfeff;

/** @returns undefined when the line has no such header */
export function syslogHeader(line: string): SyslogHeader | undefined {
  const first = line.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (first !== 60 && !digit && !(first >= 65 && first <= 90)) return undefined;
  const modern = first === 60 || digit ? MODERN.exec(line) : null;
  if (modern === null) {
    const classic = CLASSIC.exec(line);
    return classic === null
      ? undefined
      : { message: classic[0].length, time: classic[1] ?? "", host: classic[2], app: classic[3] ?? "-" };
  }
  STRUCTURED.lastIndex = modern[0].length;
  const structured = STRUCTURED.exec(line)?.[0].length ?? 0;
  const start = modern[0].length + structured;
  const message = line.charCodeAt(start) === BYTE_ORDER_MARK ? start + 1 : start;
  return { message, time: modern[1] ?? "", host: modern[2], app: modern[3] ?? "-" };
}
