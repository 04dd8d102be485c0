/** An nginx `log_format` that spells a JSON object: its lines are read as JSON, its values as the variables in it. */
import { type ApiEvent, emptyEvent } from "../../../event.ts";
import type { FormatOptions, LineParser } from "../../format.ts";
import { clearEvent } from "../clear-event.ts";
import { jsonParser } from "../json/json-format.ts";
import { NOT_JSON, parseJsonLine } from "../json/json-text.ts";
import { compilePath, type Getter, isJsonObject, type JsonObject } from "../json/path.ts";
import { nginxTemplate, nginxVariable } from "./nginx-log-format.ts";
import { openTemplate } from "./template.ts";

interface Value {
  readonly get: Getter;
  read(event: ApiEvent, text: string): void;
}

/** @returns undefined when the format is no JSON object */
export function openNginxJson(text: string, options: FormatOptions): LineParser | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  const pattern = parseJsonLine(quoteVariables(text));
  if (pattern === NOT_JSON || !isJsonObject(pattern)) return undefined;
  const values = valuesOf(pattern, "", options);
  return jsonParser((record, event) => {
    let found = 0;
    for (const value of values) {
      const content = value.get(record);
      if (content === undefined || content === null || typeof content === "object") continue;
      found++;
      value.read(event, String(content));
    }
    if (found * 2 < values.length) return "failed";
    return event["url.path"] === undefined && event["http.response.status_code"] === undefined
      ? "ignored"
      : "event";
  });
}

/** Variables may stand for numbers, without quotes: with quotes around them the format is JSON itself. */
function quoteVariables(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\$\{?\w+\}?/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

function valuesOf(pattern: JsonObject, path: string, options: FormatOptions): Value[] {
  return Object.entries(pattern).flatMap(([key, content]) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (isJsonObject(content)) return valuesOf(content, at, options);
    if (typeof content !== "string" || !content.includes("$")) return [];
    return [{ get: compilePath(at), read: readerOf(content, options) }];
  });
}

/** One variable is captured as it stands; text around or between variables is a template of its own. */
function readerOf(content: string, options: FormatOptions): Value["read"] {
  const name = /^\$\{?(\w+)\}?$/.exec(content)?.[1];
  if (name !== undefined) {
    const capture = nginxVariable(name).open(options, "none");
    return (event, text) => void capture(event, text, 0, text.length, false);
  }
  const parser = openTemplate(nginxTemplate(content), "none", options);
  const part = emptyEvent();
  return (event, text) => {
    clearEvent(part);
    if (parser.parse(text, part) !== "event") return;
    for (const [field, value] of Object.entries(part)) {
      if (value !== undefined && !Number.isNaN(value)) Object.assign(event, { [field]: value });
    }
  };
}
