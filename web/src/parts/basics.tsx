/** What every page is put together from. */
import { type ReactNode, useEffect, useState } from "react";
import { inert } from "../../../src/report/inert.ts";
import { ApiProblem } from "../api/client.ts";
import { Icon } from "./icons.tsx";

/** Text from a log: what cannot be seen in it is written out, and its direction stays its own. */
export function Logged({ text, className = "" }: { readonly text: string; readonly className?: string }) {
  return <bdi className={`font-mono text-small ${className}`}>{inert(text)}</bdi>;
}

export function Card({
  title,
  aside,
  children,
  className = "",
  wide = false,
}: {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** What is in it may be wider than the page, and then scrolls. */
  readonly wide?: boolean;
}) {
  return (
    <section
      className={`card min-w-0 ${wide ? "overflow-x-auto" : ""} ${className}`}
      aria-label={title}
      tabIndex={wide ? 0 : undefined}
    >
      {title !== undefined && (
        <header className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3 pb-2">
          <h2 className="text-base font-semibold">{title}</h2>
          {aside !== undefined && <div className="text-small text-muted">{aside}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

export function Skeleton({
  lines = 3,
  className = "",
}: {
  readonly lines?: number;
  readonly className?: string;
}) {
  return (
    <div className={`grid gap-2.5 p-4 ${className}`} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike
        <div key={index} className="skeleton h-4" style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-1 px-4 py-8 text-center">
      <p className="font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-prose text-small text-muted">{children}</div>}
    </div>
  );
}

/** What went wrong, and what to do about it. */
export function Trouble({ error, className = "" }: { readonly error: unknown; readonly className?: string }) {
  if (error === null || error === undefined) return null;
  const known = error instanceof ApiProblem ? error.problem : undefined;
  return (
    <div role="alert" className={`rounded-md border border-high px-3 py-2 text-small ${className}`}>
      <p className="font-semibold text-high">{inert(known?.detail ?? "Something in this page failed")}</p>
      <p>
        {known?.remedy ?? "Load the page again; if it stays so, this is a fault of ours worth reporting."}
      </p>
    </div>
  );
}

export function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className="button"
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setCopied(true);
      }}
    >
      <Icon name={copied ? "check" : "copy"} />
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </button>
  );
}

/** Something to paste into a terminal or a file. */
export function Snippet({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <figure className="min-w-0" aria-label={label}>
      <figcaption className="flex items-center justify-between gap-2 pb-1.5 text-small text-muted">
        {label}
        <CopyButton text={text} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too */}
      <pre className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-small" tabIndex={0}>
        {text}
      </pre>
    </figure>
  );
}

/** A key on the keyboard. */
export function Key({ children }: { readonly children: string }) {
  return <kbd className="rounded border border-line bg-sunken px-1.5 font-mono text-small">{children}</kbd>;
}

/** Offers text as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
