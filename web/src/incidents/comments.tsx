/** What people said about it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { inert } from "../../../src/report/inert.ts";
import type { IncidentDetail } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { useRights } from "../api/session.ts";
import { Card, Trouble } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";
import { useKeys } from "./keys.ts";

export function Comments({
  id,
  comments,
}: {
  readonly id: string;
  readonly comments: IncidentDetail["comments"];
}) {
  const { may } = useRights();
  const mayComment = may("incidents:write");
  const client = useQueryClient();
  const box = useRef<HTMLTextAreaElement>(null);
  useKeys({ c: () => box.current?.focus() });
  // Who comes from the list to say something types at once.
  useEffect(() => {
    if (location.hash === "#comment") box.current?.focus();
  }, []);
  const add = useMutation({
    mutationFn: (text: string) => api("POST /incidents/{id}/comments", { params: { id }, body: { text } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["incident", id] }),
  });
  return (
    <Card title="Comments">
      <div className="grid gap-3 px-4 pb-4 text-small">
        {comments.length === 0 && <p className="text-muted">None yet.</p>}
        {comments.map((comment) => (
          <article key={comment.id}>
            <p className="text-muted">
              <b className="text-text">{inert(comment.author.replace(/^user:/, ""))}</b>{" "}
              <When at={comment.at} style="ago" />
            </p>
            <p className="whitespace-pre-wrap">{comment.text.split("\n").map(inert).join("\n")}</p>
          </article>
        ))}
        {mayComment && (
          <form
            className="grid gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              const form = event.currentTarget;
              const text = String(new FormData(form).get("text")).trim();
              if (text !== "") add.mutate(text, { onSuccess: () => form.reset() });
            }}
          >
            <textarea
              ref={box}
              name="text"
              rows={2}
              maxLength={10_000}
              className="field py-1.5 text-small"
              aria-label="Comment"
              placeholder="What did you find?"
            />
            <Trouble error={add.error} />
            <button type="submit" className="button justify-self-start" disabled={add.isPending}>
              Comment
            </button>
          </form>
        )}
      </div>
    </Card>
  );
}
