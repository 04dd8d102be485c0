/**
 * Cases as text: one value per line, as the server would have it after decoding the transport. A tab separates a
 * place from its value ("path⇥/.env", "header:user-agent⇥…"); without one the value is a query parameter. Control
 * pictures stand for what they picture: ␊ ␍ ␉ ␀.
 */
import { readFileSync } from "node:fs";
import { type ApiEvent, emptyEvent, type Json } from "../event.ts";

export interface Case {
  readonly line: string;
  readonly event: ApiEvent;
}

export function readCases(file: string): readonly Case[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.length > 0)
    .map((line) => ({ line, event: eventOf(line) }));
}

const CONTROLS: Readonly<Record<string, string>> = { "␊": "\n", "␍": "\r", "␉": "\t", "␀": "\0" };

function eventOf(line: string): ApiEvent {
  const tab = line.indexOf("\t");
  const place = tab < 0 ? "query:q" : line.slice(0, tab);
  const value = line.slice(tab + 1).replace(/[␊␍␉␀]/g, (picture) => CONTROLS[picture] ?? "");
  const event: ApiEvent = { ...emptyEvent(), "http.request.method": "GET", "url.path": "/items" };
  const [kind = "", name = ""] = place.split(/:(.*)/s);
  switch (kind) {
    case "path":
      return { ...event, "url.path": value };
    case "url": {
      const [path = "", query = ""] = value.split(/\?(.*)/s);
      return { ...event, "url.path": path, "url.query": query };
    }
    case "query":
      return { ...event, "url.query": `${encodeURIComponent(name)}=${encodeURIComponent(value)}` };
    case "raw-query":
      return { ...event, "url.query": value };
    case "header":
      return { ...event, "http.request.headers": { [name]: value } };
    case "cookie":
      return { ...event, "http.request.headers": { cookie: `${name}=${value}` } };
    case "json":
      return { ...event, "http.request.body": JSON.parse(value) as Json };
    case "field":
      return { ...event, "http.request.body": { [name]: value } };
    case "form":
      return { ...event, "http.request.body": `${name}=${encodeURIComponent(value)}` };
    case "file":
      return {
        ...event,
        "http.request.headers": { "content-type": "multipart/form-data; boundary=part" },
        "http.request.body": `--part\r\nContent-Disposition: form-data; name="upload"; filename="${value}"\r\n\r\nx\r\n--part--`,
      };
    case "body":
      return { ...event, "http.request.body": value };
    default:
      throw new Error(`No such place: ${place}`);
  }
}
