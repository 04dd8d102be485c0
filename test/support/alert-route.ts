/** Routes and notices for tests of alerts. */
import { type AlertRoute, type AlertSettings, alertSettings } from "../../src/respond/settings.ts";

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** Settings as a file would have them, read with all checks. */
export function settingsOf(settings: unknown): AlertSettings {
  return alertSettings.parse(settings);
}

/** A route to nowhere, for decisions. */
export function routeOf(change: Readonly<Record<string, unknown>> = {}): AlertRoute {
  const sink = { kind: "slack", url: "https://chat.example.com/hook" };
  const [route] = settingsOf({ routes: [{ name: "ops", sink, group_seconds: 0, ...change }] }).routes;
  if (route === undefined) throw new Error("one route went in");
  return route;
}
