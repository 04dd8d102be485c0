/** Every format that can be written. */
import { nginxCombined } from "./nginx.ts";
import type { Writer } from "./writer.ts";

export const WRITERS: readonly Writer[] = [nginxCombined];
