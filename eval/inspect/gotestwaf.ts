/** The test cases of GoTestWAF: every payload in every encoder and placeholder. */
import type { ApiEvent } from "../../src/event.ts";
import { linesOf } from "./lines.ts";
import { encode, requestOf } from "./requests.ts";
import type { Sample } from "./sample.ts";

interface WafCase {
  readonly set: string;
  readonly payload: string;
  readonly encoders: readonly string[];
  readonly placeholders: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly malicious: boolean;
}

/** Every payload in every encoder and placeholder, as the tool would send it. */
export function* goTestWaf(file: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const { payload, encoders, placeholders, malicious } = JSON.parse(line) as WafCase;
    for (const encoder of encoders) {
      for (const holder of placeholders) {
        const name = typeof holder === "string" ? holder : (Object.keys(holder)[0] ?? "");
        const event = placed(payload, encoder, name, holder);
        if (event === undefined) continue;
        const set = malicious ? "gotestwaf attacks" : "gotestwaf benign";
        yield { set, text: `${encoder} ${name} ${payload}`, event, wanted: malicious ? [] : undefined };
      }
    }
  }
}

function placed(payload: string, encoder: string, name: string, holder: unknown): ApiEvent | undefined {
  const flat =
    encoder === "Base64Flat" ? Buffer.from(payload).toString("base64").replace(/=+$/, "") : payload;
  const url = encoder === "URL" ? encode(payload) : flat;
  const form = { "content-type": "application/x-www-form-urlencoded" };
  switch (name) {
    case "URLParam":
      return requestOf("GET", `/?q4f1=${url}`, {}, "");
    case "URLPath":
      return requestOf("GET", `/${url}`, {}, "");
    case "HTMLForm":
      return requestOf("POST", "/", form, `q4f1=${url}`);
    case "HTMLMultipartForm": {
      const body = `--b0undary\r\nContent-Disposition: form-data; name="q4f1"\r\n\r\n${url}\r\n--b0undary--\r\n`;
      return requestOf("POST", "/", { "content-type": "multipart/form-data; boundary=b0undary" }, body);
    }
    case "JSONRequest":
    case "JSONBody":
      return requestOf(
        "POST",
        "/",
        { "content-type": "application/json" },
        name === "JSONBody" ? flat : JSON.stringify({ test: true, q4f1: url }),
      );
    case "Header":
      return requestOf("GET", "/", { "x-q4f1": url }, "");
    case "UserAgent":
      return requestOf("GET", "/", { "user-agent": url }, "");
    case "XMLBody":
      return requestOf("POST", "/", { "content-type": "text/xml" }, url);
    case "SOAPBody":
      return requestOf("POST", "/", { "content-type": "text/xml" }, soap(url));
    case "RequestBody":
      return requestOf("POST", "/", {}, url);
    case "GraphQL":
      return JSON.stringify(holder).includes("POST")
        ? requestOf("POST", "/graphql", { "content-type": "application/json" }, flat)
        : requestOf("GET", `/graphql?query=${encode(flat)}`, {}, "");
    case "RawRequest":
    case "gRPC":
      return requestOf("POST", "/", { "content-type": "application/octet-stream" }, flat);
    default:
      return undefined;
  }
}

function soap(value: string): string {
  return `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><ab><int>1</int><string>${value}</string></ab></soapenv:Body></soapenv:Envelope>`;
}
