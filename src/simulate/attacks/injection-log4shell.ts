import { injection } from "./injection.ts";
import { LOG4SHELL } from "./payloads/log4shell.ts";

export const injectionLog4shell = injection({
  class: "log4shell",
  title: "lookups for a logger that evaluates what it logs",
  payloads: LOG4SHELL,
  points: ["userAgent", "userAgent", "referer", "search", "login", "productId"],
  exploits: [],
  tools: [],
});
