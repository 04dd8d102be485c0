/** Filters kept under a name: one's own, a click away. */
import { Content, Portal, Root, Trigger } from "@radix-ui/react-popover";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { useRights } from "../api/session.ts";
import { Trouble } from "../parts/basics.tsx";
import { Icon } from "../parts/icons.tsx";
import { ShareLink } from "../parts/share-link.tsx";
import type { InboxSearch } from "./words.ts";

const NAMES = ["state", "severity", "assignee", "find"] as const;

export function Views({ search }: { readonly search: InboxSearch }) {
  const [open, setOpen] = useState(false);
  const { may } = useRights();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ["views"],
    queryFn: ({ signal }) => api("GET /views", { signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ["views"] });
  const save = useMutation({
    mutationFn: (name: string) => api("PUT /views", { body: { name, search: filtersOf(search) } }),
    onSuccess: again,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api("DELETE /views/{id}", { params: { id } }),
    onSuccess: again,
  });
  const here = JSON.stringify(filtersOf(search));
  const shown = data?.views.find((view) => JSON.stringify(filtersOf(view.search)) === here);
  return (
    <Root open={open} onOpenChange={setOpen}>
      <Trigger className="button">
        <span className="max-w-40 truncate">{shown === undefined ? "Views" : inert(shown.name)}</span>
      </Trigger>
      <Portal>
        <Content
          align="end"
          sideOffset={6}
          className="card z-40 w-[min(24rem,calc(100vw-2rem))] p-3 shadow-lg"
          aria-label="Views"
        >
          <ul className="mb-3 max-h-64 overflow-y-auto">
            {data?.views.map(({ id, name, search: kept }) => (
              <li key={id} className="flex items-center gap-1">
                <button
                  type="button"
                  className="min-w-0 flex-1 rounded px-2 py-1 text-left hover:bg-sunken"
                  onClick={() => {
                    setOpen(false);
                    void navigate({ to: "/incidents", search: filtersOf(kept) });
                  }}
                >
                  <span className="block font-medium">{inert(name)}</span>
                  <span className="block truncate text-small text-muted">
                    {inert(Object.values(filtersOf(kept)).join(", ")) || "unclosed"}
                  </span>
                </button>
                {may("queries:write") && (
                  <button
                    type="button"
                    className="button button-plain px-2"
                    aria-label={`Remove ${inert(name)}`}
                    onClick={() => remove.mutate(id)}
                  >
                    <Icon name="close" />
                  </button>
                )}
              </li>
            ))}
            {data?.views.length === 0 && (
              <li className="px-2 py-1 text-small text-muted">
                None yet. Choose a state, a severity, or words to find, and keep that here under a name.
              </li>
            )}
          </ul>
          {may("queries:write") && (
            <>
              <form
                className="mb-3 flex flex-wrap gap-2 border-t border-line pt-3 text-small"
                onSubmit={(event) => {
                  event.preventDefault();
                  const form = event.currentTarget;
                  save.mutate(String(new FormData(form).get("name")), { onSuccess: () => form.reset() });
                }}
              >
                <input
                  name="name"
                  className="field min-w-40 flex-1"
                  required
                  maxLength={200}
                  aria-label="Name of this view"
                  placeholder="Name of this view"
                />
                <button type="submit" className="button" disabled={save.isPending}>
                  Save
                </button>
                <Trouble error={save.error ?? remove.error} className="w-full" />
              </form>
              <ShareLink page="incidents" search={() => filtersOf(search)} />
            </>
          )}
        </Content>
      </Portal>
    </Root>
  );
}

function filtersOf(
  search: Readonly<Record<string, string | undefined>> | InboxSearch,
): Record<string, string> {
  const kept: Readonly<Record<string, string | undefined>> = { ...search };
  return Object.fromEntries(NAMES.flatMap((name) => (kept[name] === undefined ? [] : [[name, kept[name]]])));
}
