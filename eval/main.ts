/** `npm run eval`: how good the verdicts are, against labelled and real data. Prints one table. */
import { CORPORA, hasCorpora } from "./corpora.ts";
import { evaluateHub } from "./hub.ts";
import { evaluateInspection } from "./inspect.ts";
import { evaluateNab } from "./nab.ts";
import { evaluateParsing } from "./parsing.ts";
import { evaluateRealLogs } from "./real-logs.ts";
import { evaluateSimulated } from "./simulated.ts";
import { printTable, type Row } from "./table.ts";

const parts: Record<string, () => Promise<Row[]>> = {
  parsing: evaluateParsing,
  inspect: () => evaluateInspection(CORPORA),
  hub: evaluateHub,
  real: evaluateRealLogs,
  nab: evaluateNab,
  simulated: evaluateSimulated,
};
const wanted = process.argv.slice(2);
const rows: Row[] = [];
if (!hasCorpora()) {
  console.log("The corpora are not here (../shared/corpora or VEDETTE_CORPORA): what needs them is skipped.");
}
for (const [name, evaluate] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`${name} ...`);
  rows.push(...(await evaluate()));
}
console.log(`\n${printTable(rows)}`);
if (rows.some(({ met }) => met === false)) process.exitCode = 1;
