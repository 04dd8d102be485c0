/**
 * Every log format. The order decides where two explain a sample equally well: the plainer format comes first,
 * general recognisers come last.
 */
import type { LogFormat } from "../format.ts";
import { akamai } from "./akamai.ts";
import { apacheError } from "./apache-error.ts";
import { apacheLogFormat, envoyFormat, tomcatPattern } from "./apache-log-format.ts";
import { apacheSslRequest } from "./apache-ssl-request.ts";
import { awsAlb } from "./aws-alb.ts";
import { awsApiGateway } from "./aws-api-gateway.ts";
import { awsApiGatewayClf } from "./aws-api-gateway-clf.ts";
import { awsCloudfront } from "./aws-cloudfront.ts";
import { awsCloudfrontRealtime } from "./aws-cloudfront-realtime.ts";
import { awsCloudtrail } from "./aws-cloudtrail.ts";
import { awsElb } from "./aws-elb.ts";
import { awsLambda } from "./aws-lambda.ts";
import { awsS3 } from "./aws-s3.ts";
import { awsWaf } from "./aws-waf.ts";
import { azure } from "./azure.ts";
import { bunkerweb } from "./bunkerweb.ts";
import { caddy } from "./caddy.ts";
import { clf } from "./clf.ts";
import { cloudflare } from "./cloudflare.ts";
import { common } from "./common.ts";
import { couchdb } from "./couchdb.ts";
import { cpanel } from "./cpanel.ts";
import { csv } from "./csv.ts";
import { ecs } from "./ecs.ts";
import { envoy } from "./envoy.ts";
import { envoyJson } from "./envoy-json.ts";
import { fastly } from "./fastly.ts";
import { gcpHttp } from "./gcp-http.ts";
import { haproxy } from "./haproxy.ts";
import { har } from "./har.ts";
import { herokuRouter } from "./heroku-router.ts";
import { iis } from "./iis.ts";
import { iisEtw } from "./iis-etw.ts";
import { iisHttperr } from "./iis-httperr.ts";
import { ingressNginx } from "./ingress-nginx.ts";
import { istio } from "./istio.ts";
import { json } from "./json.ts";
import { kong } from "./kong.ts";
import { kubernetesAudit } from "./kubernetes-audit.ts";
import { lighttpd } from "./lighttpd.ts";
import { logfmt } from "./logfmt.ts";
import { ltsv } from "./ltsv.ts";
import { morgan } from "./morgan.ts";
import { nginxCombined } from "./nginx-combined.ts";
import { nginxCombinedTimed } from "./nginx-combined-timed.ts";
import { nginxError } from "./nginx-error.ts";
import { nginxLogFormat } from "./nginx-log-format.ts";
import { nginxMain } from "./nginx-main.ts";
import { nginxProxyManager } from "./nginx-proxy-manager.ts";
import { otlpLogs, otlpTraces } from "./otlp.ts";
import { rails } from "./rails.ts";
import { squid } from "./squid.ts";
import { squidCombined } from "./squid-combined.ts";
import { textRequest } from "./text-request.ts";
import { traefikClf } from "./traefik-clf.ts";
import { traefikJson } from "./traefik-json.ts";
import { tyk } from "./tyk.ts";
import { uvicorn } from "./uvicorn.ts";
import { vedette } from "./vedette.ts";
import { vhostCombined } from "./vhost-combined.ts";
import { zoraxy } from "./zoraxy.ts";

export const FORMATS: readonly LogFormat[] = [
  common,
  nginxCombined,
  vhostCombined,
  nginxMain,
  squidCombined,
  traefikClf,
  ingressNginx,
  awsApiGatewayClf,
  nginxCombinedTimed,
  lighttpd,
  bunkerweb,
  cpanel,
  apacheSslRequest,
  nginxProxyManager,
  nginxError,
  apacheError,
  haproxy,
  envoy,
  istio,
  iis,
  iisHttperr,
  iisEtw,
  awsAlb,
  awsElb,
  awsS3,
  awsCloudfront,
  awsCloudfrontRealtime,
  squid,
  couchdb,
  zoraxy,
  uvicorn,
  morgan,
  rails,
  herokuRouter,
  vedette,
  ecs,
  caddy,
  traefikJson,
  envoyJson,
  kong,
  tyk,
  fastly,
  cloudflare,
  akamai,
  gcpHttp,
  azure,
  awsApiGateway,
  awsLambda,
  awsWaf,
  awsCloudtrail,
  kubernetesAudit,
  har,
  otlpTraces,
  otlpLogs,
  clf,
  json,
  logfmt,
  ltsv,
  csv,
  textRequest,
  nginxLogFormat,
  apacheLogFormat,
  tomcatPattern,
  envoyFormat,
];

/** Formats that exist only through a string the user gives. */
const FROM_PATTERN: ReadonlySet<LogFormat> = new Set([
  nginxLogFormat,
  apacheLogFormat,
  tomcatPattern,
  envoyFormat,
]);

/** Formats that can be told from lines alone. */
export const DETECTABLE: readonly LogFormat[] = FORMATS.filter((format) => !FROM_PATTERN.has(format));

const byName = new Map(
  FORMATS.flatMap((format) => [format.id, ...(format.aliases ?? [])].map((name) => [name, format])),
);

/** The format of that id or alias. */
export function formatById(id: string): LogFormat | undefined {
  return byName.get(id.toLowerCase());
}
