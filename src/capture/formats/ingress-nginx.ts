/** Kubernetes ingress-nginx (https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/), today's and the one before 0.26. */
import { nginxFormat } from "./template/template-format.ts";

const TAIL =
  '[$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id';

export const ingressNginx = nginxFormat(
  {
    id: "ingress-nginx",
    title: "Kubernetes ingress-nginx",
    advice: { "server.address": "add $host to log-format-upstream" },
  },
  `$remote_addr - $remote_user ${TAIL}`,
  `$remote_addr - [$the_real_ip] - $remote_user ${TAIL}`,
  `$the_real_ip - [$the_real_ip] - $remote_user ${TAIL.replace(" [$proxy_alternative_upstream_name]", "")}`,
);
