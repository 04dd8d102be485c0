/** The requests behind a verdict, and what they carried: as it was sent, and as it is read. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Finding } from "../../../src/event.ts";
import { classWords, sentence } from "../../../src/report/html/view/words.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Detection } from "../api/answers.ts";
import { Logged } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";

type Sample = Detection["samples"][number];

export function Evidence({ samples }: { readonly samples: readonly Sample[] }) {
  return (
    <section aria-label="Evidence">
      <h3 className="mb-1 text-small font-semibold text-muted">Requests that show it</h3>
      <ol>
        {samples.map((sample) => (
          <li key={sample.id ?? `${sample.file}:${sample.line}`} className="border-t border-line py-2">
            <p className="flex flex-wrap items-baseline gap-x-4 text-small">
              <span className="text-muted">
                <When at={sample.timestamp} style="full" />
              </span>
              {sample.status !== undefined && (
                <b className={sample.status >= 500 ? "text-failed" : ""}>{sample.status}</b>
              )}
              {sample.id !== undefined && (
                <Link
                  to="/explore"
                  search={{ event: sample.id, ...spanAround(sample.timestamp) }}
                  className="link ml-auto"
                >
                  Open event
                </Link>
              )}
            </p>
            <p className="font-mono text-small">
              <Marked text={sample.request} parts={(sample.findings ?? []).map(({ evidence }) => evidence)} />
            </p>
            {sample.findings?.map((finding) => (
              <FindingNote key={`${finding.rule} ${finding.location}`} finding={finding} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function FindingNote({ finding }: { readonly finding: Finding }) {
  const { class: of, location, evidence, decoded, reason } = finding;
  return (
    <div className="mt-1.5 rounded-md bg-sunken/70 px-3 py-2 text-small">
      <p>
        <b>{sentence(classWords(of))}</b> in <Logged text={location} />
      </p>
      <dl className="mt-1 grid grid-cols-[5rem_minmax(0,1fr)]">
        {evidence !== "" && (
          <>
            <dt className="text-muted">as sent</dt>
            <dd>
              <Logged text={evidence} />
            </dd>
          </>
        )}
        {decoded !== "" && decoded !== evidence && (
          <>
            <dt className="text-muted">decoded</dt>
            <dd>
              <mark>
                <Logged text={decoded} />
              </mark>
            </dd>
          </>
        )}
      </dl>
      {reason !== "" && <p className="mt-1 text-muted">{inert(reason)}</p>}
    </div>
  );
}

/** A text with parts of it marked where they stand. */
function Marked({ text, parts }: { readonly text: string; readonly parts: readonly string[] }) {
  const places = parts
    .map((part) => ({ at: part.length < 2 ? -1 : text.lastIndexOf(part), length: part.length }))
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => a.at - b.at);
  const made: ReactNode[] = [];
  let done = 0;
  for (const { at, length } of places) {
    if (at < done) continue;
    made.push(inert(text.slice(done, at)), <mark key={at}>{inert(text.slice(at, at + length))}</mark>);
    done = at + length;
  }
  return <bdi>{[...made, inert(text.slice(done))]}</bdi>;
}

const HALF_HOUR_MS = 1_800_000;

function spanAround(timestamp: string) {
  const at = Date.parse(timestamp);
  return { from: new Date(at - HALF_HOUR_MS).toISOString(), to: new Date(at + HALF_HOUR_MS).toISOString() };
}
