/** A notice whose every text tries to be more than text, and a plain one. */
import type { Incident } from "../../src/event.ts";
import { type NoticeMessage, noticeOf } from "../../src/respond/notice.ts";
import { incidentOf } from "./records-suite.ts";

export const HOSTILE = [
  "\r\nBcc: everyone@example.com\r\n\r\n",
  "<img src=x onerror=alert(1)>",
  "<!channel> <@U123> @everyone <https://evil.example|click>",
  "[click](https://evil.example) ![x](https://evil.example/p.png) *bold* _it_ ~s~ `code` ||spoiler||",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Adaptive Cards, meant as text
  "{{DATE(2026-01-01T00:00:00Z)}} ${x} # head > quote",
  "\u202egnp.exe \u0000\u001b[31m \ud800",
].join(" ");

export function messageOf(incident: Partial<Incident> = {}, id = "n-1"): NoticeMessage {
  const document = noticeOf({
    route: "ops",
    reason: "new",
    at: Date.UTC(2026, 2, 3),
    incident: incidentOf("i-1", 0, { summary: "Asked for 40 paths that are not there.", ...incident }),
    version: 1,
    state: "open",
    detections: [],
    merged: [],
    services: ["shop"],
    consoleUrl: "https://vedette.example.com/",
  });
  return { id, ...document };
}

export function hostileMessage(): NoticeMessage {
  return messageOf({
    id: `i ${HOSTILE}`,
    title: HOSTILE,
    summary: HOSTILE.repeat(50),
    recommendation: HOSTILE,
    entity: { type: "user.id", value: HOSTILE },
  });
}
