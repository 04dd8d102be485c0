/** Lines of one format, into one place or a row of files of a certain size. */
import type { SimulatedRequest } from "./request.ts";
import { fileSink, gzipSink, type Sink, stdoutSink } from "./sinks.ts";
import type { LineWriter, Writer, WriterOptions } from "./writers/writer.ts";

export interface OutputOptions extends WriterOptions {
  readonly rotateMb?: number;
}

export class Output {
  bytes = 0;
  readonly files: string[] = [];
  readonly #path: string;
  readonly #format: Writer;
  readonly #options: OutputOptions;
  #writer: LineWriter;
  #sink: Sink;
  #fileBytes = 0;

  constructor(path: string, format: Writer, options: OutputOptions) {
    this.#path = path;
    this.#format = format;
    this.#options = options;
    this.#sink = this.#openSink();
    this.#writer = format.open(options);
    this.#put(this.#writer.header);
  }

  /** The reader has gone away. */
  get closed(): boolean {
    return this.#sink.closed;
  }

  line(request: SimulatedRequest): string {
    return this.#writer.line(request);
  }

  /** The file that lines go to at present; undefined for standard output. */
  get file(): string | undefined {
    return this.files.at(-1);
  }

  /** What stands in the present file before its first line. */
  get header(): string {
    return this.#writer.header;
  }

  /** A promise to wait for when the reader is slower than the writer. Throws VedetteError OUTPUT_UNWRITABLE. */
  write(chunk: string): Promise<void> | undefined {
    const pressure = this.#put(chunk);
    const { rotateMb } = this.#options;
    if (rotateMb === undefined || this.#path === "-" || this.#fileBytes < rotateMb * 1_000_000)
      return pressure;
    return this.#rotate(pressure);
  }

  async end(): Promise<void> {
    await this.#put(this.#writer.footer);
    await this.#sink.end();
  }

  #put(text: string): Promise<void> | undefined {
    if (text === "") return undefined;
    const bytes = Buffer.from(text, "utf8");
    this.bytes += bytes.length;
    this.#fileBytes += bytes.length;
    return this.#sink.write(bytes);
  }

  async #rotate(pressure: Promise<void> | undefined): Promise<void> {
    await pressure;
    await this.end();
    this.#sink = this.#openSink();
    this.#writer = this.#format.open(this.#options);
    await this.#put(this.#writer.header);
  }

  #openSink(): Sink {
    this.#fileBytes = 0;
    if (this.#path === "-") return stdoutSink();
    const name = this.files.length === 0 ? this.#path : numbered(this.#path, this.files.length);
    this.files.push(name);
    return name.endsWith(".gz") ? gzipSink(name) : fileSink(name);
  }
}

/** "access.log" becomes "access.log.3", "access.log.gz" "access.log.3.gz". */
function numbered(path: string, number: number): string {
  return path.endsWith(".gz") ? `${path.slice(0, -3)}.${number}.gz` : `${path}.${number}`;
}
