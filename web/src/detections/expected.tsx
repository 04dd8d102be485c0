/** What people said is expected of a detector, and the way to take it back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { inert } from "../../../src/report/inert.ts";
import type { Detector } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { useRights } from "../api/session.ts";
import { Logged, Trouble } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";

export function Expected({ detector }: { readonly detector: Detector }) {
  const { may } = useRights();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["exceptions"],
    queryFn: ({ signal }) => api("GET /exceptions", { signal }),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api("DELETE /exceptions/{id}", { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["exceptions"] }),
  });
  const own = (data?.exceptions ?? []).filter(
    ({ detector: of, category }) =>
      of === detector.id || (of === null && (category ?? detector.category) === detector.category),
  );
  if (own.length === 0) return <Trouble error={error} />;
  return (
    <section>
      <h3 className="mb-1 font-semibold">Expected, and not reported</h3>
      <Trouble error={remove.error} className="mb-2" />
      <ul className="text-small">
        {own.map(({ id, entity, service, endpoint, reason, author, expires }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 border-t border-line py-2">
            <span className="min-w-0 flex-1">
              {entity === null ? "anybody" : <Logged text={entity.value} />}
              {(endpoint ?? service) !== null && (
                <>
                  {" "}
                  at <Logged text={[service, endpoint].filter(Boolean).join(" ")} />
                </>
              )}
              <span className="block text-muted">
                {inert(reason)} · {inert(author.replace(/^user:/, ""))} ·{" "}
                {expires === null ? (
                  "for good"
                ) : (
                  <>
                    until <When at={expires} />
                  </>
                )}
              </span>
            </span>
            {may("exceptions:write") && (
              <button type="button" className="button" onClick={() => remove.mutate(id)}>
                Report again
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
