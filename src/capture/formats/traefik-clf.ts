/** Traefik's default access log: combined, a count, router and server in quotes, and the duration. */
import { shaped, skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const count = shaped(/^\d+$|^-$/);

export const traefikClf = templateFormat(
  {
    id: "traefik-clf",
    title: "Traefik common log format",
    advice: { "server.address": "set accessLog.format to json" },
  },
  [
    lineOf`${v.client} - ${v.user} [${v.clfTime}] "${v.requestLine}" ${v.status} ${v.responseBytes} "${v.referer}" "${v.userAgent}" ${count} "${v.service}" "${skip}" ${v.durationText}`,
    lineOf`${v.client} - ${v.user} [${v.clfTime}] "${v.requestLine}" ${v.status} ${v.responseBytes} ${skip} "${v.userAgent}" ${count} "${v.service}" "${skip}" ${v.durationText}`,
  ],
  "clf",
);
