/** A small text file, written as it comes. */
import { closeSync, openSync, writeSync } from "node:fs";
import { VedetteError } from "../errors.ts";

export class TextFile {
  readonly #path: string;
  readonly #file: number;
  #pending = "";

  /** Throws VedetteError OUTPUT_UNWRITABLE, as `add` and `close` do. */
  constructor(path: string) {
    this.#path = path;
    this.#file = this.#attempt(() => openSync(path, "w"));
  }

  add(line: string): void {
    this.#pending += `${line}\n`;
    if (this.#pending.length > 65_536) this.#flush();
  }

  close(): void {
    this.#flush();
    this.#attempt(() => closeSync(this.#file));
  }

  #flush(): void {
    const text = this.#pending;
    this.#pending = "";
    this.#attempt(() => writeSync(this.#file, text));
  }

  #attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      throw unwritable(this.#path, cause);
    }
  }
}

export function unwritable(path: string, cause: unknown): VedetteError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new VedetteError("OUTPUT_UNWRITABLE", `Cannot write ${path}: ${reason}`, path, { cause });
}
