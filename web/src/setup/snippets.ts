/** Ways to send events, ready to paste. */

export interface Snippet {
  readonly label: string;
  readonly text: string;
}

/**
 * @param url of the server, as people reach it
 * @param key an ingest key's secret
 */
export function snippetsFor(url: string, key: string): readonly Snippet[] {
  return [
    {
      label: "One event, from a shell",
      text: `curl ${url}/v1/events \\
  -H 'Authorization: Bearer ${key}' \\
  -d '{"timestamp":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'","service.name":"shop","http.request.method":"GET","url.path":"/products","url.query":"q=1%27%20UNION%20SELECT%20password%20FROM%20users--","http.response.status_code":200,"client.address":"203.0.113.7"}'`,
    },
    {
      label: "A log file that exists already (JSON lines)",
      text: `curl ${url}/v1/events -H 'Authorization: Bearer ${key}' --data-binary @events.ndjson`,
    },
    {
      label: "nginx, Apache, Caddy, … : the server follows the files (settings file)",
      text: `sources:
  files:
    - paths: ["/var/log/nginx/*access.log"]`,
    },
    {
      label: "OpenTelemetry (environment of the service)",
      text: `OTEL_EXPORTER_OTLP_ENDPOINT=${url}
OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20${key}`,
    },
  ];
}
