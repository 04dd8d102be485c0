import type { ApiEvent } from "../../event.ts";
import type { Inspection } from "../inspection.ts";
export function inspectRequest(_event: ApiEvent, _found: Inspection): void {}
