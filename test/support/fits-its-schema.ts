/** An answer of the API against what its route declares: nothing missing, nothing beside it. */
import type { Route } from "../../src/http/api/route.ts";

export function fitsItsSchema(
  routes: readonly Route[],
  method: string,
  path: string,
  status: number,
  body: unknown,
): void {
  if (status >= 400) return;
  const route = routes.find(
    (each) => each.method === method && patternOf(each.path).test(path.split("?", 1)[0] ?? ""),
  );
  if (route === undefined) throw new Error(`no route answers ${method} ${path}`);
  const wanted = route.status ?? (route.answer === undefined ? 204 : 200);
  if (status !== wanted) throw new Error(`${method} ${path} answered ${status}, and declares ${wanted}`);
  if (route.answer === undefined) return;
  const read = route.answer.safeParse(body);
  if (!read.success)
    throw new Error(`${method} ${path} answered otherwise than declared: ${read.error.message}`);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
}
