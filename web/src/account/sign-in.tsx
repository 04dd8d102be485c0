/** Name and password. It stands in place of the page that was asked for, which comes after. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { enter } from "../api/session.ts";
import { Trouble } from "../parts/basics.tsx";
import { AccountFrame, Field } from "./frame.tsx";

export function SignIn({ ended }: { readonly ended: boolean }) {
  const client = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: (body: { name: string; password: string }) => api("POST /session", { body }),
    onSuccess: (session) => enter(client, session),
  });
  return (
    <AccountFrame
      title="Sign in"
      lead={
        ended
          ? "Your session has ended. Sign in to go on where you were."
          : "To the first line of defence of your APIs."
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          mutate({ name: String(fields.get("name")), password: String(fields.get("password")) });
        }}
      >
        <Field label="Name" name="name" autoComplete="username" autoFocus required maxLength={100} />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
        />
        <Trouble error={error} className="mb-4" />
        <button type="submit" className="button button-main w-full" disabled={isPending}>
          Sign in
        </button>
      </form>
    </AccountFrame>
  );
}
