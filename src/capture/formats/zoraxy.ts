/** Zoraxy reverse proxy: its router lines, with and without the time its logger puts in front. */
import { skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

export const zoraxy = templateFormat(
  { id: "zoraxy", title: "Zoraxy" },
  [
    lineOf`${skip} ${skip} [${v.anyTime(1)}] [router:${skip}] [origin:${v.host}] [client: ${v.client}] [useragent: ${v.userAgent}] ${v.method} ${v.target} ${v.status}`,
    lineOf`[${v.anyTime(1)}] [router:${skip}] [origin:${v.host}] [client: ${v.client}] [useragent: ${v.userAgent}] ${v.method} ${v.target} ${v.status}`,
  ],
  "none",
);
