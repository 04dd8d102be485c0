import { nginxFormat } from "./template/template-format.ts";

export const vhostCombined = nginxFormat(
  {
    id: "vhost-combined",
    title: "combined with the virtual host in front (Apache vhost_combined, nginx $host)",
    aliases: ["apache-vhost-combined", "nginx-vhost-combined"],
    advice: { duration_ms: "nginx: append rt=$request_time to log_format; Apache: append %D" },
  },
  '$host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
);
