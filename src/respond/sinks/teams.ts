/**
 * Microsoft Teams' Workflows ("When a Teams webhook request is received"): an Adaptive Card. Text runs are not read
 * as Markdown, which text blocks and facts are; so all text from logs stands in runs.
 * https://adaptivecards.io/explorer/TextRun.html
 */
import type { Severity } from "../../event.ts";
import { createHttpSink, type HttpSinkOptions } from "../http-sink.ts";
import type { NoticeMessage } from "../notice.ts";
import type { Sink } from "../sink.ts";
import { wordsOf } from "../words.ts";

const COLOURS: Readonly<Record<Severity, string>> = {
  info: "default",
  low: "accent",
  medium: "warning",
  high: "attention",
  critical: "attention",
};

export function teamsSink(options: HttpSinkOptions): Sink {
  return createHttpSink(options, (notice) => ({ body: JSON.stringify(teamsMessage(notice)) }));
}

export function teamsMessage(notice: NoticeMessage): unknown {
  const { lead, title, facts, paragraphs, url } = wordsOf(notice);
  const card = {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.4",
    msteams: { width: "Full" },
    body: [
      runs([
        { text: `${lead}: `, weight: "bolder", size: "medium", color: COLOURS[notice.incident.severity] },
        { text: title, weight: "bolder", size: "medium" },
      ]),
      ...facts.map(({ label, value }) => runs([{ text: `${label}: `, isSubtle: true }, { text: value }])),
      ...paragraphs.map((paragraph) => runs([{ text: paragraph }])),
    ],
    ...(url === undefined ? {} : { actions: [{ type: "Action.OpenUrl", title: "Open in Vedette", url }] }),
  };
  return {
    type: "message",
    attachments: [
      { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: card },
    ],
  };
}

type Run = { readonly text: string } & Readonly<Record<string, unknown>>;

function runs(inlines: readonly Run[]): unknown {
  return {
    type: "RichTextBlock",
    inlines: inlines.map((run) => ({ type: "TextRun", ...run, text: templateless(run.text) })),
  };
}

/** "{{DATE(…)}}" and "${…}" are functions of cards; joiners in between leave them as they look. */
function templateless(text: string): string {
  return text.replaceAll("{", "\u2060{\u2060");
}
