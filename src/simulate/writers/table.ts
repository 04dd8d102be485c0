/** Every format that can be written. */
import { apacheCombined, apacheCommon, apacheVhost } from "./apache.ts";
import { awsAlb } from "./aws-alb.ts";
import { awsCloudfront } from "./aws-cloudfront.ts";
import { caddyJson } from "./caddy.ts";
import { azureFrontDoor, cloudflare, gcpLoadBalancer } from "./cloud-json.ts";
import { envoyJson, envoyText } from "./envoy.ts";
import { haproxy } from "./haproxy.ts";
import { har } from "./har.ts";
import { iisW3c } from "./iis.ts";
import { kong } from "./kong.ts";
import { ingressNginx, nginxCombined, nginxCommon, nginxSyslog, nginxTimed, nginxVhost } from "./nginx.ts";
import { nginxJson } from "./nginx-json.ts";
import { otlpLogs, otlpTraces } from "./otlp.ts";
import { traefikClf, traefikJson } from "./traefik.ts";
import { vedetteNdjson } from "./vedette.ts";
import type { Writer } from "./writer.ts";

export const WRITERS: readonly Writer[] = [
  nginxCombined,
  nginxCommon,
  nginxVhost,
  nginxTimed,
  nginxSyslog,
  nginxJson,
  ingressNginx,
  apacheCombined,
  apacheCommon,
  apacheVhost,
  caddyJson,
  traefikClf,
  traefikJson,
  envoyText,
  envoyJson,
  haproxy,
  iisW3c,
  awsAlb,
  awsCloudfront,
  cloudflare,
  gcpLoadBalancer,
  azureFrontDoor,
  kong,
  otlpLogs,
  otlpTraces,
  vedetteNdjson,
  har,
];
