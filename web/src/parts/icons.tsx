/** Small pictures. They say nothing that the word beside them does not. */
import type { ReactNode } from "react";

/** A lance's pennant: the mark of the one who rides ahead. */
export function Mark() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 shrink-0 fill-current" aria-hidden="true">
      <rect x="3" y="1" width="2" height="18" rx="1" />
      <path d="M6.5 3h11l-3.6 3.75 3.6 3.75h-11z" />
    </svg>
  );
}

const SHAPES = {
  overview: <path d="M2.5 13.5v-5m4 5v-9m4 9v-6m4 6v-11" />,
  incidents: <path d="M8.5 2 15 14H2zm0 4.5v3.6m0 1.6v.3" />,
  explore: <path d="M7.2 12.4a5.2 5.2 0 1 0 0-10.4 5.2 5.2 0 0 0 0 10.4zm3.8-1.5 3.8 3.6" />,
  services: <path d="M2.5 3h11v4h-11zm0 6.5h11v4h-11zM5 5h.3M5 11.5h.3" />,
  entities: <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm-5.5 6c.5-3 2.7-4.3 5.5-4.3s5 1.3 5.5 4.3" />,
  detections: <path d="M8 1.8 13.5 4v4c0 3.2-2.3 5.3-5.5 6.3C4.8 13.3 2.5 11.2 2.5 8V4z" />,
  setup: (
    <path d="M2.5 4.5h6m4 0h1m-11 7h1m4 0h6M10.5 6.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zm-5 7a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z" />
  ),
  menu: <path d="M2 4h12M2 8h12M2 12h12" />,
  close: <path d="m3.5 3.5 9 9m0-9-9 9" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  copy: <path d="M5.5 5.5h8v8h-8zm-3 5v-8h8" />,
  download: <path d="M8 2v8m-3.2-3L8 10.2 11.2 7M2.5 13.5h11" />,
  person: (
    <path d="M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM3 14c.4-2.7 2.4-3.9 5-3.9s4.6 1.2 5 3.9" />
  ),
  light: (
    <path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm0-9.5v1m0 11v1m6.5-6.5h-1m-11 0h-1m11.1-4.6-.7.7m-7.8 7.8-.7.7m9.2 0-.7-.7M4.1 4.1l-.7-.7" />
  ),
  dark: <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z" />,
  pause: <path d="M5.5 3v10m5-10v10" />,
  play: <path d="M4.5 2.8 12.5 8l-8 5.2z" />,
  right: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  clock: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zm0-9.5V8l2.4 1.6" />,
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({
  name,
  className = "",
}: {
  readonly name: IconName;
  readonly className?: string;
}): ReactNode {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`size-4 shrink-0 fill-none stroke-current ${className}`}
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
