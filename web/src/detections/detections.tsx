/** The catalogue of detectors: what each watches for, when it speaks, and what to do then. */
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { count } from "../../../src/report/format-values.ts";
import { categoryWords, sentence } from "../../../src/report/html/view/words.ts";
import type { Detector } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { rowsQuery } from "../api/queries.ts";
import { Card, Empty, Skeleton, Trouble } from "../parts/basics.tsx";
import { SeverityMark } from "../parts/verdict-marks.tsx";
import { Page } from "../shell/page.tsx";
import { rangeOf } from "../shell/range.ts";
import { Expected } from "./expected.tsx";
import { Thresholds } from "./thresholds.tsx";

const MONTH = rangeOf({ range: "30d" });

export default function Detections() {
  const { detector: wanted } = useSearch({ from: "/shell/detections" });
  const [find, setFind] = useState("");
  const { data, error } = useQuery({
    queryKey: ["detectors"],
    queryFn: ({ signal }) => api("GET /detectors", { signal }),
  });
  const fired = useQuery(rowsQuery("detections | summarize n = count() by detector", MONTH));
  const times = new Map((fired.data ?? []).map((row) => [String(row.detector), Number(row.n)]));
  const shown = (data?.detectors ?? []).filter(({ title, meaning, category, id }) =>
    `${title} ${meaning} ${category} ${id}`.toLowerCase().includes(find.toLowerCase()),
  );
  const chosen = data?.detectors.find(({ id }) => id === wanted) ?? shown[0];
  return (
    <Page title="Detections">
      <Trouble error={error} className="mb-4" />
      {data === undefined ? (
        error === null && <Skeleton lines={12} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="card overflow-hidden">
            <div className="p-2">
              <input
                type="search"
                className="field"
                aria-label="Find a detector"
                placeholder="Find a detector"
                value={find}
                onChange={({ target }) => setFind(target.value)}
              />
            </div>
            <ul className="max-h-60 overflow-y-auto lg:max-h-[75vh]">
              {shown.map(({ id, title, severity, setting }) => (
                <li key={id} className="border-t border-line">
                  <Link
                    to="/detections"
                    search={(before) => ({ ...before, detector: id })}
                    replace
                    aria-current={chosen?.id === id ? "true" : undefined}
                    className={`flex items-center gap-2.5 px-3 py-2 hover:bg-sunken/60 ${chosen?.id === id ? "bg-sunken font-semibold" : ""}`}
                  >
                    <SeverityMark severity={severity} bare />
                    <span className="min-w-0 flex-1">{title}</span>
                    <span className="text-small font-normal text-muted tabular-nums">
                      {setting.enabled ? (times.get(id) ? count(times.get(id) ?? 0) : "") : "off"}
                    </span>
                  </Link>
                </li>
              ))}
              {shown.length === 0 && <Empty title="None of that name" />}
            </ul>
          </div>
          {chosen !== undefined && <Described detector={chosen} fired={times.get(chosen.id) ?? 0} />}
        </div>
      )}
    </Page>
  );
}

function Described({ detector, fired }: { readonly detector: Detector; readonly fired: number }) {
  const { title, meaning, category, severity, owasp, mitre, cwe, needs, better, setting } = detector;
  return (
    <Card title={title} aside={<SeverityMark severity={severity} />}>
      <div className="grid gap-5 px-4 pb-5">
        <p className="max-w-prose text-lead">{meaning}</p>
        <p className="text-small text-muted">
          {sentence(categoryWords(category))}.{" "}
          {fired === 0 ? "It has not fired" : `It fired ${count(fired)} times`} in the last 30 days.{" "}
          {setting.enabled ? "" : "It is switched off."}
        </p>
        <dl className="grid gap-x-4 gap-y-1 text-small sm:grid-cols-[9rem_minmax(0,1fr)]">
          <Fact label="OWASP API" values={owasp} />
          <Fact label="MITRE ATT&CK" values={mitre} />
          <Fact label="CWE" values={cwe} />
          <Fact label="Needs" values={needs} />
          <Fact
            label="Better with"
            values={Object.entries(better).map(([field, why]) => `${field}: ${why}`)}
          />
        </dl>
        <Thresholds key={`${detector.id} ${setting.updated}`} detector={detector} />
        <Expected detector={detector} />
        <List title="Known false alarms" entries={detector.falsePositives} />
        <List title="How to look into it" entries={detector.investigate} />
        <List title="What to do about it" entries={detector.respond} />
      </div>
    </Card>
  );
}

function Fact({ label, values }: { readonly label: string; readonly values: readonly string[] }) {
  if (values.length === 0) return null;
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd>{values.join(", ")}</dd>
    </>
  );
}

function List({ title, entries }: { readonly title: string; readonly entries: readonly string[] }) {
  if (entries.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul className="grid max-w-prose list-disc gap-1 pl-5">
        {entries.map((entry) => (
          <li key={entry}>{entry}</li>
        ))}
      </ul>
    </section>
  );
}
