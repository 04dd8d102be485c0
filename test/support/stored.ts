/** What a data folder holds, looked at by a server in this process once the one under test has ended. */
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import { startServer } from "../../src/server.ts";
import type { Answer } from "../../src/store/contract.ts";
import { INGEST_KEY } from "./server-process.ts";

/** @param folder as for `startProcess`: brings the journal into the store, then asks each question */
export async function ask(folder: string, questions: readonly string[]): Promise<Answer["rows"][]> {
  const options = { data: join(folder, "data"), port: 0, threads: 1, ingest_key: INGEST_KEY };
  const server = await startServer(readConfig({ environment: {}, options }), () => {});
  try {
    await server.live.settle();
    const answers: Answer["rows"][] = [];
    for (const sql of questions) answers.push((await server.live.store.query({ sql, parameters: {} })).rows);
    return answers;
  } finally {
    await server.close();
  }
}
