/** Which events make a source worth watching at once; the others it is judged by only when it makes many. */
import { FACT_FLAG, type Fact, METHOD } from "../fact.ts";
import { AGENT_CLASSES } from "../normalize/agent.ts";
import type { AuthOutcome } from "./detector.ts";

const MEGABYTE = 1 << 20;
const MONITOR = AGENT_CLASSES.indexOf("monitor");

export function isNoteworthy(fact: Fact, auth: AuthOutcome): boolean {
  if (fact.findingScore > 0 || auth === "failure" || auth === "attempt") return true;
  if (fact.bytesOut >= MEGABYTE && fact.method !== METHOD.HEAD) return true;
  if (fact.status >= 400 && fact.status < 500 && (fact.flags & FACT_FLAG.ASSET) === 0) {
    return fact.agentClass !== MONITOR;
  }
  return false;
}
