import { useQuery } from "@tanstack/react-query";
import { rowsQuery } from "../api/queries.ts";

const WAITING_MS = 1_500;

/** Whether the store has any event that this person sees; undefined while that is not known. */
export function useHasEvents(): boolean | undefined {
  const { data } = useQuery({
    ...rowsQuery("events | take 1 | project event.id", undefined, 1),
    refetchInterval: ({ state }) => (state.data?.length === 0 ? WAITING_MS : false),
    staleTime: 0,
  });
  return data === undefined ? undefined : data.length > 0;
}
