/** A log format that is one line of a server's configuration language. */
import type { LogFormat } from "../../format.ts";
import type { Escaping } from "../fields/escapes.ts";
import { type ApacheDialect, compileApacheLogFormat } from "./apache-log-format.ts";
import { compileNginxLogFormat } from "./nginx-log-format.ts";
import { openTemplate, type Template, templateFields } from "./template.ts";

type Description = Omit<LogFormat, "shape" | "provides" | "open">;

/** @param pattern the value of nginx's `log_format` that makes such lines */
export function nginxFormat(description: Description, pattern: string): LogFormat {
  const { template, escaping } = compileNginxLogFormat(pattern);
  return templateFormat(description, template, escaping);
}

/** @param pattern the value of Apache's `LogFormat` (or Tomcat's `pattern`) that makes such lines */
export function apacheFormat(description: Description, pattern: string, dialect?: ApacheDialect): LogFormat {
  return templateFormat(description, compileApacheLogFormat(pattern, dialect), "clf");
}

export function templateFormat(description: Description, template: Template, escaping: Escaping): LogFormat {
  return {
    ...description,
    shape: "line",
    provides: templateFields(template),
    open: (options) => openTemplate(template, escaping, options),
  };
}
