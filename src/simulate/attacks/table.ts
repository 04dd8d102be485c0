/** Every attack that can be played. */
import type { Attack } from "./attack.ts";
import { credentialStuffing } from "./credential-stuffing.ts";
import { injectionSqli } from "./injection-sqli.ts";
import { probing } from "./probing.ts";

export const ATTACKS: readonly Attack[] = [credentialStuffing, probing, injectionSqli];
