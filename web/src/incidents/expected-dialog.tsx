/** This is known and not to be reported: by which detector, of whom, where, until when, and why. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
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
  const add = useMutation({
    mutationFn: async (reason: string) => {
      if (detection === undefined) return;
      await api("POST /exceptions", {
        body: {
          detector: detection.detector,
          reason,
          ...(byEntity ? { entity: detection.entity } : {}),
          ...(byPlace && target !== undefined ? { service: target.service, endpoint: target.endpoint } : {}),
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
        <p className="text-small text-muted">
          The incident becomes a false alarm; what fits all of the above is not reported.
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
