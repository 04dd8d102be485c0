/** The console's start: its cache, its routes, its first paint. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiProblem } from "./api/client.ts";
import { watchSession } from "./api/session.ts";
import { router } from "./router.tsx";
import "./style/app.css";

const AGAIN_BELOW = 3;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays one; what is busy or cannot be reached is asked again.
      retry: (failures, error) =>
        failures < AGAIN_BELOW &&
        error instanceof ApiProblem &&
        (error.problem.status === 0 || error.problem.status === 503 || error.problem.status === 429),
    },
  },
});
watchSession(client);

const root = document.querySelector("#root");
if (root === null) throw new Error("The page has no place for the console");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
