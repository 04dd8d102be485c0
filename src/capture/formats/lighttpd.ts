/** lighttpd's default accesslog.format, with the host where others have the ident. */
import { nginxFormat } from "./template/template-format.ts";

export const lighttpd = nginxFormat(
  { id: "lighttpd", title: "lighttpd", advice: { duration_ms: "append %D to accesslog.format" } },
  '$remote_addr $host $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
);
