/** Combined and what is appended to it in practice: `$request_time`, `rt=… uct="…" uht="…" urt="…"`, `%D` with a unit. */
import { nginxTemplate } from "./template/nginx-log-format.ts";
import { timedTail } from "./template/tail.ts";
import { templateFormat } from "./template/template-format.ts";

const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ';

export const nginxCombinedTimed = templateFormat(
  {
    id: "nginx-combined-timed",
    title: "combined with request times behind it",
    aliases: ["nginx-timed"],
    advice: { "server.address": "put $host in front of log_format" },
  },
  [
    [...nginxTemplate(COMBINED), timedTail],
    [...nginxTemplate(`$host ${COMBINED}`), timedTail],
  ],
  "clf",
);
