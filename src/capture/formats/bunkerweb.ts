/** BunkerWeb (https://docs.bunkerweb.io): combined with the host and the request id in front. */
import { nginxFormat } from "./template/template-format.ts";

export const bunkerweb = nginxFormat(
  { id: "bunkerweb", title: "BunkerWeb" },
  '$host $remote_addr - $request_id $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
);
