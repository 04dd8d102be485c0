/** Makes a link to what is shown, for others who are signed in, until a day. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { plural } from "../../../src/report/format-values.ts";
import { api } from "../api/client.ts";
import { Snippet, Trouble } from "./basics.tsx";
import { When } from "./when.tsx";

const DAYS = [1, 7, 30, 90] as const;
type Page = "explore" | "incidents";

export function ShareLink({
  page,
  search,
}: {
  readonly page: Page;
  /** As of now: what it is that others shall see. */
  readonly search: () => Readonly<Record<string, string | undefined>>;
}) {
  const client = useQueryClient();
  const [days, setDays] = useState<number>(7);
  const { data } = useQuery({
    queryKey: ["links"],
    queryFn: ({ signal }) => api("GET /links", { signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ["links"] });
  const make = useMutation({
    mutationFn: () => api("POST /links", { body: { page, search: given(search()), days } }),
    onSuccess: again,
  });
  const end = useMutation({
    mutationFn: (id: string) => api("DELETE /links/{id}", { params: { id } }),
    onSuccess: again,
  });
  const own = (data?.links ?? []).filter((link) => link.page === page && link.id !== make.data?.id);
  return (
    <section className="grid gap-2 border-t border-line pt-3 text-small" aria-label="Link for others">
      <div className="flex flex-wrap items-center gap-2">
        <span className="mr-auto">A link for others</span>
        <select
          className="field !w-auto text-small"
          aria-label="How long it holds"
          value={days}
          onChange={({ target }) => setDays(Number(target.value))}
        >
          {DAYS.map((each) => (
            <option key={each} value={each}>
              for {plural(each, "day")}
            </option>
          ))}
        </select>
        <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate()}>
          Make link
        </button>
      </div>
      <Trouble error={make.error ?? end.error} />
      {make.data !== undefined && (
        <Snippet label="For whoever sees as much as you" text={`${location.origin}/links/${make.data.id}`} />
      )}
      {own.length > 0 && (
        <details>
          <summary className="text-muted">{plural(own.length, "other link")} of yours</summary>
          <ul className="max-h-40 overflow-y-auto">
            {own.map(({ id, created, expires }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-2 py-1">
                <span>
                  made <When at={created} />, until <When at={expires} />
                </span>
                <button
                  type="button"
                  className="button button-plain"
                  onClick={() => {
                    make.reset();
                    end.mutate(id);
                  }}
                >
                  End it
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function given(search: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(search).filter(
      (each): each is [string, string] => each[1] !== undefined && each[1] !== "",
    ),
  );
}
