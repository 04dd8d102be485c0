/** Single keys that do something, while nobody is typing. */
import { useEffect, useRef } from "react";

export function useKeys(keys: Readonly<Record<string, () => unknown>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target instanceof HTMLElement && isTaken(target, key)) return;
      if (!Object.hasOwn(latest.current, key)) return;
      event.preventDefault();
      latest.current[key]?.();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

/** The key is for what has the focus: text that is typed, or a button that is pressed. */
function isTaken(target: HTMLElement, key: string): boolean {
  if (target.closest("input:not([type=checkbox]), textarea, select, dialog, [role=menu], [contenteditable]"))
    return true;
  return key === "Enter" && target.closest("a, button, input, summary") !== null;
}
