/** Squid's `combined` logformat: the usual one with the cache result behind it. */
import { shaped, skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const bytes = { ...v.responseBytes, mayEnd: false };

export const squidCombined = templateFormat(
  { id: "squid-combined", title: "Squid combined", advice: { duration_ms: "append %tr to logformat" } },
  [
    lineOf`${v.client} ${skip} ${v.user} [${v.clfTime}] "${v.requestLine}" ${v.status} ${bytes} "${v.referer}" "${v.userAgent}" ${shaped(/^[A-Z_]+:[A-Z_]+$/)}`,
  ],
  "clf",
);
