/** The pages one can go to, in the order of an investigation. */
import type { IconName } from "../parts/icons.tsx";

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
}

export const PLACES: readonly Place[] = [
  { to: "/", label: "Overview", icon: "overview" },
  { to: "/incidents", label: "Incidents", icon: "incidents" },
  { to: "/explore", label: "Explore", icon: "explore" },
  { to: "/entities", label: "Entities", icon: "entities" },
  { to: "/services", label: "Services", icon: "services" },
  { to: "/detections", label: "Detections", icon: "detections" },
  { to: "/settings", label: "Set-up", icon: "setup" },
];
