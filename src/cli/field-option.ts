import type { MappedField } from "../capture/format.ts";
import { EVENT_FIELDS } from "../event.ts";

/** Whether `--map` may fill this field. */
export function isMappedField(name: string): name is MappedField {
  return (
    (EVENT_FIELDS as readonly string[]).includes(name) ||
    /^http\.(?:request|response)\.headers\.[\w-]+$/.test(name)
  );
}
