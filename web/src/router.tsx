/** Every address of the console. Each page but the first is loaded when it is gone to. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { Empty, Skeleton, Trouble } from "./parts/basics.tsx";
import { readRange } from "./shell/range.ts";
import { Shell } from "./shell/shell.tsx";

const root = createRootRoute({ component: Outlet });
const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./account/set-up.tsx")),
});
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  validateSearch: readRange,
});

/** Those of these that are in the address, as texts. */
function texts<N extends string>(...names: readonly N[]) {
  return (search: Record<string, unknown>): { readonly [K in N]?: string } =>
    Object.fromEntries(
      names.flatMap((name) => (search[name] === undefined ? [] : [[name, String(search[name])]])),
    ) as { [K in N]?: string };
}

const pages = [
  createRoute({
    getParentRoute: () => shell,
    path: "/",
    validateSearch: texts("service"),
    component: lazyRouteComponent(() => import("./overview/overview.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/incidents",
    validateSearch: texts("state", "severity", "assignee", "find"),
    component: lazyRouteComponent(() => import("./incidents/inbox.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/incidents/$id",
    component: lazyRouteComponent(() => import("./incidents/incident.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/links/$id",
    component: lazyRouteComponent(() => import("./shell/linked.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/explore",
    validateSearch: texts("q", "event", "live", "columns"),
    component: lazyRouteComponent(() => import("./explore/explore.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/entities",
    component: lazyRouteComponent(() => import("./entities/entities.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/entities/$type/$value",
    component: lazyRouteComponent(() => import("./entities/profile.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/services",
    validateSearch: texts("service"),
    component: lazyRouteComponent(() => import("./services/services.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/detections",
    validateSearch: texts("detector"),
    component: lazyRouteComponent(() => import("./detections/detections.tsx")),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/settings",
    validateSearch: texts("tab"),
    component: lazyRouteComponent(() => import("./setup/settings.tsx")),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([setUp, shell.addChildren(pages)]),
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultPendingComponent: () => <Skeleton />,
  defaultErrorComponent: ({ error }) => <Trouble error={error} className="m-6" />,
  defaultNotFoundComponent: () => <Empty title="There is no such page" />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
