/** Changes of incidents: shown at once, taken back when the server refuses or the person does. */
import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { plural } from "../../../src/report/format-values.ts";
import type { Incident, IncidentDetail } from "../api/answers.ts";
import { type Answer, api } from "../api/client.ts";
import { STATE_WORDS } from "../parts/verdict-marks.tsx";
import type { State } from "./words.ts";

export type IncidentPage = Answer<"GET /incidents">;
export interface Change {
  readonly state?: State;
  readonly assignee?: string | null;
}

export interface Done {
  readonly words: string;
  readonly undo: () => void;
}

export interface Act {
  readonly change: (incidents: readonly Incident[], change: Change) => void;
  /** The last change, while it can still be undone. */
  readonly done: Done | undefined;
  readonly error: Error | null;
}

export function useAct(): Act {
  const client = useQueryClient();
  const [done, setDone] = useState<Done>();
  const { mutate, error } = useMutation({
    mutationFn: ({ incidents, changes }: { incidents: readonly Incident[]; changes: readonly Change[] }) =>
      Promise.all(
        incidents.map(({ id }, index) =>
          api("PATCH /incidents/{id}", { params: { id }, body: changes[index] ?? {} }),
        ),
      ),
    onMutate: ({ incidents, changes }) => {
      const changed = new Map(incidents.map(({ id }, index) => [id, changes[index] ?? {}]));
      const apply = (incident: Incident): Incident => ({ ...incident, ...changed.get(incident.id) });
      client.setQueriesData<InfiniteData<IncidentPage>>({ queryKey: ["incidents", "list"] }, (known) =>
        known === undefined
          ? known
          : {
              ...known,
              pages: known.pages.map((page) => ({ ...page, incidents: page.incidents.map(apply) })),
            },
      );
      for (const id of changed.keys())
        client.setQueryData<IncidentDetail>(["incident", id], (known) =>
          known === undefined ? known : { ...known, incident: apply(known.incident) },
        );
    },
    onSettled: (_answers, _error, { incidents }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["incidents"] }),
        ...incidents.map(({ id }) => client.invalidateQueries({ queryKey: ["incident", id] })),
      ]),
  });

  return {
    error,
    done,
    change(incidents, change) {
      if (incidents.length === 0) return;
      mutate({ incidents, changes: incidents.map(() => change) });
      const before = incidents.map(({ state, assignee }) => ({
        ...(change.state === undefined ? {} : { state }),
        ...(change.assignee === undefined ? {} : { assignee }),
      }));
      setDone({
        words: `${plural(incidents.length, "incident")} ${wordsOf(change)}`,
        undo() {
          mutate({ incidents, changes: before });
          setDone(undefined);
        },
      });
    },
  };
}

function wordsOf({ state, assignee }: Change): string {
  if (state !== undefined) return `now ${STATE_WORDS[state].toLowerCase()}`;
  return assignee === null || assignee === undefined ? "assigned to nobody" : `assigned to ${assignee}`;
}
