/** The routes' answer to a changed incident: which of them are told, when, and what. */
import type { Announce, NoticeDraft } from "../store/records/notices.ts";
import { decide, type Standing } from "./decide.ts";
import { noticeOf } from "./notice.ts";
import type { AlertRoute } from "./settings.ts";

export function createAnnounce(routes: readonly AlertRoute[], consoleUrl: string | undefined): Announce {
  return (
    { incident, detections, version, state, reopened, absorbed, at },
    { notified, waiting, merged },
  ) => {
    const services = [...new Set(detections.flatMap(({ target }) => target?.service ?? []))].sort();
    const { severity, outcome, categories } = incident;
    const standing: Standing = { severity, outcome, categories, services, state, reopened };
    return routes.flatMap((route): NoticeDraft[] => {
      const past = {
        notified: notified.get(route.name),
        waiting: waiting.get(route.name),
        absorbed: absorbed.some(({ told }) => told.includes(route.name)),
      };
      const decision = decide(route, past, standing, at);
      if (decision === undefined) return [];
      const { reason } = decision;
      const document = noticeOf({
        route: route.name,
        reason,
        at,
        incident,
        version,
        state,
        detections,
        services,
        merged,
        consoleUrl,
      });
      return [{ route: route.name, payload: JSON.stringify(document), ...decision }];
    });
  };
}
