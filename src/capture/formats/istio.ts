/** Istio's default text format (https://istio.io/latest/docs/tasks/observability/logs/access-log/), and the one before 1.9. */
import { compileEnvoyFormat } from "./template/envoy-format.ts";
import { templateFormat } from "./template/template-format.ts";

const REQUEST =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS%';
const SIZES = "%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%";
const CLIENT =
  '"%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"';
const HOPS =
  "%UPSTREAM_CLUSTER% %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% %ROUTE_NAME%";

export const istio = templateFormat(
  { id: "istio", title: "Istio text" },
  [
    compileEnvoyFormat(
      `${REQUEST} %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" ${SIZES} ${CLIENT} ${HOPS}`,
    ),
    compileEnvoyFormat(
      `${REQUEST} "%DYNAMIC_METADATA(istio.mixer:status)%" "%UPSTREAM_TRANSPORT_FAILURE_REASON%" ${SIZES} ${CLIENT} ${HOPS}`,
    ),
  ],
  "none",
);
