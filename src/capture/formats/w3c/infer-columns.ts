/** Columns of IIS logs whose `#Fields` line is missing, from what the values look like. */
import { isAddress } from "../fields/address.ts";

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d\d:\d\d:\d\d$/;
const NUMBER = /^(?:\d+|-)$/;
const METHOD = /^[A-Z_]{3,20}$/;

/**
 * IIS writes its columns in one order and leaves some out (https://learn.microsoft.com/windows/win32/http/w3c-logging):
 * date time [site] [computer] [server] method stem query port user client [version] agent [cookie] [referer]
 * [host] status substatus win32 [bytes out, bytes in] taken [forwarded].
 */
export function inferIisColumns(values: readonly string[]): readonly string[] | undefined {
  if (!DATE.test(values[0] ?? "") || !TIME.test(values[1] ?? "")) return undefined;
  const method = values.findIndex(
    (value, i) => i >= 2 && i <= 5 && METHOD.test(value) && isStem(values[i + 1] ?? ""),
  );
  if (method < 0) return undefined;
  const [port = "", , client = ""] = values.slice(method + 3);
  if (!NUMBER.test(port) || !isClient(client)) return undefined;
  const afterClient = method + 6;
  const versioned = /^HTTP\/\d/.test(values[afterClient] ?? "");
  const agent = afterClient + (versioned ? 1 : 0);
  const status = values.findIndex(
    (value, i) =>
      i >= agent &&
      /^\d{3}$/.test(value) &&
      NUMBER.test(values[i + 1] ?? "") &&
      NUMBER.test(values[i + 2] ?? ""),
  );
  if (status < 0) return undefined;
  const headers = headerColumns(values.slice(agent, status));
  const tail = tailColumns(values.slice(status + 3));
  if (headers === undefined || tail === undefined) return undefined;
  return [
    "date",
    "time",
    ...values.slice(2, method).map(serverColumn),
    "cs-method",
    "cs-uri-stem",
    "cs-uri-query",
    "s-port",
    "cs-username",
    "c-ip",
    ...(versioned ? ["cs-version"] : []),
    ...headers,
    "sc-status",
    "sc-substatus",
    "sc-win32-status",
    ...tail,
  ];
}

function isStem(value: string): boolean {
  return value === "-" || value === "*" || value.startsWith("/");
}

/** Addresses, also as chat programs paste them: `[192.0.2.7](http://192.0.2.7)`. */
function isClient(value: string): boolean {
  return value === "-" || isAddress(value);
}

function serverColumn(value: string): string {
  if (/^W3SVC\d+$/i.test(value)) return "s-sitename";
  return isAddress(value) ? "s-ip" : "s-computername";
}

function headerColumns(values: readonly string[]): readonly string[] | undefined {
  const agent = "cs(User-Agent)";
  const isHost = (value: string): boolean => /^[\w.-]+(?::\d+)?$/.test(value) && value.includes(".");
  if (values.length === 0) return [];
  if (values.length === 1) return [agent];
  if (values.length === 2) return [agent, "cs(Referer)"];
  if (values.length === 3) {
    return isHost(values[2] ?? "") ? [agent, "cs(Referer)", "cs-host"] : [agent, "cs(Cookie)", "cs(Referer)"];
  }
  return values.length === 4 ? [agent, "cs(Cookie)", "cs(Referer)", "cs-host"] : undefined;
}

function tailColumns(values: readonly string[]): readonly string[] | undefined {
  const numbers = values.findIndex((value) => !/^\d+$/.test(value));
  const counted = numbers < 0 ? values.length : numbers;
  const named = [["time-taken"], ["sc-bytes", "time-taken"], ["sc-bytes", "cs-bytes", "time-taken"]][
    counted - 1
  ];
  const rest = values.slice(counted);
  if ((named === undefined && counted > 0) || rest.length > 1) return undefined;
  if (rest.length === 1 && !(rest[0] === "-" || (rest[0] ?? "").split(/,\+?/).every(isClient)))
    return undefined;
  return [...(named ?? []), ...(rest.length === 1 ? ["x-forwarded-for"] : [])];
}
