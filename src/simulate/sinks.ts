/** Places for bytes: a file, a gzipped file, standard output. */
import { closeSync, createWriteStream, openSync, writeSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { unwritable } from "./text-file.ts";

export interface Sink {
  /** A promise to wait for when the place is slower than the writer. Throws VedetteError OUTPUT_UNWRITABLE. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  end(): Promise<void>;
  /** Whoever read has gone away: no more is wanted. */
  readonly closed: boolean;
}

/** Written in the calling thread: a run has nothing else to do meanwhile. */
export function fileSink(path: string): Sink {
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw unwritable(path, cause);
    }
  };
  const file = attempt(() => openSync(path, "w"));
  return {
    closed: false,
    write: (bytes) => {
      for (let done = 0; done < bytes.length; ) done += attempt(() => writeSync(file, bytes, done));
      return undefined;
    },
    end: async () => attempt(() => closeSync(file)),
  };
}

export function gzipSink(path: string): Sink {
  const gzip = createGzip({ level: 6 });
  let failure: unknown;
  const done = pipeline(gzip, createWriteStream(path)).catch((cause: unknown) => {
    failure = cause;
  });
  const check = () => {
    if (failure !== undefined) throw unwritable(path, failure);
  };
  return {
    closed: false,
    write: (bytes) => {
      check();
      if (gzip.write(bytes)) return undefined;
      return Promise.race([new Promise<void>((resolve) => gzip.once("drain", resolve)), done]).then(check);
    },
    end: async () => {
      gzip.end();
      await done;
      check();
    },
  };
}

export function stdoutSink(): Sink {
  const out = process.stdout;
  let failure: NodeJS.ErrnoException | undefined;
  const gone = new Promise<void>((resolve) => {
    out.once("error", (error: NodeJS.ErrnoException) => {
      failure = error;
      resolve();
    });
  });
  const check = () => {
    if (failure !== undefined && failure.code !== "EPIPE") throw unwritable("standard output", failure);
  };
  return {
    get closed() {
      return failure !== undefined;
    },
    write: (bytes) => {
      check();
      if (out.write(bytes)) return undefined;
      return Promise.race([new Promise<void>((resolve) => out.once("drain", resolve)), gone]).then(check);
    },
    end: async () => {
      if (failure === undefined)
        await Promise.race([new Promise<void>((resolve) => out.write("", () => resolve())), gone]);
      check();
    },
  };
}
