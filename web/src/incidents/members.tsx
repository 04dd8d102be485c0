/** The sources that acted as one: a few, and the others when asked for. */
import { useState } from "react";
import { count } from "../../../src/report/format-values.ts";
import { Card, Logged } from "../parts/basics.tsx";

const SHOWN = 8;

export function Members({ members, total }: { readonly members: readonly string[]; readonly total: number }) {
  const [all, setAll] = useState(false);
  return (
    <Card title="Sources" aside={`${count(total)} that acted as one`}>
      <ul className={`grid gap-x-4 px-4 pb-2 ${all ? "max-h-80 overflow-y-auto" : ""}`}>
        {(all ? members : members.slice(0, SHOWN)).map((member) => (
          <li key={member} className="truncate py-0.5">
            <Logged text={member} />
          </li>
        ))}
      </ul>
      {members.length > SHOWN && (
        <button
          type="button"
          className="button button-plain mx-1 mb-2"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? "Show fewer" : `Show ${count(members.length)}`}
        </button>
      )}
    </Card>
  );
}
