/**
 * Discord's webhooks: one embed, with all Markdown escaped and mentions switched off.
 * https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
import type { Severity } from "../../event.ts";
import { createHttpSink, type HttpSinkOptions } from "../http-sink.ts";
import type { NoticeMessage } from "../notice.ts";
import type { Sink } from "../sink.ts";
import { wordsOf } from "../words.ts";

const COLOURS: Readonly<Record<Severity, number>> = {
  info: 0x6b7280,
  low: 0x2563eb,
  medium: 0xd97706,
  high: 0xea580c,
  critical: 0xdc2626,
};
/** Limits of an embed; escaping at most doubles a text. */
const MAX_TITLE = 256;
const MAX_DESCRIPTION = 4_096;
const MAX_FIELD = 1_024;

export function discordSink(options: HttpSinkOptions): Sink {
  return createHttpSink(options, (notice) => ({ body: JSON.stringify(discordMessage(notice)) }));
}

export function discordMessage(notice: NoticeMessage): unknown {
  const { lead, title, facts, paragraphs, url } = wordsOf(notice);
  return {
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: escaped(`${lead}: ${title}`, MAX_TITLE),
        description: escaped(paragraphs.join("\n\n"), MAX_DESCRIPTION),
        color: COLOURS[notice.incident.severity],
        timestamp: notice.incident.last_seen,
        ...(url === undefined ? {} : { url }),
        fields: facts.map(({ label, value }) => ({
          name: label,
          value: escaped(value, MAX_FIELD),
          inline: true,
        })),
      },
    ],
  };
}

/** A backslash before every ASCII punctuation mark that begins or ends markup, a mention or a link. */
function escaped(text: string, most: number): string {
  const safe = text.replace(/[\\*_~`|<>@#[\]():!&+-]/g, "\\$&");
  if (safe.length <= most) return safe;
  // Not in the middle of an escape or of a surrogate pair.
  return `${safe.slice(0, most - 1).replace(/(?<!\\)((?:\\\\)*)\\$|[\ud800-\udbff]$/, "$1")}…`;
}
