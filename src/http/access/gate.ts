/** Work that is too heavy to be done twice at once. */
import { VedetteError } from "../../errors.ts";

/** Runs it, unless something else is still within. @throws VedetteError STORE_BUSY */
export type Gate = <T>(run: () => Promise<T>) => Promise<T>;

export function createGate(): Gate {
  let within = false;
  return async (run) => {
    if (within) throw new VedetteError("STORE_BUSY", "History is being replayed for somebody else already");
    within = true;
    try {
      return await run();
    } finally {
      within = false;
    }
  };
}
