/** The state of things in one line. */
import { plural } from "../../../src/report/format-values.ts";
import type { Incident } from "../api/answers.ts";
import { Icon } from "../parts/icons.tsx";

export function StateLine({
  incidents,
  more,
}: {
  readonly incidents: readonly Incident[] | undefined;
  readonly more: boolean;
}) {
  if (incidents === undefined) return <div className="skeleton mb-5 h-9 max-w-xl" />;
  const { words, calm } = stateOf(incidents, more);
  return (
    <p className="mb-5 flex items-start gap-2.5 text-headline font-semibold tracking-tight">
      <Icon
        name={calm ? "check" : "incidents"}
        className={`mt-1.5 !size-5 ${calm ? "text-good" : "text-high"}`}
      />
      {words}
    </p>
  );
}

/** As `vedette status` counts them. */
const NEEDS: ReadonlySet<string> = new Set(["critical", "high", "medium"]);

/** @param more there are further incidents than these */
export function stateOf(
  incidents: readonly Incident[],
  more: boolean,
): { readonly words: string; readonly calm: boolean } {
  const open = incidents.filter(({ state, severity }) => state === "open" && NEEDS.has(severity));
  const succeeded = incidents.filter(({ outcome }) => outcome === "succeeded").length;
  const probably = incidents.filter(({ outcome }) => outcome === "probably_succeeded").length;
  const need = more
    ? `More than ${plural(open.length, "incident")} need you`
    : open.length === 0
      ? "Nothing needs you"
      : `${plural(open.length, "incident")} ${open.length === 1 ? "needs" : "need"} you`;
  const worked =
    succeeded + probably > 0
      ? [
          ...(succeeded > 0 ? [`${succeeded} succeeded`] : []),
          ...(probably > 0 ? [`${probably} probably did`] : []),
        ].join(", ")
      : incidents.length === 0
        ? "no attack is under way"
        : "none is known to have succeeded";
  return { words: `${need}; ${worked}.`, calm: open.length === 0 && succeeded + probably === 0 };
}
