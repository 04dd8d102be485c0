import { nginxFormat } from "./template/template-format.ts";

export const nginxCombined = nginxFormat(
  {
    id: "nginx-combined",
    title: "combined (nginx, Apache, LiteSpeed, Tomcat, gunicorn, morgan and many more)",
    aliases: ["combined", "apache-combined", "litespeed", "tomcat-combined", "gunicorn", "morgan-combined"],
    advice: {
      duration_ms: "nginx: append rt=$request_time to log_format; Apache: append %D",
      "http.request.headers":
        'nginx: append "$http_x_forwarded_for"; Apache: append \\"%{X-Forwarded-For}i\\"',
      "server.address": "nginx: put $host in front; Apache: put %v:%p in front",
    },
  },
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
);
