/** Lines made by an Apache `LogFormat`, a Tomcat `pattern` or an Envoy format that the user gives. */
import { VedetteError } from "../../errors.ts";
import { EVENT_FIELDS } from "../../event.ts";
import type { FormatOptions, LineParser, LogFormat } from "../format.ts";
import { compileApacheLogFormat } from "./template/apache-log-format.ts";
import { compileEnvoyFormat } from "./template/envoy-format.ts";
import { openTemplate } from "./template/template.ts";

export const apacheLogFormat: LogFormat = {
  id: "apache-log-format",
  title: "an Apache LogFormat string",
  shape: "line",
  provides: EVENT_FIELDS,
  open: (options) =>
    openTemplate(compileApacheLogFormat(patternOf(options, "apache-log-format")), "clf", options),
};

export const tomcatPattern: LogFormat = {
  id: "tomcat-pattern",
  title: "a Tomcat AccessLogValve pattern",
  shape: "line",
  provides: EVENT_FIELDS,
  open: (options): LineParser =>
    openTemplate(compileApacheLogFormat(patternOf(options, "tomcat-pattern"), "tomcat"), "clf", options),
};

export const envoyFormat: LogFormat = {
  id: "envoy-format",
  title: "an Envoy access log format string",
  shape: "line",
  provides: EVENT_FIELDS,
  open: (options) => openTemplate(compileEnvoyFormat(patternOf(options, "envoy-format")), "none", options),
};

function patternOf(options: FormatOptions, id: string): string {
  if (options.pattern !== undefined) return options.pattern;
  throw new VedetteError("FORMAT_STRING_INVALID", `The format ${id} needs a format string.`);
}
