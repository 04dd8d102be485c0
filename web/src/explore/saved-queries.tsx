/** Queries that people keep: one's own, and those that others share. */
import { Content, Portal, Root, Trigger } from "@radix-ui/react-popover";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { useRights } from "../api/session.ts";
import { Trouble } from "../parts/basics.tsx";
import { Icon } from "../parts/icons.tsx";
import { ShareLink } from "../parts/share-link.tsx";

export function SavedQueries({
  query,
  link,
  onAsk,
}: {
  readonly query: string;
  /** What a link to all that is shown says. */
  readonly link: () => Readonly<Record<string, string | undefined>>;
  readonly onAsk: (query: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const { may } = useRights();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ["saved queries"],
    enabled: open,
    queryFn: ({ signal }) => api("GET /queries", { signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ["saved queries"] });
  const save = useMutation({
    mutationFn: (given: { name: string; shared: boolean }) =>
      api("POST /queries", { body: { ...given, query } }),
    onSuccess: again,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api("DELETE /queries/{id}", { params: { id } }),
    onSuccess: again,
  });
  return (
    <Root open={open} onOpenChange={setOpen}>
      <Trigger className="button">Saved</Trigger>
      <Portal>
        <Content
          align="end"
          sideOffset={6}
          className="card z-40 w-[min(24rem,calc(100vw-2rem))] p-3 shadow-lg"
          aria-label="Saved queries"
        >
          <ul className="mb-3 max-h-64 overflow-y-auto">
            {data?.queries.map(({ id, name, query: text, shared, own, owner }) => (
              <li key={id} className="flex items-center gap-1">
                <button
                  type="button"
                  className="min-w-0 flex-1 rounded px-2 py-1 text-left hover:bg-sunken"
                  onClick={() => {
                    setOpen(false);
                    onAsk(text);
                  }}
                >
                  <span className="block font-medium">{inert(name)}</span>
                  <code className="block truncate font-mono text-small text-muted">{inert(text)}</code>
                </button>
                <span className="text-small text-muted">
                  {own ? (shared ? "shared" : "") : inert(owner.replace(/^user:/, ""))}
                </span>
                {own && (
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
            {data?.queries.length === 0 && <li className="px-2 py-1 text-small text-muted">None yet.</li>}
          </ul>
          {may("queries:write") && (
            <>
              <form
                className="mb-3 grid gap-2 border-t border-line pt-3 text-small"
                onSubmit={(event) => {
                  event.preventDefault();
                  const form = event.currentTarget;
                  const fields = new FormData(form);
                  save.mutate(
                    { name: String(fields.get("name")), shared: fields.get("shared") === "on" },
                    { onSuccess: () => form.reset() },
                  );
                }}
              >
                <input
                  name="name"
                  className="field"
                  required
                  maxLength={200}
                  aria-label="Name of this query"
                  placeholder="Name of this query"
                />
                <label className="flex items-center gap-2">
                  <input type="checkbox" name="shared" className="accent-text" /> Others may use it
                </label>
                <Trouble error={save.error ?? remove.error} />
                <button type="submit" className="button justify-self-start" disabled={save.isPending}>
                  Save
                </button>
              </form>
              <ShareLink page="explore" search={link} />
            </>
          )}
        </Content>
      </Portal>
    </Root>
  );
}
