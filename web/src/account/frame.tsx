/** A page for one thing, before anybody is known. */
import { type ReactNode, useEffect } from "react";
import { Mark } from "../parts/icons.tsx";

export function AccountFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  return (
    <main className="grid min-h-dvh content-start justify-items-center px-4 pt-[14vh] pb-12">
      <div className="w-full max-w-sm">
        <p className="mb-8 flex items-center gap-2 text-lead font-semibold">
          <Mark /> Vedette
        </p>
        <h1 className="text-headline font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 text-muted">{lead}</p>
        {children}
      </div>
    </main>
  );
}

export function Field({
  label,
  hint,
  ...input
}: { readonly label: string; readonly hint?: string } & React.ComponentProps<"input">) {
  const id = `field-${input.name}`;
  return (
    <div className="mb-4">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <input
        id={id}
        className="field"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...input}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-small text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
