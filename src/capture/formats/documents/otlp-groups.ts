/** Gives every span or log record back in the resource it was found in, whichever of the two came first. */

export type OnRecord = (record: string, line: number) => void;

/** A longer resource is left out: it would be repeated in every record. */
const LONGEST_RESOURCE = 64 * 1024;
/** Records held back because their resource has not come yet. */
const MOST_HELD = 1 << 20;

export interface OtlpGroups {
  begin(kind: string): void;
  resource(text: string): void;
  item(text: string, line: number, onRecord: OnRecord): void;
  /** The group, or the input, ended: what is held goes as it is. */
  end(onRecord: OnRecord): void;
}

export function createOtlpGroups(): OtlpGroups {
  let kind = "resourceSpans";
  let resource = "";
  let held: { text: string; line: number }[] = [];
  let heldLength = 0;

  function wrap(text: string): string {
    const inside = resource === "" ? "" : `"resource":${resource},`;
    return kind === "resourceSpans"
      ? `{"resourceSpans":[{${inside}"scopeSpans":[{"spans":[${text}]}]}]}`
      : `{"resourceLogs":[{${inside}"scopeLogs":[{"logRecords":[${text}]}]}]}`;
  }
  function release(onRecord: OnRecord): void {
    for (const { text, line } of held) onRecord(wrap(text), line);
    held = [];
    heldLength = 0;
  }

  return {
    begin(next) {
      kind = next;
      resource = "";
    },
    resource(text) {
      if (text.length <= LONGEST_RESOURCE) resource = text;
    },
    item(text, line, onRecord) {
      if (resource !== "") {
        release(onRecord);
        onRecord(wrap(text), line);
        return;
      }
      held.push({ text, line });
      heldLength += text.length;
      if (heldLength > MOST_HELD) release(onRecord);
    },
    end(onRecord) {
      release(onRecord);
      resource = "";
    },
  };
}
