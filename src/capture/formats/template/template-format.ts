/** A log format that is one line of a server's configuration language. */
import type { LineParser, LogFormat } from "../../format.ts";
import { clearEvent } from "../clear-event.ts";
import type { Escaping } from "../fields/escapes.ts";
import { compileApacheLogFormat } from "./apache-log-format.ts";
import { nginxTemplate } from "./nginx-log-format.ts";
import { openTemplate, type Template, templateFields, type Variable } from "./template.ts";

type Description = Omit<LogFormat, "shape" | "provides" | "open">;

/** @param patterns values of nginx's `log_format` that make such lines; the first that fits is taken */
export function nginxFormat(description: Description, ...patterns: readonly string[]): LogFormat {
  return templateFormat(description, patterns.map(nginxTemplate), "clf");
}

/** @param pattern the value of Apache's `LogFormat` (or Tomcat's `pattern`) that makes such lines */
export function apacheFormat(description: Description, pattern: string): LogFormat {
  return templateFormat(description, [compileApacheLogFormat(pattern)], "clf");
}

/** A template written as a template: text with variables in the holes. */
export function lineOf(texts: TemplateStringsArray, ...variables: readonly Variable[]): Template {
  return texts.raw.flatMap((text, i) => {
    const variable = variables[i];
    const parts: (string | Variable)[] = text === "" ? [] : [text];
    return variable === undefined ? parts : [...parts, variable];
  });
}

export function templateFormat(
  description: Description,
  templates: readonly Template[],
  escaping: Escaping,
): LogFormat {
  return {
    ...description,
    shape: "line",
    provides: [...new Set(templates.flatMap(templateFields))],
    open: (options) => firstThatFits(templates.map((template) => openTemplate(template, escaping, options))),
  };
}

/** Tries each parser, the one that fitted last time first: variants of a format come in runs. */
function firstThatFits(parsers: readonly LineParser[]): LineParser {
  const [only] = parsers;
  if (only !== undefined && parsers.length === 1) return only;
  let lucky = 0;
  return {
    parse(line, event) {
      const first = parsers[lucky]?.parse(line, event) ?? "failed";
      if (first !== "failed") return first;
      for (let i = 0; i < parsers.length; i++) {
        if (i === lucky) continue;
        clearEvent(event);
        const result = parsers[i]?.parse(line, event) ?? "failed";
        if (result === "failed") continue;
        lucky = i;
        return result;
      }
      return "failed";
    },
  };
}
