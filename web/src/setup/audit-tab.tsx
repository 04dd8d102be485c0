/** Who did or saw what. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { Card, Logged, Skeleton, Trouble } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";

export function AuditTab() {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["audit"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api("GET /audit", { query: { cursor: pageParam, limit: 100 }, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Card title="Audit log" wide>
      <Trouble error={error} className="m-4" />
      {data === undefined ? (
        error === null && <Skeleton lines={10} />
      ) : (
        <table className="rows w-full text-small">
          <thead>
            <tr>
              <th>When</th>
              <th>Who</th>
              <th>Did</th>
              <th>To what</th>
              <th>From</th>
            </tr>
          </thead>
          <tbody>
            {data.pages.flatMap(({ entries }) =>
              entries.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    <When at={entry.at} style="full" />
                  </td>
                  <td>{inert(entry.actor)}</td>
                  <td className={entry.action.endsWith(".failed") ? "text-medium" : ""}>
                    {inert(entry.action)}
                  </td>
                  <td className="max-w-96 truncate" title={inert(entry.object)}>
                    <Logged text={entry.object} />
                  </td>
                  <td>
                    <Logged text={entry.address} />
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <button
          type="button"
          className="button m-3"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show more
        </button>
      )}
    </Card>
  );
}
