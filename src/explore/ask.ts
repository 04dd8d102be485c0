/** One question from the command line: over the API of a running server, or to its data folder while none runs. */
import { z } from "zod";
import { answerQuery, type QueryAnswer } from "../store/sql/query.ts";
import { callServer, notVedette, type ServerAddress } from "./call.ts";
import { withStoredFolder } from "./stored-folder.ts";

const answerSchema = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.enum(["string", "number", "bool", "datetime", "timespan", "json", "list", "map"]),
    }),
  ),
  rows: z.array(z.array(z.unknown())),
  truncated: z.boolean(),
});
/**
 * @param now milliseconds since the epoch
 * @throws VedetteError INPUT_NOT_FOUND, DATA_FOLDER_IN_USE, and what the query and the store throw
 */
export function askFolder(folder: string, query: string, rows: number, now: number): Promise<QueryAnswer> {
  return withStoredFolder(folder, (store) =>
    answerQuery(query, { now, scope: { services: "all" }, rows }, (asked) => store.query(asked)),
  );
}

/** @throws VedetteError SERVER_UNREACHABLE, and what the server answers */
export async function askServer(server: ServerAddress, query: string, rows: number): Promise<QueryAnswer> {
  const read = answerSchema.safeParse(await callServer(server, "POST", "/query", { query, rows }));
  if (!read.success) throw notVedette(server.url);
  return read.data;
}
