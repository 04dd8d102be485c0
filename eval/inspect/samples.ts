import { join } from "node:path";
import { coreRuleSet } from "./core-rule-set.ts";
import { goTestWaf } from "./gotestwaf.ts";
import { httpParams, libinjection } from "./parameters.ts";
import type { Sample } from "./sample.ts";
import { accessLog, csic, naturalText } from "./traffic.ts";

export function* samplesOf(corporaDir: string): Generator<Sample> {
  yield* libinjection(join(corporaDir, "libinjection/libinjection.jsonl"));
  yield* httpParams(join(corporaDir, "httpparams/payload_full.csv"));
  yield* coreRuleSet(join(corporaDir, "crs/crs-regression.jsonl"));
  yield* goTestWaf(join(corporaDir, "gotestwaf/gotestwaf.jsonl"));
  yield* csic(join(corporaDir, "csic2010/csic2010-test-split.jsonl.gz"), "csic2010");
  yield* csic(join(corporaDir, "csic-torpeda2012/torpeda.jsonl.gz"), "torpeda");
  yield* accessLog(join(corporaDir, "elastic-examples/apache_logs"));
  yield* naturalText(join(corporaDir, "../reference/fp-text"));
}
