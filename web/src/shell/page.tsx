/** The frame of a page: its heading, what stands beside it, and its name in the browser's tab. */
import { type ReactNode, useEffect } from "react";

export function Page({
  title,
  above,
  aside,
  children,
}: {
  readonly title: string;
  /** Before the heading: the way back. */
  readonly above?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  return (
    <div className="mx-auto w-full max-w-[100rem] px-4 pt-4 pb-16 sm:px-6 lg:px-8">
      {above}
      <div className="mb-4 flex min-h-9 flex-wrap items-center justify-between gap-2">
        <h1 className="text-heading font-semibold tracking-tight">{title}</h1>
        <div className="flex flex-wrap items-center gap-2">{aside}</div>
      </div>
      {children}
    </div>
  );
}
