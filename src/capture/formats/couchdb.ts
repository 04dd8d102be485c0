/** CouchDB 2 and later: the chttpd lines of its log. */
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const user = { ...v.user, free: false };
const outcome = v.shaped(/^\w+$/);

export const couchdb = templateFormat(
  { id: "couchdb", title: "CouchDB" },
  [
    lineOf`[${v.shaped(/^\w+$/)}] ${v.anyTime()} ${v.shaped(/@/)} ${v.skip} ${v.requestId} ${v.host} ${v.client} ${user} ${v.method} ${v.target} ${v.status} ${outcome} ${v.milliseconds}`,
  ],
  "none",
);
