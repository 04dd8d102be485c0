/** The ssl_request_log of Apache's packaged ssl.conf. */
import { apacheFormat } from "./template/template-format.ts";

export const apacheSslRequest = apacheFormat(
  {
    id: "apache-ssl-request",
    title: "Apache SSL request log",
    advice: { "http.response.status_code": "scan the access log instead: this one has no status" },
  },
  '%t %h %{SSL_PROTOCOL}x %{SSL_CIPHER}x "%r" %b',
);
