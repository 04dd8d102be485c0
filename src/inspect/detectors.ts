/** Every detector, in the order in which a reading meets them. Adding one is a folder and a line here. */
import type { Detector } from "./detector.ts";
import { sqli } from "./sqli/index.ts";

export const DETECTORS: readonly Detector[] = [sqli];
