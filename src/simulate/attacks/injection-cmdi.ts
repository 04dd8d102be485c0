import { injection } from "./injection.ts";
import { CMDI } from "./payloads/cmdi.ts";

export const injectionCmdi = injection({
  class: "cmdi",
  title: "shell commands in parameters",
  payloads: CMDI,
  points: ["file", "url", "search", "oldItem", "userAgent"],
  exploits: [
    { payload: ";sleep 10;", slower: 10_000 },
    { payload: "$(sleep 7)", slower: 7_000 },
    { payload: ";cat /etc/passwd", size: 1_867 },
    { payload: ";id;uname -a;ls -la /srv/app", size: 1_204 },
  ],
  tools: ["commix/4.0-stable (https://commixproject.com)"],
});
