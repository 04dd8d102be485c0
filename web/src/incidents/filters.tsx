/** What the list of incidents shows: all of it stands in the address. */
import { useNavigate } from "@tanstack/react-router";
import type { RefObject } from "react";
import { SEVERITY_ORDER, sentence } from "../../../src/report/html/view/words.ts";
import { useRights } from "../api/session.ts";
import { Views } from "./views.tsx";
import { type InboxSearch, VIEWS } from "./words.ts";

export function Filters({
  search,
  find,
}: {
  readonly search: InboxSearch;
  readonly find: RefObject<HTMLInputElement | null>;
}) {
  const navigate = useNavigate();
  const { name } = useRights();
  function set(change: InboxSearch) {
    void navigate({ to: "/incidents", search: (before) => ({ ...before, ...change }), replace: true });
  }
  const mine = search.assignee === name;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <fieldset className="flex flex-wrap gap-1" aria-label="State">
        {VIEWS.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            className="button"
            aria-pressed={(search.state ?? "unclosed") === value}
            onClick={() => set({ state: value })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <select
        className="field !w-auto text-small"
        aria-label="Severity"
        value={search.severity ?? ""}
        onChange={({ target }) => set({ severity: target.value || undefined } as InboxSearch)}
      >
        <option value="">Any severity</option>
        {SEVERITY_ORDER.slice(0, -1).map((severity) => (
          <option key={severity} value={severity}>
            {severity === "critical" ? "Critical" : `${sentence(severity)} or graver`}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button"
        aria-pressed={mine}
        onClick={() => set({ assignee: mine ? undefined : name } as InboxSearch)}
      >
        Mine
      </button>
      <input
        ref={find}
        type="search"
        className="field min-w-40 flex-1"
        aria-label="Find in these incidents"
        placeholder="Find in these incidents"
        value={search.find ?? ""}
        onChange={({ target }) => set({ find: target.value || undefined } as InboxSearch)}
        onKeyDown={(event) => {
          if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
        }}
      />
      <Views search={search} />
    </div>
  );
}
