/** Every attack that can be played. The usual intensity of each is its first. */
import { accountTakeover } from "./account-takeover.ts";
import type { Attack } from "./attack.ts";
import { brokenAccess, brokenFunctionAccess } from "./broken-access.ts";
import { bruteForce } from "./brute-force.ts";
import { couponGuessing } from "./coupon-guessing.ts";
import { credentialStuffing } from "./credential-stuffing.ts";
import { denialOfService } from "./denial-of-service.ts";
import { enumerationHarvested, enumerationIds, enumerationResets, enumerationUsers } from "./enumeration.ts";
import { exfiltrationBytes, exfiltrationCount } from "./exfiltration.ts";
import { flowSkipping } from "./flow-skipping.ts";
import { errorSpike, latencyDegradation, logSilence } from "./health.ts";
import { injectionCmdi } from "./injection-cmdi.ts";
import { injectionLog4shell } from "./injection-log4shell.ts";
import { injectionNosqli } from "./injection-nosqli.ts";
import { injectionSqli } from "./injection-sqli.ts";
import { injectionSsrf } from "./injection-ssrf.ts";
import { injectionSsti } from "./injection-ssti.ts";
import { injectionTraversal } from "./injection-traversal.ts";
import { injectionXss } from "./injection-xss.ts";
import { otpGuessing } from "./otp-guessing.ts";
import { passwordSpraying } from "./password-spraying.ts";
import { probing } from "./probing.ts";
import { rateAbuse } from "./rate-abuse.ts";
import { resetTokenGuessing } from "./reset-token-guessing.ts";
import { scalping } from "./scalping.ts";
import { scannerBrowser, scannerTool } from "./scanner.ts";
import { scraping } from "./scraping.ts";
import { sessionHijack } from "./session-hijack.ts";
import { trafficAnomaly } from "./traffic-anomaly.ts";
import { webshell } from "./webshell.ts";

export const ATTACKS: readonly Attack[] = [
  bruteForce,
  otpGuessing,
  resetTokenGuessing,
  couponGuessing,
  credentialStuffing,
  passwordSpraying,
  accountTakeover,
  sessionHijack,
  probing,
  scannerTool,
  scannerBrowser,
  enumerationIds,
  enumerationHarvested,
  enumerationUsers,
  enumerationResets,
  brokenAccess,
  brokenFunctionAccess,
  scraping,
  scalping,
  flowSkipping,
  exfiltrationBytes,
  exfiltrationCount,
  rateAbuse,
  denialOfService,
  injectionSqli,
  injectionNosqli,
  injectionXss,
  injectionCmdi,
  injectionTraversal,
  injectionSsti,
  injectionLog4shell,
  injectionSsrf,
  webshell,
  errorSpike,
  latencyDegradation,
  logSilence,
  trafficAnomaly,
];
