/** Light, dark, or as the system has it. */
import { useState } from "react";

export type Theme = "system" | "light" | "dark";
const KEPT = "vedette.theme";

function current(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

export function useTheme(): readonly [Theme, (next: Theme) => void] {
  const [theme, setTheme] = useState(current);
  return [
    theme,
    (next) => {
      if (next === "system") {
        delete document.documentElement.dataset.theme;
        localStorage.removeItem(KEPT);
      } else {
        document.documentElement.dataset.theme = next;
        localStorage.setItem(KEPT, next);
      }
      setTheme(next);
    },
  ];
}
