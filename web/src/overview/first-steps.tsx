/** Before the first event: how to send one, and a tick when it is there. */
import { useMutation } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useRights } from "../api/session.ts";
import { Card, Snippet, Trouble } from "../parts/basics.tsx";
import { snippetsFor } from "../setup/snippets.ts";
import { Page } from "../shell/page.tsx";

export function FirstSteps() {
  const { may } = useRights();
  const makeKey = useMutation({
    mutationFn: () => api("POST /keys", { body: { kind: "ingest", name: "first steps" } }),
  });
  const snippets = snippetsFor(location.origin, makeKey.data?.secret ?? "YOUR_INGEST_KEY");
  return (
    <Page title="First steps">
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="grid content-start gap-4">
          <Card title="1. A key for sending">
            <div className="px-4 pb-4">
              {makeKey.data === undefined ? (
                <>
                  <p className="mb-3 text-muted">
                    Whoever sends events shows a key. The server printed one when it first started; a new one
                    is made here and shown this once.
                  </p>
                  <button
                    type="button"
                    className="button button-main"
                    disabled={!may("access:write") || makeKey.isPending}
                    onClick={() => makeKey.mutate()}
                  >
                    Make a key
                  </button>
                  {!may("access:write") && (
                    <p className="mt-2 text-small text-muted">Only administrators make keys.</p>
                  )}
                </>
              ) : (
                <Snippet label="Keep it: it is not shown again" text={makeKey.data.secret} />
              )}
              <Trouble error={makeKey.error} className="mt-3" />
            </div>
          </Card>
          <Card title="2. Send an event">
            <div className="grid gap-5 px-4 pb-4">
              {snippets.map(({ label, text }) => (
                <Snippet key={label} label={label} text={text} />
              ))}
            </div>
          </Card>
        </div>
        <Card title="3. See it arrive">
          <div className="px-4 pb-4">
            <p role="status" className="flex items-center gap-2.5 font-medium">
              <span className="relative flex size-3">
                <span className="absolute inline-flex size-full animate-ping rounded-full bg-focus opacity-60 motion-reduce:animate-none" />
                <span className="relative inline-flex size-3 rounded-full bg-focus" />
              </span>
              Waiting for the first event
            </p>
            <p className="mt-2 text-small text-muted">
              This page changes by itself, two or three seconds after the first event was taken. Detectors
              begin at once; those that learn what is usual speak of it after some hours of traffic.
            </p>
          </div>
        </Card>
      </div>
    </Page>
  );
}
