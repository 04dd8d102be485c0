/** Nginx Proxy Manager's `proxy` and `standard` formats (its conf.d/include/log.conf), also without the target. */
import { nginxFormat } from "./template/template-format.ts";

const request =
  '$request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio]';
const proxied = `[$time_local] $upstream_cache_status $upstream_status $status - ${request}`;
const standard = `[$time_local] $status - ${request}`;
const agents = '"$http_user_agent" "$http_referer"';

export const nginxProxyManager = nginxFormat(
  { id: "nginx-proxy-manager", title: "Nginx Proxy Manager", aliases: ["npm"] },
  `${proxied} [Sent-to $server] ${agents}`,
  `${standard} ${agents}`,
  `${standard} [Sent-to $server] ${agents}`,
  `${proxied} ${agents}`,
);
