/** A question goes to the data folder itself, unless a server is named or has it: then to that server. */
import { VedetteError } from "../errors.ts";
import type { ServerAddress } from "../explore/call.ts";

export interface Place {
  readonly url?: string | undefined;
  readonly data?: string | undefined;
  readonly key?: string | undefined;
}

export async function folderOrServer<T>(
  { url, data, key }: Place,
  askFolder: (folder: string) => Promise<T>,
  askServer: (server: ServerAddress) => Promise<T>,
): Promise<T> {
  const { DEFAULT_DATA, serverAddress } = await import("../explore/call.ts");
  const folder = data ?? process.env.VEDETTE_DATA;
  const secret = key ?? process.env.VEDETTE_API_KEY;
  const server = () => askServer(serverAddress({ url, key: secret, data: folder }));
  if (url !== undefined) return server();
  try {
    return await askFolder(folder ?? DEFAULT_DATA);
  } catch (error) {
    if (!(error instanceof VedetteError)) throw error;
    // A server has the folder, or none was named and none is here: then it is the server that knows.
    const elsewhere = error.code === "INPUT_NOT_FOUND" && data === undefined;
    if (error.code === "DATA_FOLDER_IN_USE" || elsewhere) return server();
    throw error;
  }
}
