/**
 * Slack's incoming webhooks, and chats that take the same (Mattermost, Rocket.Chat read `text`). Text from logs
 * stands in plain_text elements, or in code with Slack's control characters escaped.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
import { createHttpSink, type HttpSinkOptions } from "../http-sink.ts";
import type { NoticeMessage } from "../notice.ts";
import type { Sink } from "../sink.ts";
import { wordsOf } from "../words.ts";

const MAX_HEADER = 150;

export function slackSink(options: HttpSinkOptions): Sink {
  return createHttpSink(options, (notice) => ({ body: JSON.stringify(slackMessage(notice)) }));
}

export function slackMessage(notice: NoticeMessage): unknown {
  const { lead, title, facts, paragraphs, url } = wordsOf(notice);
  return {
    text: `${lead}: ${code(title)}${url === undefined ? "" : ` <${escaped(url)}|Open>`}`,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plain(`${lead}: ${title}`, MAX_HEADER) },
      {
        type: "section",
        fields: facts.map(({ label, value }) => ({
          type: "mrkdwn",
          text: `*${label}*\n${code(value)}`,
          verbatim: true,
        })),
      },
      ...paragraphs.map((paragraph) => ({ type: "section", text: plain(paragraph, 3_000) })),
      ...(url === undefined
        ? []
        : [{ type: "section", text: { type: "mrkdwn", text: `<${escaped(url)}|Open in Vedette>` } }]),
    ],
  };
}

/** Slack keeps `<` for its own in any text object, so that plain text has look-alikes of it. */
function plain(text: string, most: number): unknown {
  const inert = text.replaceAll("<", "‹").replaceAll(">", "›");
  const cut = inert.length > most ? `${inert.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…` : inert;
  return { type: "plain_text", text: cut, emoji: false };
}

function code(text: string): string {
  return `\`${escaped(text.replaceAll("`", "'"))}\``;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
