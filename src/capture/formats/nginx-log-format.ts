/** Lines made by an nginx `log_format` that the user gives; one that writes JSON is read as JSON. */
import { VedetteError } from "../../errors.ts";
import { EVENT_FIELDS } from "../../event.ts";
import type { LogFormat } from "../format.ts";
import { openNginxJson } from "./template/nginx-json.ts";
import { nginxTemplate, readNginxLogFormat } from "./template/nginx-log-format.ts";
import { openTemplate } from "./template/template.ts";

export const nginxLogFormat: LogFormat = {
  id: "nginx-log-format",
  title: "an nginx log_format string",
  shape: "line",
  provides: EVENT_FIELDS,
  open(options) {
    const { pattern } = options;
    if (pattern === undefined) {
      throw new VedetteError(
        "FORMAT_STRING_INVALID",
        "The format nginx-log-format needs a log_format string.",
      );
    }
    const { text, escaping } = readNginxLogFormat(pattern);
    return openNginxJson(text, options) ?? openTemplate(nginxTemplate(text), escaping, options);
  },
};
