/** Which line of which file belongs to which attack or episode. */
import type { Output } from "./output.ts";
import { TextFile } from "./text-file.ts";

export class EventLabels {
  readonly #marks: TextFile;
  readonly #output: Output;
  readonly #named: boolean;
  #file: string | undefined;
  #line = 0;

  /** @param named whether each mark names its file, as a row of files needs */
  constructor(path: string, output: Output, named: boolean) {
    this.#marks = new TextFile(path);
    this.#output = output;
    this.#named = named;
    this.#begin();
  }

  /** @param text the line as written, or lines when a header came with it */
  add(text: string, label: string): void {
    if (this.#output.file !== this.#file) this.#begin();
    const line = this.#line + 1 + (text.endsWith("\n") ? breaks(text) - 1 : breaks(text));
    this.#line += breaks(text);
    if (label === "") return;
    this.#marks.add(JSON.stringify(this.#named ? { file: this.#file, line, label } : { line, label }));
  }

  close(): void {
    this.#marks.close();
  }

  #begin(): void {
    this.#file = this.#output.file;
    this.#line = breaks(this.#output.header);
  }
}

function breaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
