/** An incident as a text for tickets and chats. Text from logs stands in code, where nothing of it is markup. */
import { count } from "../../../src/report/format-values.ts";
import { measured } from "../../../src/report/html/view/figures.ts";
import { kindWords, outcomeWords, sentence } from "../../../src/report/html/view/words.ts";
import { inert } from "../../../src/report/inert.ts";
import type { IncidentDetail } from "../api/answers.ts";

export function asMarkdown({ incident, detections, comments }: IncidentDetail): string {
  const lines = [
    `# ${plain(incident.title)}`,
    "",
    `- Severity: ${incident.severity}, risk ${Math.round(incident.risk)} of 100`,
    `- Outcome: ${outcomeWords(incident.outcome)}`,
    `- Who: ${code(incident.entity.value)} (${incident.entity.type})`,
    `- First seen ${incident.first_seen}, detected ${incident.detected_at}, last seen ${incident.last_seen}`,
    `- Requests: ${count(incident.events)}`,
    "",
    plain(incident.summary),
    "",
    "## What to do",
    "",
    ...incident.recommendation.split("\n").map((line) => `- ${plain(line)}`),
  ];
  for (const detection of detections) {
    const {
      category,
      class: of,
      target,
      observed,
      expected,
      threshold,
      unit,
      explanation,
      samples,
    } = detection;
    lines.push(
      "",
      `## ${sentence(kindWords({ category, class: of ?? null }))}`,
      "",
      ...(target === undefined ? [] : [`At ${code(target.endpoint)} of ${code(target.service)}.`, ""]),
      `Observed ${measured(observed, unit)}, line ${measured(threshold, unit)}` +
        `${expected === null ? "" : `, usual ${measured(expected, unit)}`} (${plain(unit)}).`,
      "",
      plain(explanation),
      "",
      ...samples.map(({ timestamp, status, request }) => `- ${timestamp} ${status ?? ""} ${code(request)}`),
    );
  }
  if (comments.length > 0)
    lines.push(
      "",
      "## Comments",
      "",
      ...comments.map(({ author, at, text }) => `- ${plain(author)}, ${at}: ${plain(text)}`),
    );
  return `${lines.join("\n")}\n`;
}

/** Nothing in it is markup. */
function plain(text: string): string {
  return inert(text).replace(/[\\`*_{}[\]<>#|!~&@]/g, "\\$&");
}

/** Longer fences than any within hold the text. */
function code(text: string): string {
  const clean = inert(text);
  const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${clean}${space}${fence}`;
}
