/** The HTTPERR log of Windows' HTTP.sys: requests refused before IIS saw them (https://learn.microsoft.com/troubleshoot/developer/webapps/aspnet/site-behavior-performance/error-logging-http-apis). */
import type { LogFormat } from "../format.ts";
import { isAddress } from "./fields/address.ts";
import * as value from "./template/variables.ts";
import { w3cColumn } from "./w3c/columns.ts";
import { openW3c } from "./w3c/w3c-parser.ts";

const DEFAULT =
  "date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename".split(
    " ",
  );
const WITH_STREAM = DEFAULT.flatMap((name) => (name === "cs-uri" ? [name, "streamid"] : [name]));

export const iisHttperr: LogFormat = {
  id: "iis-httperr",
  title: "IIS HTTPERR",
  shape: "line",
  stateful: true,
  provides: [
    "timestamp",
    "client.address",
    "server.port",
    "http.request.method",
    "url.scheme",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.response.status_code",
    "error.type",
  ],
  open: (options) =>
    openW3c(
      {
        separator: " ",
        infer: inferColumns,
        accepts: (columns) => columns.includes("s-reason"),
        open: (name, context) => w3cColumn(name, "plus", value.milliseconds).open(context, "none"),
      },
      options,
    ),
};

function inferColumns(values: readonly string[]): readonly string[] | undefined {
  const [date = "", , client = "", clientPort = "", server = "", , version = ""] = values;
  const fits =
    /^\d{4}-\d\d-\d\d$/.test(date) &&
    isAddress(client) &&
    /^\d+$/.test(clientPort) &&
    isAddress(server) &&
    /^(?:HTTP\/[\d.]+|-)$/.test(version);
  if (!fits) return undefined;
  return [DEFAULT, WITH_STREAM].find((columns) => columns.length === values.length);
}
