/** Where a link leads that somebody made; or why it leads nowhere. */
import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { Empty, Skeleton } from "../parts/basics.tsx";
import { Page } from "./page.tsx";

export default function Linked() {
  const { id } = useParams({ from: "/shell/links/$id" });
  const { data, error } = useQuery({
    queryKey: ["link", id],
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api("GET /links/{id}", { params: { id }, signal }),
  });
  if (data !== undefined)
    return (
      <Navigate
        to={data.page === "incidents" ? "/incidents" : "/explore"}
        search={data.search as never}
        replace
      />
    );
  return (
    <Page title="A link">
      {error === null ? (
        <Skeleton />
      ) : (
        <div className="card">
          <Empty title="This link leads nowhere">
            It is over, or was ended by its maker; or it shows services that you may not see.
          </Empty>
        </div>
      )}
    </Page>
  );
}
