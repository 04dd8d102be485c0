/** Names of W3C extended log columns (https://www.w3.org/TR/WD-logfile) and what each fills. */
import type { ApiEvent } from "../../../event.ts";
import { setRequestHeader } from "../fields/headers.ts";
import { setServer } from "../fields/request.ts";
import { isAbsent, skip } from "../template/kinds.ts";
import type { Variable } from "../template/template.ts";
import * as value from "../template/variables.ts";

/** How a server writes spaces inside a value of a line that is split at spaces. */
export type SpaceStyle = "plus" | "percent";

const NAMES: Readonly<Record<string, Variable>> = {
  "c-ip": value.client,
  "cs-username": value.user,
  "cs-method": value.method,
  "cs-uri-stem": value.path,
  "cs-uri-path": value.path,
  "cs-uri-query": value.query,
  "cs-uri": value.target,
  "cs-uri-scheme": value.scheme,
  "cs-protocol": value.scheme,
  "s-port": value.port,
  "sc-status": value.status,
  "sc-bytes": value.responseBytes,
  "cs-bytes": value.requestBytes,
  "cs-version": value.protocol,
  "cs-protocol-version": value.protocol,
  "cs-host": value.host,
  "cs(host)": value.host,
  "x-host-header": value.host,
  "x-forwarded-for": value.forwardedFor,
  "cs(x-forwarded-for)": value.forwardedFor,
  "x-edge-request-id": value.requestId,
  "s-sitename": value.service,
  "s-reason": value.errorType,
  "sc-content-type": value.responseHeader("content-type"),
};

/**
 * @param name as in `#Fields`
 * @param timeTaken what the server counts `time-taken` in
 */
export function w3cColumn(name: string, spaces: SpaceStyle, timeTaken: Variable): Variable {
  const key = name.toLowerCase();
  if (key === "time-taken") return timeTaken;
  const known = NAMES[key];
  if (known !== undefined) return known;
  const header = /^cs\(([\w-]+)\)$/.exec(key)?.[1];
  return header === undefined ? skip : headerColumn(header, spaces);
}

function headerColumn(header: string, spaces: SpaceStyle): Variable {
  const decode = spaces === "plus" ? plusToSpace : decodePercent;
  const isAgent = header === "user-agent";
  return {
    fields: [isAgent ? "user_agent.original" : "http.request.headers"],
    open: () => (event, line, start, end) => {
      if (isAbsent(line, start, end)) return true;
      const text = line.slice(start, end);
      if (isAgent) event["user_agent.original"] = decode(text);
      else setHeader(event, header, header === "referer" && spaces === "plus" ? text : decode(text));
      return true;
    },
  };
}

function setHeader(event: ApiEvent, header: string, text: string): void {
  if (header === "host") setServer(event, text);
  else setRequestHeader(event, header, text);
}

function plusToSpace(text: string): string {
  return text.replaceAll("+", " ");
}

/** CloudFront encodes what it logs, and encoded the percent signs again until 2019. */
function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text.replaceAll("%25", "%"));
  } catch {
    return text;
  }
}
