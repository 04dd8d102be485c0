/** The services and endpoints that the traffic showed, busiest first. */
import { endpointsUnder, templateOf } from "../detect/endpoints.ts";
import type { Engine } from "../detect/engine.ts";
import { quantile } from "../detect/state/histogram.ts";
import type { ServiceSummary } from "../report/model.ts";

const SHOWN_ENDPOINTS = 50;

export function servicesOf(engine: Engine): ServiceSummary[] {
  const { endpoints } = engine;
  return endpoints.services
    .map((service) => ({
      name: service.name,
      requests: service.requests,
      endpoints: endpointsUnder(endpoints, service)
        .sort((a, b) => b.requests - a.requests)
        .slice(0, SHOWN_ENDPOINTS)
        .map((endpoint) => ({
          endpoint: templateOf(endpoints, endpoint),
          requests: endpoint.requests,
          clientErrors: endpoint.status4 / endpoint.requests,
          serverErrors: endpoint.status5 / endpoint.requests,
          p50: endpoint.durations.total === 0 ? undefined : quantile(endpoint.durations, 0.5),
          p95: endpoint.durations.total === 0 ? undefined : quantile(endpoint.durations, 0.95),
        })),
    }))
    .sort((a, b) => b.requests - a.requests);
}
