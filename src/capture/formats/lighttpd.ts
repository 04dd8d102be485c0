/** lighttpd's default accesslog.format, with the host where others have the ident. */
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const user = v.only(v.user, /^\S*$/);
const vhost = v.only(v.host, /^[\w.:-]*[a-z][\w.:-]*$/i);

export const lighttpd = templateFormat(
  { id: "lighttpd", title: "lighttpd", advice: { duration_ms: "append %D to accesslog.format" } },
  [
    lineOf`${v.client} ${vhost} ${user} [${v.clfTime}] "${v.requestLine}" ${v.status} ${v.responseBytes} "${v.referer}" "${v.userAgent}"`,
  ],
  "clf",
);
