/**
 * The values that access logs are made of, each with the event fields it fills. Every log format language names
 * these same few things; its table maps its names to them.
 */
import { parseTimestamp } from "../../timestamp.ts";
import { addressBeforePort, bareAddress, isPlainAddress } from "../fields/address.ts";
import { createClfClock } from "../fields/clf-clock.ts";
import { setClient, setForwardedList } from "../fields/client.ts";
import { durationMs, tidy } from "../fields/duration.ts";
import { unescapeText } from "../fields/escapes.ts";
import { setRequestHeader, setResponseHeader } from "../fields/headers.ts";
import { readDigits } from "../fields/number.ts";
import { protocolVersion, setRequestLine, setServer, setTarget } from "../fields/request.ts";
import { setTrace } from "../fields/trace.ts";
import { amount, duration, isAbsent, listEnd, skip, spacedEnd, text } from "./kinds.ts";
import type { Measure, Variable } from "./template.ts";

/** Adds one part of a duration that is logged in parts, in seconds; a part that did not happen is -1. */
export const partSeconds: Variable = {
  fields: ["duration_ms"],
  open: () => (event, line, start, end) => {
    const value = Number(line.slice(start, end));
    if (Number.isNaN(value)) return isAbsent(line, start, end);
    if (value >= 0) event.duration_ms = tidy((event.duration_ms ?? 0) + value * 1000);
    return true;
  },
};

/** A value of unknown meaning that may hold spaces. */
export const skipText: Variable = { ...skip, free: true };
export const skipList: Variable = { ...skip, measure: listEnd };

/** An address (also as chat programs paste it: `[192.0.2.7](http://…)`), a host name, `unix:`, or a list. */
const CLIENT = /^[\w.:%[\]/-]{1,128}(?:\(\S{1,128}\)|(?:, ?[\w.:%[\]-]{1,64}){0,31})$/;

export const client: Variable = {
  fields: ["client.address"],
  open: () => (event, line, start, end) => {
    if (isAbsent(line, start, end)) return true;
    const value = line.slice(start, end);
    if (!isPlainAddress(value) && !CLIENT.test(value)) return false;
    setClient(event, value);
    return true;
  },
  measure: listEnd,
};
/** `client:port`, the port always there. */
export const clientWithPort: Variable = {
  fields: ["client.address"],
  open: () => (event, line, start, end) => {
    if (isAbsent(line, start, end)) return true;
    const value = line.slice(start, end);
    if (!CLIENT.test(value)) return false;
    event["client.address"] = addressBeforePort(value);
    return true;
  },
};
export const peer = text(["network.peer.address"], (event, value) => {
  event["network.peer.address"] = bareAddress(value);
});
/** A header in which proxies say who the client was: the client where the log names no other. */
function forwarded(name: string): Variable {
  return text(
    ["client.address", "http.request.headers"],
    (event, value) => {
      if (event["client.address"] === undefined) setForwardedList(event, value);
      setRequestHeader(event, name, value);
    },
    { measure: listEnd },
  );
}
export const forwardedFor = forwarded("x-forwarded-for");
const FORWARDING = new Set([
  "x-forwarded-for",
  "x-real-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "x-client-ip",
]);

/** A name may hold spaces; a dash standing alone, or a bracket, belongs to another value. */
const NOT_A_USER = /^- | -$| - |[[\]]/;

export const user: Variable = {
  fields: ["user.id"],
  open: (_options, escaping) => (event, line, start, end, escaped) => {
    if (isAbsent(line, start, end)) return true;
    const value = line.slice(start, end);
    if (value.includes(" ") && NOT_A_USER.test(value)) return false;
    if (value !== '""') event["user.id"] = escaped ? unescapeText(value, escaping) : value;
    return true;
  },
  free: true,
};

/** Without quotes around it a request line goes on to its version. */
const requestEnd: Measure = (line, start, after) => {
  const version = after.charCodeAt(0) === 32 ? line.indexOf(" HTTP/", start) : -1;
  return line.indexOf(after, version < 0 ? start : version + 1);
};

export const requestLine: Variable = {
  holdsQuotes: true,
  measure: requestEnd,
  fields: ["http.request.method", "url.path", "url.query", "network.protocol.version", "url.scheme"],
  open: (_options, escaping) => (event, line, start, end, escaped) => {
    setRequestLine(event, line, start, end, escaped ? escaping : "none");
    return true;
  },
};
export const target: Variable = {
  fields: ["url.path", "url.query"],
  open: (_options, escaping) => (event, line, start, end, escaped) => {
    if (!isAbsent(line, start, end)) setTarget(event, line, start, end, escaped ? escaping : "none");
    return true;
  },
};
export const path = text(["url.path"], (event, value) => {
  event["url.path"] = value;
});
export const query = text(["url.query"], (event, value) => {
  event["url.query"] = value.startsWith("?") ? value.slice(1) : value;
});
export const method = text(["http.request.method"], (event, value) => {
  event["http.request.method"] = value;
});
export const protocol = text(["network.protocol.version"], (event, value) => {
  event["network.protocol.version"] = protocolVersion(value);
});

export const status: Variable = {
  fields: ["http.response.status_code"],
  open: () => (event, line, start, end) => {
    if (isAbsent(line, start, end)) return true;
    // Envoy and Cloudflare write 0, nginx 000, where no response was sent.
    const length = end - start;
    const value = length === 3 || length === 1 ? readDigits(line, start, end) : Number.NaN;
    if (Number.isNaN(value) || (length === 1 && value !== 0)) return false;
    if (value > 0) event["http.response.status_code"] = value;
    return true;
  },
};
export const responseBytes = amount("http.response.body.size", { mayEnd: true });
export const requestBytes = amount("http.request.body.size");
export const port = amount("server.port");

export const seconds = duration(1000);
export const milliseconds = duration(1);
export const microseconds = duration(1e-3);
export const durationText: Variable = {
  fields: ["duration_ms"],
  open: () => (event, line, start, end) => {
    if (isAbsent(line, start, end)) return true;
    const value = durationMs(line.slice(start, end), 1);
    if (!Number.isNaN(value)) event.duration_ms = value;
    return !Number.isNaN(value);
  },
};

/** A host name or address with or without a port; paths and prose stand in other places. */
function isHost(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 32;
    const plain = (code >= 97 && code <= 122) || (code >= 48 && code <= 58) || code === 46 || code === 45;
    if (!plain && code < 128 && !"[]_*%".includes(text.charAt(i))) return false;
  }
  return text.length <= 255;
}

export const host: Variable = {
  fields: ["server.address", "server.port"],
  open: () => (event, line, start, end) => {
    if (isAbsent(line, start, end)) return true;
    const value = line.slice(start, end);
    if (!isHost(value)) return false;
    if (value !== "_") setServer(event, value);
    return true;
  },
};
export const scheme = text(["url.scheme"], (event, value) => {
  event["url.scheme"] = value.toLowerCase();
});
export const userAgent = text(
  ["user_agent.original"],
  (event, value) => {
    event["user_agent.original"] = value;
  },
  { free: true },
);
export const referer = requestHeader("referer");
export const requestId = text(["event.id"], (event, value) => {
  event["event.id"] = value;
});
export const session = text(["session.id"], (event, value) => {
  event["session.id"] = value;
});
export const service = text(["service.name"], (event, value) => {
  event["service.name"] = value;
});
export const trace = text(["trace_id", "span_id"], setTrace);
export const errorType = text(["error.type"], (event, value) => {
  event["error.type"] = value;
});
export const rpcMethod = text(["rpc.method"], (event, value) => {
  event["rpc.method"] = value;
});
export const span = text(["span_id"], (event, value) => {
  event.span_id = value;
});

export function requestHeader(name: string): Variable {
  const key = name.toLowerCase();
  if (key === "user-agent") return userAgent;
  if (FORWARDING.has(key)) return forwarded(key);
  if (key === "host" || key === ":authority") return host;
  if (key === "x-request-id" || key === "x-correlation-id") return requestId;
  if (key === "traceparent" || key === "x-b3-traceid" || key === "x-amzn-trace-id") return trace;
  return text(["http.request.headers"], (event, value) => setRequestHeader(event, key, value), {
    free: true,
  });
}

export function responseHeader(name: string): Variable {
  const key = name.toLowerCase();
  if (key === "x-request-id") return requestId;
  return text(["http.response.headers"], (event, value) => setResponseHeader(event, key, value), {
    free: true,
  });
}

export function cookie(name: string): Variable {
  return text(["http.request.headers"], (event, value) => {
    const before = event["http.request.headers"]?.cookie;
    setRequestHeader(event, "cookie", `${before === undefined ? "" : `${before}; `}${name}=${value}`);
  });
}

/** `10/Oct/2023:13:55:36 -0700`. */
export const clfTime: Variable = {
  fields: ["timestamp"],
  open: ({ zoneMinutes }) => {
    const clock = createClfClock(zoneMinutes);
    return (event, line, start) => {
      const ms = clock.read(line, start);
      event.timestamp = ms;
      return !Number.isNaN(ms);
    };
  },
  measure: spacedEnd(1),
};

/** Any timestamp that always has this many spaces in it. */
export function anyTime(spaces = 0): Variable {
  return {
    fields: ["timestamp"],
    open: (options) => {
      let last = "";
      let lastMs = Number.NaN;
      return (event, line, start, end) => {
        if (isAbsent(line, start, end)) return true;
        const value = line.slice(start, end);
        if (value !== last) {
          last = value;
          lastMs = parseTimestamp(value, options);
        }
        event.timestamp = lastMs;
        return !Number.isNaN(lastMs);
      };
    },
    measure: spacedEnd(spaces),
  };
}
