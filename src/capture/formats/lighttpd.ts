/** lighttpd's default accesslog.format, with the host where others have the ident. */
import { only } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const user = only(v.user, /^\S*$/);
const vhost = only(v.host, /^[\w.:-]*[a-z][\w.:-]*$/i);

export const lighttpd = templateFormat(
  { id: "lighttpd", title: "lighttpd", advice: { duration_ms: "append %D to accesslog.format" } },
  [
    lineOf`${v.client} ${vhost} ${user} [${v.clfTime}] "${v.requestLine}" ${v.status} ${v.responseBytes} "${v.referer}" "${v.userAgent}"`,
  ],
  "clf",
);
