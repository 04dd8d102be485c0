/** The contract of a log format: one request in, one line out, as that server would have written it. */
import type { SimulatedRequest } from "../request.ts";

export interface Writer {
  readonly name: string;
  /** One line for --help. */
  readonly title: string;
  /** "full" when it carries headers or bodies. */
  readonly detail: "line" | "full";
  /** A new writer for one file; its header, if any, is the first thing of the file. */
  open(options: WriterOptions): LineWriter;
}

export interface WriterOptions {
  /** Write the user into the field that the format has for it. */
  readonly logUsers: boolean;
}

export interface LineWriter {
  readonly header: string;
  /** With its line end. */
  line(request: SimulatedRequest): string;
  readonly footer: string;
}

/** A format of independent lines. */
export function lines(line: (request: SimulatedRequest, options: WriterOptions) => string, header = "") {
  return (options: WriterOptions): LineWriter => ({
    header,
    footer: "",
    line: (request) => line(request, options),
  });
}
