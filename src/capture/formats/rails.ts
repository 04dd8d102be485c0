/** Rails' own log: each request is the line that starts it; the lines that follow it speak of the same request. */
import type { LogFormat } from "../format.ts";
import { parseTimestamp } from "../timestamp.ts";
import { setClient } from "./fields/client.ts";
import { setTarget } from "./fields/request.ts";

const STARTED =
  /(?:^|[\]:] ?)(?:\[([\w-]{8,64})\] )?Started ([A-Z]{3,10}) "([^"]*)" for (\S{1,64}) at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})$/;
const FOLLOWS =
  /(?:^|[\]:] ?)(?:Processing by |Completed \d{3} |Rendered |Rendering |Parameters: |Redirected to |Sent file |Filter chain halted)|^ {2}(?:Parameters|Rendered|Rendering|Redirected|Sent)\b/;

export const rails: LogFormat = {
  id: "rails",
  title: "Ruby on Rails log",
  shape: "line",
  provides: ["timestamp", "client.address", "http.request.method", "url.path", "url.query", "event.id"],
  advice: {
    "http.response.status_code": "use the lograge gem: one line a request, with status and duration",
    "user_agent.original": "use the lograge gem and add request.user_agent in custom_options",
  },
  open: (options) => ({
    parse(text, event) {
      const line = text.trimEnd().slice(0, 16_384);
      if (line === "") return "ignored";
      const parts = STARTED.exec(line);
      if (parts === null) return FOLLOWS.test(line) ? "ignored" : "failed";
      const [, id, method, target = "", client = "", time = ""] = parts;
      event.timestamp = parseTimestamp(time, options);
      event["http.request.method"] = method;
      setTarget(event, target, 0, target.length, "none");
      setClient(event, client);
      if (id !== undefined) event["event.id"] = id;
      return "event";
    },
  }),
};
