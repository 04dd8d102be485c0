/** An intake that quarantines the lines another one rejects: it alone still has the text when the answer comes. */
import { forEachLine } from "../files/lines.ts";
import type { Intake } from "./intake.ts";
import type { Quarantine } from "./quarantine.ts";

export function quarantining(intake: Intake, quarantine: Quarantine): Intake {
  return {
    async accept(batch) {
      const kept = batch.bytes.slice();
      const receipt = await intake.accept(batch);
      if (receipt.rejections.length === 0) return receipt;
      const reasons = new Map(receipt.rejections.map(({ line, reason }) => [line, reason]));
      let number = 0;
      forEachLine(kept, (text) => {
        const reason = reasons.get(number++);
        if (reason !== undefined) quarantine.add(batch.source, reason, text);
      });
      return receipt;
    },
  };
}
