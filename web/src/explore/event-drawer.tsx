/** One event in full: request and response, what was found in it, and the ways on from it. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Finding } from "../../../src/event.ts";
import { FINDING_CLASSES } from "../../../src/event.ts";
import { formatString } from "../../../src/explore/query/format.ts";
import type { Row } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { FindingNote } from "../incidents/evidence.tsx";
import { CopyButton, Logged, Skeleton, Trouble } from "../parts/basics.tsx";
import { EntityLink } from "../parts/entity-link.tsx";
import { Icon } from "../parts/icons.tsx";
import { timeOf, When } from "../parts/when.tsx";
import { asCurl } from "./curl.ts";
import { textOf } from "./result-table.tsx";

const MINUTE_MS = 60_000;
const ALIKE = [
  ["client.address", "This client"],
  ["user.id", "This user"],
  ["session.id", "This session"],
  ["api_key.fingerprint", "This key"],
  ["trace_id", "This trace"],
  ["http.route", "This endpoint"],
] as const;
const PROFILED = ["client.address", "user.id", "api_key.fingerprint"] as const;
/** Shown in a place of their own. */
const APART = /^(?:http\.(?:request|response)\.(?:headers|body)|finding\..*|event\.id|timestamp)$/;

export function EventDrawer({
  id,
  onClose,
  onAsk,
}: {
  readonly id: string;
  readonly onClose: () => void;
  readonly onAsk: (
    query: string,
    span: { readonly from: string; readonly to: string; readonly range: undefined },
  ) => void;
}) {
  const panel = useRef<HTMLElement>(null);
  const { data: event, error } = useQuery({
    queryKey: ["event", id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api("GET /events/{id}", { params: { id }, signal }),
  });
  useEffect(() => {
    panel.current?.focus();
    const listen = ({ key }: KeyboardEvent) => {
      if (key === "Escape") onClose();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [onClose]);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Event"
      className="fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line bg-surface shadow-2xl outline-none sm:w-[min(40rem,92vw)]"
    >
      <header className="flex items-center gap-2 border-b border-line px-4 py-2.5">
        <h2 className="text-lead font-semibold">Event</h2>
        <Logged text={id} className="min-w-0 truncate text-muted" />
        <span className="ml-auto flex gap-2">
          {event !== undefined && <CopyButton text={asCurl(event)} label="Copy as curl" />}
          <button type="button" className="button button-plain px-2" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </span>
      </header>
      <div className="grid gap-5 overflow-y-auto p-4">
        <Trouble error={error} />
        {event === undefined ? (
          error === null && <Skeleton lines={12} />
        ) : (
          <Loaded event={event} onAsk={onAsk} />
        )}
      </div>
    </aside>
  );
}

function Loaded({
  event,
  onAsk,
}: {
  readonly event: Row;
  readonly onAsk: Parameters<typeof EventDrawer>[0]["onAsk"];
}) {
  const at = timeOf(event.timestamp);
  const around = {
    from: new Date(at - 10 * MINUTE_MS).toISOString(),
    to: new Date(at + 10 * MINUTE_MS).toISOString(),
    range: undefined,
  };
  const query = textOf(event["url.query"]);
  const rest = Object.entries(event).filter(
    ([name, value]) =>
      !APART.test(name) && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return (
    <>
      <section>
        <p className="font-mono break-all">
          <b>{textOf(event["http.request.method"])}</b>{" "}
          <Logged
            text={textOf(event["url.path"]) + (query === "" ? "" : `?${query}`)}
            className="!text-base"
          />
        </p>
        <p className="mt-1 flex flex-wrap gap-x-4 text-small text-muted">
          <When at={event.timestamp} style="full" />
          <b className={Number(event["http.response.status_code"]) >= 500 ? "text-failed" : "text-text"}>
            {textOf(event["http.response.status_code"])}
          </b>
          {PROFILED.map((type) => {
            const value = textOf(event[type]);
            return value === "" ? null : <EntityLink key={type} entity={{ type, value }} />;
          })}
        </p>
      </section>
      <section aria-label="Around this" className="flex flex-wrap items-center gap-2">
        <span className="text-small text-muted">10 minutes before and after:</span>
        {ALIKE.map(([field, label]) => {
          const value = textOf(event[field]);
          return value === "" ? null : (
            <button
              key={field}
              type="button"
              className="button"
              onClick={() => onAsk(`events | where ${field} == ${formatString(value)}`, around)}
            >
              {label}
            </button>
          );
        })}
      </section>
      {findingsOf(event).map((finding) => (
        <FindingNote key={`${finding.rule} ${finding.location}`} finding={finding} />
      ))}
      <Message title="Request" headers={event["http.request.headers"]} body={event["http.request.body"]} />
      <Message title="Response" headers={event["http.response.headers"]} body={event["http.response.body"]} />
      <section aria-label="Fields">
        <h3 className="mb-1 font-semibold">Fields</h3>
        <Pairs pairs={rest} />
      </section>
    </>
  );
}

function Message({
  title,
  headers,
  body,
}: {
  readonly title: string;
  readonly headers: unknown;
  readonly body: unknown;
}) {
  const pairs = typeof headers === "object" && headers !== null ? Object.entries(headers) : [];
  const text = prettyBody(body);
  if (pairs.length === 0 && text === "") return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <Pairs pairs={pairs} />
      {text !== "" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too
        <pre tabIndex={0} className="mt-2 max-h-96 overflow-auto rounded-md bg-sunken p-3">
          {text.split("\n").map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
            <Logged key={index} text={line} className="block" />
          ))}
        </pre>
      )}
    </section>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly (readonly [string, unknown])[] }) {
  return (
    <dl className="grid gap-x-3 text-small sm:grid-cols-[14rem_minmax(0,1fr)]">
      {pairs.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="truncate text-muted">
            <Logged text={name} />
          </dt>
          <dd className="pb-1">
            <Logged text={textOf(value)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function prettyBody(body: unknown): string {
  const text = textOf(body);
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Findings are stored as columns: one list for each of their parts. */
function findingsOf(event: Row): readonly Finding[] {
  const part = (name: string): readonly unknown[] => {
    const list = event[`finding.${name}`];
    return Array.isArray(list) ? list : [];
  };
  return part("class").flatMap((name, index) => {
    const of = FINDING_CLASSES.find((known) => known === name);
    const text = (of_: string) => textOf(part(of_)[index]);
    return of === undefined
      ? []
      : [
          {
            class: of,
            rule: text("rule"),
            location: text("location"),
            evidence: text("evidence"),
            decoded: "",
            score: 0,
            reason: "",
          },
        ];
  });
}
