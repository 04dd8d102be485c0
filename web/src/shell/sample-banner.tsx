/** Says that what is shown is made up, for as long as it is, and takes it away. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { sampleQuery } from "../api/queries.ts";
import { useRights } from "../api/session.ts";
import { Trouble } from "../parts/basics.tsx";

const SHOWN: ReadonlySet<string> = new Set(["running", "ended", "removing"]);

export function SampleBanner() {
  const { may, seesAll } = useRights();
  const client = useQueryClient();
  const { data } = useQuery(sampleQuery);
  const remove = useMutation({
    mutationFn: () => api("DELETE /sample", {}),
    onSuccess: () => client.invalidateQueries(),
  });
  if (data === undefined || !SHOWN.has(data.state)) return null;
  return (
    <aside
      aria-label="Sample traffic"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-marked px-4 py-2 text-small sm:px-6 lg:px-8"
    >
      <p className="min-w-0 flex-1">
        <b>This is sample traffic of a made-up shop.</b> Nobody is attacked. Send your own events, or point
        the settings at your logs; the sample is removed whole.
      </p>
      {may("sources:write") && seesAll && (
        <button
          type="button"
          className="button"
          disabled={remove.isPending || data.state === "removing"}
          onClick={() => remove.mutate()}
        >
          {remove.isPending || data.state === "removing" ? "Removing …" : "Remove the sample"}
        </button>
      )}
      <Trouble error={remove.error} className="basis-full bg-surface" />
    </aside>
  );
}
