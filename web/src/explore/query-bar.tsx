/** Where queries are written: what may come next is offered, and what is wrong is said where it is. */
import { useEffect, useId, useRef, useState } from "react";
import type { Problem } from "../../../src/http/problem.ts";
import { inert } from "../../../src/report/inert.ts";
import { type Answer, api } from "../api/client.ts";

type Completion = Answer<"POST /query/complete">["completions"][number];

const PAUSE_MS = 120;
const SHOWN = 10;

export function QueryBar({
  query,
  problem,
  onAsk,
}: {
  readonly query: string;
  readonly problem: Problem | undefined;
  readonly onAsk: (query: string) => void;
}) {
  const [text, setText] = useState(query);
  const [offers, setOffers] = useState<readonly Completion[]>([]);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const listId = useId();
  useEffect(() => () => clearTimeout(timer.current), []);

  function offer(next: string, cursor: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      const { completions } = await api("POST /query/complete", { body: { query: next, cursor } }).catch(
        () => ({
          completions: [],
        }),
      );
      if (box.current?.value !== next) return;
      // What stands there already is no offer.
      setOffers(
        completions
          .filter(({ text: one, replace }) => next.slice(replace.start, replace.end) !== one)
          .slice(0, SHOWN),
      );
      setAt(0);
    }, PAUSE_MS);
  }
  function take({ text: one, replace }: Completion) {
    const next = text.slice(0, replace.start) + one + text.slice(replace.end);
    const cursor = replace.start + one.length;
    setText(next);
    setOffers([]);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(cursor, cursor);
    });
  }
  function ask() {
    clearTimeout(timer.current);
    setOffers([]);
    onAsk(text.trim() || "events");
  }
  const chosen = offers[at];

  return (
    <form
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <div className="flex items-start gap-2">
        <textarea
          ref={box}
          className={`field min-h-10 flex-1 resize-none py-2 font-mono ${problem === undefined ? "" : "!border-high"}`}
          style={{ fieldSizing: "content", maxHeight: "40vh" } as React.CSSProperties}
          rows={Math.min(12, text.split("\n").length)}
          spellCheck={false}
          autoCapitalize="off"
          maxLength={8_192}
          aria-label="Query"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${at}`}
          aria-invalid={problem !== undefined}
          placeholder="events | where status >= 500, or words to search for"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            offer(target.value, target.selectionStart);
          }}
          onBlur={() => setTimeout(() => setOffers([]), 150)}
          onKeyDown={(event) => {
            const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            if (offers.length > 0 && step !== 0) {
              event.preventDefault();
              setAt((at + step + offers.length) % offers.length);
            } else if (event.key === "Tab" && chosen !== undefined) {
              event.preventDefault();
              take(chosen);
            } else if (event.key === "Escape" && offers.length > 0) {
              event.preventDefault();
              setOffers([]);
            } else if (event.key === "Enter" && !event.shiftKey) {
              event.preventDefault();
              ask();
            }
          }}
        />
        <button type="submit" className="button button-main min-h-10">
          Ask
        </button>
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label="What may come next"
        hidden={offers.length === 0}
        className="card absolute top-full left-0 z-20 mt-1 w-[min(40rem,100%)] overflow-hidden p-1 shadow-lg"
      >
        {offers.map((completion, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the query keeps the focus and names the chosen one
          <div
            key={`${completion.kind} ${completion.text}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className="flex cursor-pointer items-baseline gap-3 rounded px-2 py-1 aria-selected:bg-sunken"
            onPointerDown={(event) => {
              event.preventDefault();
              take(completion);
            }}
          >
            <code className="font-mono text-small">{completion.text}</code>
            <span className="truncate text-small text-muted">{completion.detail}</span>
          </div>
        ))}
        {offers.length > 0 && <p className="px-2 py-1 text-small text-muted">Tab takes it, Enter asks</p>}
      </div>
      {problem !== undefined && <Fault problem={problem} query={query} />}
    </form>
  );
}

function Fault({ problem, query }: { readonly problem: Problem; readonly query: string }) {
  const { start, end } = (problem.range ?? { start: 0, end: 0 }) as { start: number; end: number };
  const inside = end > start && start < query.length;
  return (
    <div role="alert" className="mt-2 text-small">
      {inside && (
        <p className="font-mono whitespace-pre-wrap">
          {query.slice(0, start)}
          <span className="font-semibold text-high underline decoration-wavy underline-offset-4">
            {query.slice(start, end)}
          </span>
          {query.slice(end)}
        </p>
      )}
      <p className="mt-1">
        <b className="text-high">{inert(problem.detail)}.</b> {problem.remedy}
      </p>
    </div>
  );
}
