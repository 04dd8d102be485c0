/** Envoy's default text format. */
import { compileEnvoyFormat } from "./template/envoy-format.ts";
import { templateFormat } from "./template/template-format.ts";

export const envoy = templateFormat(
  {
    id: "envoy",
    title: "Envoy text",
    advice: { "client.address": "add %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% to the access log format" },
  },
  [
    compileEnvoyFormat(
      '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"',
    ),
  ],
  "none",
);
