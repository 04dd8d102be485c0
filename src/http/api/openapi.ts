/** The table of routes as OpenAPI 3.1, whose schemas are JSON Schema 2020-12. */
import { z } from "zod";
import { ERRORS, type ErrorCode } from "../../errors.ts";
import { API_PREFIX } from "./mount.ts";
import type { Route } from "./route.ts";

type JsonObject = Record<string, unknown>;

const PROBLEM = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  remedy: z.string(),
  input: z.string().optional(),
  range: z.strictObject({ start: z.number().int(), end: z.number().int() }).optional(),
});

const EVERYWHERE: readonly ErrorCode[] = ["REQUEST_INVALID", "TOO_MANY_REQUESTS", "INTERNAL"];
const GUARDED: readonly ErrorCode[] = ["UNAUTHENTICATED", "FORBIDDEN"];

export function openApi(routes: readonly Route[]): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const path = API_PREFIX + route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vedette",
      version: "1",
      description:
        "The API of a Vedette server: docs/api.md shows how to sign in, page through lists and follow events.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(PROBLEM, "output") },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "vedette",
          description: "A session; over TLS the cookie is __Host-vedette. Changes need X-CSRF-Token.",
        },
      },
    },
  };
}

function operationOf(route: Route): JsonObject {
  const { need, body } = route;
  const isScope = need.includes(":");
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...(need === "open" ? { security: [] } : {}),
    ...(need === "session" ? { security: [{ session: [] }] } : {}),
    ...(isScope ? { "x-scope": need } : {}),
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: jsonSchema(body, "input") } },
          },
        }),
    responses: { ...success(route), ...failures(route) },
  };
}

/** "getEventsById": the method and the words of the path. */
function operationId({ method, path }: Route): string {
  const words = path.split("/").filter(Boolean);
  const named = words.map((word) => (word.startsWith("{") ? `by-${word.slice(1, -1)}` : word)).join("-");
  return method.toLowerCase() + `-${named}`.replace(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function parametersOf(schema: z.ZodType, place: "path" | "query"): JsonObject[] {
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: of,
  }));
}

function success({ answer, status, streams }: Route): JsonObject {
  if (streams !== undefined)
    return { 200: { description: "A stream.", content: { [streams]: { schema: { type: "string" } } } } };
  if (answer === undefined) return { [status ?? 204]: { description: "Done." } };
  const content = { "application/json": { schema: jsonSchema(answer, "output") } };
  return { [status ?? 200]: { description: "The answer.", content } };
}

function failures({ need, problems = [] }: Route): JsonObject {
  const codes = [...EVERYWHERE, ...(need === "open" ? [] : GUARDED), ...problems];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes)
    byStatus.set(ERRORS[code].http, [...(byStatus.get(ERRORS[code].http) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: [...new Set(of)].join(", "),
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
