/** The `main` format of nginx's packaged configuration: combined with the forwarding chain behind it. */
import { nginxFormat } from "./template/template-format.ts";

export const nginxMain = nginxFormat(
  {
    id: "nginx-main",
    title: "nginx main (combined and x-forwarded-for)",
    aliases: ["nginx-combined-forwarded"],
    advice: {
      duration_ms: "append rt=$request_time to log_format",
      "server.address": "put $host in front of log_format",
    },
  },
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"',
  '$host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"',
);
