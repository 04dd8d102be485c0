/** One entry of an HTTP Archive (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/). */
import { jsonFormat } from "./json/json-format.ts";
import { compilePath } from "./json/path.ts";

/** What a page, an extension or the browser itself made up: no server was asked. */
const LOCAL = /^(?:data|blob|about|file|chrome|chrome-extension|moz-extension|safari-web-extension):/i;
const urlOf = compilePath("request.url");
const encodingOf = compilePath("response.content.encoding");

export const har = jsonFormat({
  id: "har",
  title: "HTTP Archive (HAR)",
  requires: ["startedDateTime", "request.url", "response"],
  fields: {
    timestamp: "startedDateTime",
    "http.request.method": "request.method",
    "url.path": "request.url",
    "network.protocol.version": "request.httpVersion|response.httpVersion",
    "http.request.headers": "request.headers",
    "http.request.body": "request.postData.text",
    "http.request.body.size": "request.bodySize",
    "http.response.status_code": "response.status",
    "http.response.headers": "response.headers",
    "http.response.body": "response.content.text",
    "http.response.body.size": "response.content.size|response.bodySize",
    duration_ms: "time:ms",
    "network.peer.address": "_clientAddress",
    "client.address": "_clientAddress|clientIPAddress",
  },
  finish(event, record) {
    if (LOCAL.test(String(urlOf(record)))) return false;
    // Pictures and fonts, not text.
    if (encodingOf(record) === "base64") event["http.response.body"] = undefined;
    return true;
  },
});
