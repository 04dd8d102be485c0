/** Where alerts go: can the hosts be found, and may they be reached. Nothing is sent. */
import { checkedAddresses, HostRefused, hostOf } from "../respond/guard.ts";
import type { AlertSettings } from "../respond/settings.ts";
import { type Finding, fail, ok, warn } from "./check.ts";

export async function checkAlertRoutes({ routes, allow_hosts }: AlertSettings): Promise<Finding[]> {
  if (routes.length === 0) {
    return [warn("alerts", "nobody is told of incidents", "Name a route in the settings: docs/alerts.md.")];
  }
  const allowed = new Set(allow_hosts);
  return Promise.all(
    routes.map(async ({ name, sink }) => {
      const check = `alerts ${name}`;
      const host = sink.kind === "email" ? sink.host : hostOf(new URL(sink.url));
      try {
        // A mail server is where the settings say, private or not.
        await checkedAddresses(host, sink.kind === "email" ? new Set([host]) : allowed);
        return ok(check, `${sink.kind} to ${host}`);
      } catch (cause) {
        if (cause instanceof HostRefused)
          return fail(check, cause.message, "Correct the route, or allow the host by name: allow_hosts.");
        return fail(
          check,
          `${host} cannot be found`,
          "Check the name, and the name service of this machine.",
        );
      }
    }),
  );
}
