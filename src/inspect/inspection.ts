/** The findings of one event as they gather: one per class and location, the strongest, and never too many. */
import type { Finding } from "../event.ts";
import { BOUNDS, createBudget } from "./budget.ts";
import { examine } from "./examine.ts";
import type { Sink, Value } from "./values/value.ts";

/** More findings than this say the same again; the mark that something was left out comes on top. */
const MOST = 32;

/** Shared by every request that carries nothing, so that the common case allocates nothing. */
export const NOTHING: readonly Finding[] = Object.freeze([]);

/** The rest was not looked at: much that looks like an attack may stand before the one that is meant. */
export const TRUNCATED: Finding = Object.freeze({
  class: "other",
  rule: "other/truncated",
  location: "request",
  evidence: "",
  decoded: "",
  score: 0.3,
  reason: "The request holds more than is inspected: a part of it was left out.",
});

const ONLY_TRUNCATED: readonly Finding[] = Object.freeze([TRUNCATED]);

export interface Inspection extends Sink {
  begin(): void;
  add(finding: Finding): void;
  /** Strongest first. */
  end(): readonly Finding[];
}

export function createInspection(): Inspection {
  const budget = createBudget(BOUNDS);
  const found = new Map<string, Finding>();
  let used = false;
  let open = true;
  const add = (finding: Finding): void => {
    if (finding === TRUNCATED) {
      budget.cut();
      return;
    }
    const key = `${finding.class} ${finding.location}`;
    const known = found.get(key);
    if (known === undefined ? found.size < MOST : known.score < finding.score) found.set(key, finding);
  };
  return {
    begin() {
      open = true;
      if (!used) return;
      used = false;
      budget.reset();
      found.clear();
    },
    take(value: Value) {
      used = true;
      open = budget.value();
      if (open) examine(value, budget, add);
    },
    more: () => open,
    cut() {
      used = true;
      budget.cut();
    },
    add(finding) {
      used = true;
      add(finding);
    },
    end() {
      const truncated = used && budget.spent();
      if (found.size === 0) return truncated ? ONLY_TRUNCATED : NOTHING;
      dropCoarse(found);
      // Beyond the bound and under no key: a full set says it too.
      const all = [...found.values(), ...(truncated ? ONLY_TRUNCATED : [])];
      return all.sort((a, b) => b.score - a.score);
    },
  };
}

/** What one segment carries, the whole path carries too: the segment says it better, unless it says it weaker. */
function dropCoarse(found: Map<string, Finding>): void {
  for (const [key, finding] of found) {
    if (!finding.location.startsWith("path segment")) continue;
    const wholeKey = `${finding.class} path`;
    const path = found.get(wholeKey);
    if (path !== undefined) found.delete(finding.score + SLACK >= path.score ? wholeKey : key);
  }
}

const SLACK = 0.05;
