/** Every detector, in the order in which a reading meets them. Adding one is a folder and a line here. */
import { cmdi } from "./cmdi/index.ts";
import { code } from "./code/index.ts";
import { crlf } from "./crlf/index.ts";
import { deserialization } from "./deserialization/index.ts";
import type { Detector } from "./detector.ts";
import { ldap } from "./ldap/index.ts";
import { lfiRfi } from "./lfi_rfi/index.ts";
import { log4shell } from "./log4shell/index.ts";
import { nosqli } from "./nosqli/index.ts";
import { openRedirect } from "./open_redirect/index.ts";
import { other } from "./other/index.ts";
import { prototypePollution } from "./prototype_pollution/index.ts";
import { sqli } from "./sqli/index.ts";
import { ssrf } from "./ssrf/index.ts";
import { ssti } from "./ssti/index.ts";
import { traversal } from "./traversal/index.ts";
import { webshell } from "./webshell/index.ts";
import { xpath } from "./xpath/index.ts";
import { xss } from "./xss/index.ts";
import { xxe } from "./xxe/index.ts";

export const DETECTORS: readonly Detector[] = [
  sqli,
  nosqli,
  xss,
  cmdi,
  code,
  traversal,
  lfiRfi,
  ssrf,
  ssti,
  xxe,
  ldap,
  xpath,
  log4shell,
  deserialization,
  crlf,
  openRedirect,
  prototypePollution,
  webshell,
  other,
];
