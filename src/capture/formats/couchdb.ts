/** CouchDB 2 and later: the chttpd lines of its log. */
import { shaped, skip } from "./template/kinds.ts";
import type { Variable } from "./template/template.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

/** CouchDB writes the JavaScript word for nobody. */
const user: Variable = {
  ...v.user,
  free: false,
  open(options, escaping) {
    const set = v.user.open(options, escaping);
    return (event, line, start, end, escaped) =>
      line.slice(start, end) === "undefined" || set(event, line, start, end, escaped);
  },
};
const outcome = shaped(/^\w+$/);

export const couchdb = templateFormat(
  { id: "couchdb", title: "CouchDB" },
  [
    lineOf`[${shaped(/^\w+$/)}] ${v.anyTime()} ${shaped(/@/)} ${skip} ${v.requestId} ${v.host} ${v.client} ${user} ${v.method} ${v.target} ${v.status} ${outcome} ${v.milliseconds}`,
  ],
  "none",
);
