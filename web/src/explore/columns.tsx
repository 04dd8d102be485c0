/** Which fields of events the table shows. */
import { Content, Portal, Root, Trigger } from "@radix-ui/react-popover";
import { EVENT_FIELDS } from "../../../src/event.ts";

const USUAL = [
  "timestamp",
  "http.request.method",
  "url.path",
  "http.response.status_code",
  "client.address",
  "user.id",
  "duration_ms",
  "finding.class",
];
/** Too long for a table; the event itself shows them. */
const LONG = /^http\.(?:request|response)\.(?:headers|body)$/;
const OFFERED = [...new Set([...USUAL, ...EVENT_FIELDS, "finding.rule", "finding.score"])].filter(
  (name) => !LONG.test(name) && name !== "event.id",
);

/** @param written as in the address */
export function columnsOf(written: string | undefined): readonly string[] {
  const named = (written ?? "").split(",").filter((name) => OFFERED.includes(name));
  return named.length === 0 ? USUAL : named;
}

export function ColumnsMenu({
  columns,
  onChange,
}: {
  readonly columns: readonly string[];
  readonly onChange: (written: string | undefined) => void;
}) {
  return (
    <Root>
      <Trigger className="button">Columns</Trigger>
      <Portal>
        <Content
          align="end"
          sideOffset={6}
          className="card z-40 max-h-96 w-72 overflow-y-auto p-2 shadow-lg"
          aria-label="Columns"
        >
          <button type="button" className="button button-plain w-full" onClick={() => onChange(undefined)}>
            The usual ones
          </button>
          {OFFERED.map((name) => (
            <label key={name} className="flex min-h-7 items-center gap-2 rounded px-2 hover:bg-sunken">
              <input
                type="checkbox"
                className="accent-text"
                checked={columns.includes(name)}
                onChange={({ target }) =>
                  onChange(
                    (target.checked ? [...columns, name] : columns.filter((each) => each !== name)).join(),
                  )
                }
              />
              <code className="font-mono text-small">{name}</code>
            </label>
          ))}
        </Content>
      </Portal>
    </Root>
  );
}
