/** Every detector. A new one is a folder and a row here. */
import { accountTakeover } from "./account-takeover/index.ts";
import { brokenFunctionAccess } from "./broken-function-access/index.ts";
import { brokenObjectAccess } from "./broken-object-access/index.ts";
import { bruteForce } from "./brute-force/index.ts";
import { businessFlow } from "./business-flow/index.ts";
import { credentialStuffing } from "./credential-stuffing/index.ts";
import { denialOfService } from "./denial-of-service/index.ts";
import type { Detector } from "./detector.ts";
import { enumeration } from "./enumeration/index.ts";
import { errorSpike } from "./error-spike/index.ts";
import { exfiltration } from "./exfiltration/index.ts";
import { expensiveCalls } from "./expensive-calls/index.ts";
import { injection } from "./injection/index.ts";
import { latencyDegradation } from "./latency-degradation/index.ts";
import { logSilence } from "./log-silence/index.ts";
import { logTampering } from "./log-tampering/index.ts";
import { manyAccounts } from "./many-accounts/index.ts";
import { probing } from "./probing/index.ts";
import { rateAbuse } from "./rate-abuse/index.ts";
import { requestTampering } from "./request-tampering/index.ts";
import { scanner } from "./scanner/index.ts";
import { scraping } from "./scraping/index.ts";
import { sessionHijack } from "./session-hijack/index.ts";
import { thresholdForecast } from "./threshold-forecast/index.ts";
import { trafficAnomaly } from "./traffic-anomaly/index.ts";
import { unfamiliarDevice } from "./unfamiliar-device/index.ts";
import { unfamiliarLocation } from "./unfamiliar-location/index.ts";

export const DETECTORS: readonly Detector[] = [
  injection,
  probing,
  requestTampering,
  scanner,
  bruteForce,
  manyAccounts,
  credentialStuffing,
  accountTakeover,
  sessionHijack,
  unfamiliarLocation,
  unfamiliarDevice,
  enumeration,
  brokenObjectAccess,
  brokenFunctionAccess,
  scraping,
  exfiltration,
  businessFlow,
  rateAbuse,
  denialOfService,
  expensiveCalls,
  errorSpike,
  latencyDegradation,
  trafficAnomaly,
  logSilence,
  logTampering,
  thresholdForecast,
];
