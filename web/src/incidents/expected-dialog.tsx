/** This is known and not to be reported: by which detector, of whom, where, until when, and why. */
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { count, plural } from "../../../src/report/format-values.ts";
import { kindWords, sentence } from "../../../src/report/html/view/words.ts";
import type { IncidentDetail } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { Logged, Trouble } from "../parts/basics.tsx";

const DAY_MS = 86_400_000;
const SPANS = [
  ["7", "a week"],
  ["30", "30 days"],
  ["90", "90 days"],
  ["", "for good"],
] as const;

export function ExpectedDialog({
  detail: { incident, detections },
  onClose,
  onDone,
}: {
  readonly detail: IncidentDetail;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [byEntity, setByEntity] = useState(true);
  const [byPlace, setByPlace] = useState(true);
  const [chosen, setChosen] = useState(detections[0]?.id ?? "");
  const [days, setDays] = useState("30");
  useEffect(() => dialog.current?.showModal(), []);
  const detection = detections.find(({ id }) => id === chosen);
  const target = detection?.target;
  const scope = {
    ...(detection === undefined ? {} : { detector: detection.detector }),
    ...(byEntity && detection !== undefined ? { entity: detection.entity } : {}),
    ...(byPlace && target !== undefined ? { service: target.service, endpoint: target.endpoint } : {}),
  };
  const foreseen = useQuery({
    queryKey: ["exception preview", scope],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api("POST /exceptions/preview", { body: scope, signal }),
  });
  const add = useMutation({
    mutationFn: async (reason: string) => {
      await api("POST /exceptions", {
        body: {
          ...scope,
          reason,
          ...(days === "" ? {} : { expires: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
        },
      });
    },
    onSuccess: onDone,
  });
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="expected-title"
      className="card w-[min(34rem,calc(100vw-2rem))] p-5 shadow-xl"
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(String(new FormData(event.currentTarget).get("reason")).trim());
        }}
      >
        <h2 id="expected-title" className="text-heading font-semibold">
          This is expected
        </h2>
        <label className="grid gap-1">
          What
          <select className="field" value={chosen} onChange={({ target: { value } }) => setChosen(value)}>
            {detections.map(({ id, category, class: of, target: at }) => (
              <option key={id} value={id}>
                {sentence(kindWords({ category, class: of ?? null }))}
                {at === undefined ? "" : ` at ${at.endpoint}`}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="grid gap-1.5">
          <legend className="mb-1">Only</legend>
          <label className="flex items-start gap-2">
            <input
              type="checkbox"
              className="mt-1 accent-text"
              checked={byEntity}
              onChange={() => setByEntity(!byEntity)}
            />
            <span>
              by <Logged text={detection?.entity.value ?? incident.entity.value} />
            </span>
          </label>
          {target !== undefined && (
            <label className="flex items-start gap-2">
              <input
                type="checkbox"
                className="mt-1 accent-text"
                checked={byPlace}
                onChange={() => setByPlace(!byPlace)}
              />
              <span>
                at <Logged text={target.endpoint} /> of <Logged text={target.service} />
              </span>
            </label>
          )}
        </fieldset>
        <label className="grid gap-1">
          For
          <select className="field" value={days} onChange={({ target: { value } }) => setDays(value)}>
            {SPANS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label className="grid gap-1">
          Because
          <input
            name="reason"
            className="field"
            required
            maxLength={2000}
            placeholder="our own vulnerability scanner, run by …"
          />
        </label>
        {!byEntity && (!byPlace || target === undefined) && (
          <p className="text-small font-semibold text-medium">
            This silences the detector for everybody, everywhere.
          </p>
        )}
        <p role="status" className="min-h-10 text-small">
          {foreseen.data !== undefined && (
            <>
              In the last 30 days this would have hidden{" "}
              <b>
                {count(foreseen.data.incidents)} of {plural(foreseen.data.of, "incident")}
              </b>
              .{" "}
            </>
          )}
          <span className="text-muted">
            The incident becomes a false alarm; what fits all of the above is told as a fact and opens no
            incident.
          </span>
        </p>
        <Trouble error={add.error} />
        <div className="flex justify-end gap-2">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-main" disabled={add.isPending}>
            Add exception
          </button>
        </div>
      </form>
    </dialog>
  );
}
