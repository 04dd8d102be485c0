/** Keys of machines: who may send events, and who may ask. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { Card, Snippet, Trouble } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";
import { ListCard } from "./list-card.tsx";

const READING = ["events:read", "incidents:read", "detectors:read", "health:read"] as const;

export function KeysTab() {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => api("GET /keys", { signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ["keys"] });
  const [kind, setKind] = useState<"ingest" | "api">("ingest");
  const add = useMutation({
    mutationFn: (name: string) =>
      api("POST /keys", { body: { kind, name, ...(kind === "api" ? { scopes: [...READING] } : {}) } }),
    onSuccess: again,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => api("DELETE /keys/{id}", { params: { id } }),
    onSuccess: again,
  });
  return (
    <div className="grid gap-4">
      <Card title="Make a key">
        <form
          className="grid gap-3 px-4 pb-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            add.mutate(String(new FormData(form).get("name")), { onSuccess: () => form.reset() });
          }}
        >
          <div className="flex flex-wrap gap-2">
            <select
              className="field !w-auto"
              aria-label="What for"
              value={kind}
              onChange={({ target }) => setKind(target.value === "api" ? "api" : "ingest")}
            >
              <option value="ingest">To send events</option>
              <option value="api">To read through the API</option>
            </select>
            <input
              name="name"
              className="field min-w-48 flex-1"
              required
              maxLength={200}
              aria-label="Name of the key"
              placeholder="Who will use it: edge proxy, nightly export"
            />
            <button type="submit" className="button button-main" disabled={add.isPending}>
              Make key
            </button>
          </div>
          <Trouble error={add.error} />
          {add.data !== undefined && (
            <Snippet label="Keep it: it is not shown again" text={add.data.secret} />
          )}
        </form>
      </Card>
      <ListCard title="Keys" heads={["Name", "For", "Ends in", "Made", "Used"]} error={error ?? revoke.error}>
        {data?.keys.map((key) => (
          <tr key={key.id} className={key.revoked === null ? "" : "text-muted"}>
            <td>{inert(key.name)}</td>
            <td>
              {key.kind === "ingest" ? "sending" : key.scopes.join(", ")}
              {key.services !== null && ` · ${key.services.map(inert).join(", ")}`}
            </td>
            <td className="font-mono text-small">…{inert(key.hint)}</td>
            <td>
              <When at={key.created} />{" "}
              <span className="text-muted">{inert(key.created_by.replace(/^user:/, ""))}</span>
            </td>
            <td>
              {key.used === null ? (
                <span className="text-muted">not yet</span>
              ) : (
                <When at={key.used} style="ago" />
              )}
            </td>
            <td className="figure">
              {key.revoked === null ? (
                <button type="button" className="button" onClick={() => revoke.mutate(key.id)}>
                  Revoke
                </button>
              ) : (
                "revoked"
              )}
            </td>
          </tr>
        ))}
      </ListCard>
    </div>
  );
}
