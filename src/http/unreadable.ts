/** Answers to what never becomes a request: they are written to the connection itself, which then ends. */
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { VedetteError } from "../errors.ts";
import { UNIVERSAL_HEADERS } from "./access/headers.ts";
import { problemOf } from "./problem.ts";

const LINGER_MS = 1_000;

/** @param error of Node's parser, or of its look after slow clients */
export function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  // Who has gone gets no answer.
  if (code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(refusalOf(code));
  const { status } = problem;
  const body = JSON.stringify(problem);
  const headers = {
    ...UNIVERSAL_HEADERS,
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join("\r\n");
  socket.end(`${head}\r\n\r\n${body}`);
  // Closed at once, with bytes unread, the answer would be lost on its way.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function refusalOf(code: string | undefined): VedetteError {
  if (code === "HPE_HEADER_OVERFLOW")
    return new VedetteError("HEADERS_TOO_LARGE", "The headers of the request are too large");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new VedetteError("REQUEST_TOO_SLOW", "The request was not whole in time");
  return new VedetteError("REQUEST_UNREADABLE", "What came over the connection is no HTTP request");
}
