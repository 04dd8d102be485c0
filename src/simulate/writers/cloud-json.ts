/** JSON logs of providers' edges: Cloudflare, Google Cloud, Azure. */
import { hexId } from "../world/identifiers.ts";
import {
  bytesReceived,
  bytesSent,
  clientPort,
  fullUrl,
  isoTime,
  neverReached,
  requestHash,
  requestId,
  seconds,
} from "./derived.ts";
import { httpVersion, requestTarget } from "./target.ts";
import { lines, type Writer } from "./writer.ts";

export const cloudflare: Writer = {
  name: "cloudflare",
  title: "Cloudflare Logpush, http_requests",
  detail: "line",
  open: lines((request) => {
    const { event, referer } = request;
    const reached = !neverReached(request);
    return `${JSON.stringify({
      CacheCacheStatus: event["service.name"] === "images" ? "hit" : "dynamic",
      ClientIP: event["client.address"],
      ClientRequestHost: event["server.address"],
      ClientRequestMethod: event["http.request.method"],
      ClientRequestProtocol: `HTTP/${httpVersion(event).replace("2.0", "2")}`,
      ClientRequestReferer: referer,
      ClientRequestURI: requestTarget(event),
      ClientRequestPath: event["url.path"],
      ClientRequestScheme: "https",
      ClientRequestUserAgent: event["user_agent.original"] ?? "",
      ClientRequestBytes: bytesReceived(request),
      ClientSrcPort: clientPort(request),
      EdgeColoCode: "FRA",
      EdgeStartTimestamp: isoTime(event.timestamp),
      EdgeEndTimestamp: isoTime(event.timestamp + Math.round(event.duration_ms ?? 0)),
      EdgeResponseBytes: bytesSent(request),
      EdgeResponseBodyBytes: event["http.response.body.size"],
      EdgeResponseContentType: request.responseType.split(";")[0],
      EdgeResponseStatus: event["http.response.status_code"],
      EdgeTimeToFirstByteMs: Math.round(event.duration_ms ?? 0),
      OriginResponseStatus: reached ? event["http.response.status_code"] : 0,
      OriginResponseDurationMs: reached ? Math.round(event.duration_ms ?? 0) : 0,
      RayID: hexId(requestHash(request), 16),
      WAFAction: "unknown",
    })}\n`;
  }),
};

export const gcpLoadBalancer: Writer = {
  name: "gcp-lb",
  title: "Google Cloud load balancer",
  detail: "line",
  open: lines((request) => {
    const { event, referer } = request;
    const hash = requestHash(request);
    const status = event["http.response.status_code"] === 499 ? 0 : (event["http.response.status_code"] ?? 0);
    return `${JSON.stringify({
      httpRequest: {
        requestMethod: event["http.request.method"],
        requestUrl: fullUrl(request),
        requestSize: String(bytesReceived(request)),
        status,
        responseSize: String(bytesSent(request)),
        ...(event["user_agent.original"] ? { userAgent: event["user_agent.original"] } : {}),
        remoteIp: event["client.address"],
        ...(referer === "" ? {} : { referer }),
        serverIp: "10.20.3.8",
        latency: `${((event.duration_ms ?? 0) / 1000).toFixed(6)}s`,
      },
      insertId: hexId(hash, 14),
      jsonPayload: {
        "@type": "type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry",
        remoteIp: event["client.address"],
        statusDetails: neverReached(request) ? "failed_to_connect_to_backend" : "response_sent_by_backend",
      },
      logName: "projects/shop-example/logs/requests",
      receiveTimestamp: isoTime(event.timestamp + 812),
      resource: {
        type: "http_load_balancer",
        labels: {
          project_id: "shop-example",
          zone: "global",
          url_map_name: "shop",
          forwarding_rule_name: "shop-https",
          target_proxy_name: "shop-proxy",
          backend_service_name: event["service.name"],
        },
      },
      severity: status >= 500 ? "ERROR" : status >= 400 ? "WARNING" : "INFO",
      spanId: hexId(hash ^ 3, 16),
      timestamp: isoTime(event.timestamp),
      trace: `projects/shop-example/traces/${requestId(request)}`,
    })}\n`;
  }),
};

export const azureFrontDoor: Writer = {
  name: "azure-front-door",
  title: "Azure Front Door, access log",
  detail: "line",
  open: lines((request) => {
    const { event, referer } = request;
    return `${JSON.stringify({
      time: isoTime(event.timestamp),
      resourceId:
        "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000000/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.CDN/PROFILES/SHOP",
      category: "FrontDoorAccessLog",
      operationName: "Microsoft.Cdn/Profiles/AccessLog/Write",
      properties: {
        trackingReference: `0${requestId(request)}`,
        httpMethod: event["http.request.method"],
        httpVersion: `${httpVersion(event)}.0.0`,
        requestUri: fullUrl(request, ":443"),
        sni: event["server.address"],
        requestBytes: String(bytesReceived(request)),
        responseBytes: String(bytesSent(request)),
        userAgent: event["user_agent.original"] ?? "",
        clientIp: event["client.address"],
        clientPort: String(clientPort(request)),
        socketIp: event["network.peer.address"],
        timeToFirstByte: seconds(event.duration_ms),
        timeTaken: seconds(event.duration_ms),
        requestProtocol: "HTTPS",
        securityProtocol: "TLS 1.3",
        routingRuleName: event["service.name"],
        backendHostname: `${event["service.name"]}.origin.shop.example:443`,
        endpoint: "shop-a1b2c3.z01.azurefd.net",
        hostName: event["server.address"],
        httpStatusCode: String(event["http.response.status_code"]),
        httpStatusDetails: String(event["http.response.status_code"]),
        pop: "FRA",
        cacheStatus: event["service.name"] === "images" ? "HIT" : "CONFIG_NOCACHE",
        errorInfo: neverReached(request) ? "OriginConnectionError" : "NoError",
        referer,
        result: "N/A",
        upstreamDetails: "",
      },
    })}\n`;
  }),
};
