/** `vedette inspect`: what requests carry, as NDJSON for programs or step by step for a person. */
import { createReadStream, existsSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { VedetteError } from "../errors.ts";
import type { ApiEvent } from "../event.ts";
import { inert } from "../report/inert.ts";

interface Flags {
  readonly output: "text" | "ndjson";
  readonly minScore: number;
}

const EXAMPLES = `
Examples:
  vedette inspect 'https://shop.example/items?q=1%27%20or%201=1'
  vedette inspect "$(cat request.txt)"
  vedette inspect request.txt
  vedette inspect events.ndjson --output ndjson --min-score 0.5
  tail -f events.ndjson | vedette inspect - --output ndjson

Input is a URL, a request as it goes over the wire, or one JSON event per line (docs/inspection.md).`;

export function inspectCommand(): Command {
  return new Command("inspect")
    .description("Say what requests carry: which value, decoded how, what it would do.")
    .argument("<input>", "a URL, a pasted request or event, a file, or - for standard input")
    .addOption(
      new Option("--output <form>", "form of the answer").choices(["text", "ndjson"]).default("text"),
    )
    .option("--min-score <number>", "leave out findings below this (0 to 1)", score, 0)
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(input: string, flags: Flags): Promise<void> {
  if (/^https?:\/\//i.test(input)) {
    const { eventOfUrl } = await import("../inspect/request-text.ts");
    await answer(eventOfUrl(input), flags);
    return;
  }
  const chunks = isPasted(input) ? pasted(input) : open(input);
  if (flags.output === "ndjson") {
    const { inspectLines } = await import("../inspect/stream.ts");
    for await (const line of inspectLines(chunks, flags.minScore)) await write(line);
    return;
  }
  await explainInput(chunks, flags);
}

/** A request as text is read whole; events are explained line by line. */
async function explainInput(chunks: AsyncIterable<Buffer | string>, flags: Flags): Promise<void> {
  const { LONGEST_LINE, linesOf } = await import("../inspect/lines.ts");
  const { eventOfRequest, eventOfUrl, looksLikeRequest } = await import("../inspect/request-text.ts");
  const { parseLine } = await import("../inspect/stream.ts");
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  const head = first.done ? "" : first.value.toString();
  const rest = (async function* () {
    if (!first.done) yield first.value;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  })();
  if (looksLikeRequest(head)) {
    let text = "";
    let cut = false;
    for await (const chunk of rest) {
      cut ||= text.length >= LONGEST_LINE;
      if (!cut) text += chunk.toString();
    }
    await answer(eventOfRequest(text), flags, cut);
    return;
  }
  let i = 0;
  for await (const line of linesOf(rest)) {
    const url = line.ok && /^https?:\/\//i.test(line.text);
    const parsed = url ? ({ ok: true, event: eventOfUrl(line.text) } as const) : parseLine(line);
    await write(`${i === 0 ? "" : "\n"}event ${i++}\n`);
    if (parsed.ok) await answer(parsed.event, flags);
    else await write(`  ${inert(parsed.message)} [${parsed.code}]\n`);
  }
}

/** @param cut whether the event is only the beginning of what was given */
async function answer(event: ApiEvent, flags: Flags, cut = false): Promise<void> {
  if (flags.output === "ndjson") {
    const { resultOf } = await import("../inspect/stream.ts");
    const { inspect } = await import("../inspect/inspect.ts");
    await write(resultOf(0, inspect(event), flags.minScore));
    return;
  }
  const { explain } = await import("../inspect/explain.ts");
  const { explainText } = await import("../inspect/explain-text.ts");
  const explanation = explain(event);
  const truncated = cut || explanation.truncated;
  await write(explainText({ ...explanation, truncated }, flags.minScore, inert));
}

/** What cannot be the name of a file: a request of several lines, or an event. */
function isPasted(input: string): boolean {
  return /[\r\n]/.test(input.trim()) || /^\s*\{/.test(input) || /^[A-Z]{3,10} \S+ HTTP\/\d/.test(input);
}

async function* pasted(text: string): AsyncGenerator<string> {
  yield text;
}

function open(input: string): AsyncIterable<Buffer | string> {
  if (input === "-") return process.stdin;
  if (!existsSync(input)) throw new VedetteError("INPUT_NOT_FOUND", "There is no such file.", input);
  return readable(input);
}

async function* readable(file: string): AsyncGenerator<Buffer | string> {
  try {
    yield* createReadStream(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError("INPUT_UNREADABLE", reason, file, { cause });
  }
}

/** Waits while the reader is slower than the inspection. */
async function write(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => {
    process.stdout.once("drain", resolve);
  });
}

function score(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("It takes a number from 0 to 1.");
  return value;
}
