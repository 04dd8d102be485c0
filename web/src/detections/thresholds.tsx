/** Where a detector's thresholds begin, what was learned since, and the line that holds now. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Detector } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { useRights } from "../api/session.ts";
import { Trouble } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";
import { TryThreshold } from "./try-threshold.tsx";

const ORIGINS = { published: "as published", file: "from the settings file", api: "" } as const;

export function Thresholds({ detector: { id, thresholds, setting } }: { readonly detector: Detector }) {
  const { may, seesAll } = useRights();
  const mayChange = may("detectors:write") && seesAll;
  const mayTry = may("history:replay");
  const client = useQueryClient();
  const [enabled, setEnabled] = useState(setting.enabled);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [trying, setTrying] = useState<string>();
  const tried = thresholds.find(({ name }) => name === trying);
  const written = (name: string) => values[name] ?? "";
  const save = useMutation({
    mutationFn: () => {
      const own = { ...setting.thresholds };
      for (const [name, value] of Object.entries(values)) {
        if (value === "") delete own[name];
        else own[name] = Number(value);
      }
      return api("PUT /detectors/{id}", { params: { id }, body: { enabled, thresholds: own } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["detectors"] }),
  });
  return (
    <form
      className="min-w-0"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h3 className="mb-1 font-semibold">When it speaks</h3>
      <p className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-muted">
        {mayChange && (
          <label className="flex items-center gap-2 text-text">
            <input
              type="checkbox"
              className="size-4 accent-text"
              checked={enabled}
              onChange={() => setEnabled(!enabled)}
            />
            Switched on
          </label>
        )}
        <span>
          {ORIGINS[setting.origin]}
          {setting.updated !== null && (
            <>
              set by {setting.updated_by?.replace(/^user:/, "")} <When at={setting.updated} style="ago" />
            </>
          )}
        </span>
      </p>
      {thresholds.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls does so by keyboard too
        <section className="overflow-x-auto" tabIndex={0} aria-label="Thresholds">
          <table className="rows w-full text-small">
            <thead>
              <tr>
                <th>Threshold</th>
                <th className="figure">Begins at</th>
                <th className="figure">Learned</th>
                <th className="figure">Line now</th>
                <th>Unit</th>
                <th>Why there</th>
                {mayTry && <th>Other values</th>}
              </tr>
            </thead>
            <tbody>
              {thresholds.map(
                ({ name, floor, least, most, unit, learned, learned_value, in_force, set, why }) => (
                  <tr key={name}>
                    <td className="font-medium">{name.replaceAll("_", " ")}</td>
                    <td className="figure">
                      {mayChange ? (
                        <input
                          type="number"
                          step="any"
                          min={least}
                          max={most}
                          className="field !w-24 text-right text-small"
                          aria-label={`${name.replaceAll("_", " ")} begins at`}
                          placeholder={String(floor)}
                          value={values[name] === undefined && set !== null ? set : written(name)}
                          onChange={({ target }) => setValues({ ...values, [name]: target.value })}
                        />
                      ) : (
                        (set ?? floor)
                      )}
                    </td>
                    <td className="figure" title={learned}>
                      {learned_value ?? "–"}
                    </td>
                    <td className="figure font-semibold">{in_force}</td>
                    <td className="min-w-28">{unit}</td>
                    <td className="min-w-60 text-muted">
                      {why} Learned: {learned}.
                    </td>
                    {mayTry && (
                      <td>
                        <button
                          type="button"
                          className="button"
                          aria-expanded={trying === name}
                          aria-label={`Try other values of ${name.replaceAll("_", " ")}`}
                          onClick={() => setTrying(trying === name ? undefined : name)}
                        >
                          Try
                        </button>
                      </td>
                    )}
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </section>
      )}
      {tried !== undefined && (
        <div className="mt-3">
          <TryThreshold
            key={tried.name}
            detector={id}
            threshold={tried}
            onUse={mayChange ? (value) => setValues({ ...values, [tried.name]: String(value) }) : undefined}
          />
        </div>
      )}
      <Trouble error={save.error} className="mt-2" />
      {mayChange && (enabled !== setting.enabled || Object.keys(values).length > 0) && (
        <button type="submit" className="button button-main mt-2" disabled={save.isPending}>
          Save
        </button>
      )}
    </form>
  );
}
