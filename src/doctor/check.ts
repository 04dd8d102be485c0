/** What the doctor looks at, one by one: how it stands, and what to do when it does not stand well. */

export interface Finding {
  readonly check: string;
  /** "warn" works and may not for long; "fail" does not work. */
  readonly status: "ok" | "warn" | "fail";
  readonly found: string;
  /** What to do next; only when there is something to do. */
  readonly remedy?: string;
}

export function ok(check: string, found: string): Finding {
  return { check, status: "ok", found };
}

export function warn(check: string, found: string, remedy: string): Finding {
  return { check, status: "warn", found, remedy };
}

export function fail(check: string, found: string, remedy: string): Finding {
  return { check, status: "fail", found, remedy };
}
