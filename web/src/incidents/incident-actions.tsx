/** What one can do with an incident. */
import { useState } from "react";
import type { IncidentDetail } from "../api/answers.ts";
import { useRights } from "../api/session.ts";
import { saveFile, Trouble } from "../parts/basics.tsx";
import { Icon } from "../parts/icons.tsx";
import { Menu } from "../parts/menu.tsx";
import { STATE_WORDS } from "../parts/verdict-marks.tsx";
import { useAct } from "./act.ts";
import { ExpectedDialog } from "./expected-dialog.tsx";
import { asMarkdown } from "./markdown.ts";
import { STATES } from "./words.ts";

export function IncidentActions({ detail }: { readonly detail: IncidentDetail }) {
  const { incident } = detail;
  const { name, may } = useRights();
  const { change, done, error } = useAct();
  const [expecting, setExpecting] = useState(false);
  const mine = incident.assignee === name;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
        {may("incidents:write") && (
          <>
            <Menu
              choices={STATES.map((state) => ({
                label: STATE_WORDS[state],
                chosen: incident.state === state,
                choose: () => change([incident], { state }),
              }))}
            >
              Set state
            </Menu>
            <button
              type="button"
              className="button"
              onClick={() => change([incident], { assignee: mine ? null : name })}
            >
              {mine ? "Give it back" : "Assign to me"}
            </button>
          </>
        )}
        {may("exceptions:write") && (
          <button type="button" className="button" onClick={() => setExpecting(true)}>
            This is expected
          </button>
        )}
        <Menu
          choices={[
            {
              label: "Markdown",
              choose: () => saveFile(`incident-${incident.id}.md`, "text/markdown", asMarkdown(detail)),
            },
            {
              label: "JSON",
              choose: () =>
                saveFile(`incident-${incident.id}.json`, "application/json", JSON.stringify(detail, null, 2)),
            },
            { label: "Print or PDF", choose: () => print() },
          ]}
        >
          <Icon name="download" /> Export
        </Menu>
      </div>
      {done !== undefined && (
        <p role="status" className="flex basis-full items-center gap-2 text-small text-muted">
          {done.words}
          <button type="button" className="button" onClick={done.undo}>
            Undo
          </button>
        </p>
      )}
      <Trouble error={error} className="basis-full" />
      {expecting && (
        <ExpectedDialog
          detail={detail}
          onClose={() => setExpecting(false)}
          onDone={() => {
            setExpecting(false);
            change([incident], { state: "false_positive" });
          }}
        />
      )}
    </>
  );
}
