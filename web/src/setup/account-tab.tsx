/** One's own password and sessions. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { inert } from "../../../src/report/inert.ts";
import { Field } from "../account/frame.tsx";
import { api } from "../api/client.ts";
import { enter, useRights } from "../api/session.ts";
import { Card, Logged, Skeleton, Trouble } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";

export function AccountTab() {
  const client = useQueryClient();
  const { name } = useRights();
  const { data } = useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => api("GET /sessions", { signal }),
  });
  const end = useMutation({
    mutationFn: (id: string) => api("DELETE /sessions/{id}", { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["sessions"] }),
  });
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) => api("PUT /password", { body }),
    onSuccess: (session) => enter(client, session),
  });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Password">
        <form
          className="px-4 pb-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const fields = new FormData(form);
            change.mutate(
              { current: String(fields.get("current")), next: String(fields.get("next")) },
              { onSuccess: () => form.reset() },
            );
          }}
        >
          <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
          <Field
            label="Current password"
            name="current"
            type="password"
            autoComplete="current-password"
            required
            maxLength={256}
          />
          <Field
            label="New password"
            name="next"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={256}
            hint="12 characters or more. All other sessions end."
          />
          <Trouble error={change.error} className="mb-4" />
          {change.isSuccess && (
            <p role="status" className="mb-4 text-good">
              The password is changed.
            </p>
          )}
          <button type="submit" className="button" disabled={change.isPending}>
            Change password
          </button>
        </form>
      </Card>
      <Card title="Sessions">
        <Trouble error={end.error} className="m-4" />
        {data === undefined ? (
          <Skeleton />
        ) : (
          <ul className="pb-2">
            {data.sessions.map(({ id, address, agent, seen, current }) => (
              <li key={id} className="flex items-center gap-3 border-t border-line px-4 py-2 text-small">
                <span className="min-w-0 flex-1">
                  <Logged text={address} /> {current && <b>this one</b>}
                  <span className="block truncate text-muted">{inert(agent)}</span>
                </span>
                <span className="text-muted">
                  <When at={seen} style="ago" />
                </span>
                {!current && (
                  <button type="button" className="button" onClick={() => end.mutate(id)}>
                    End
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
