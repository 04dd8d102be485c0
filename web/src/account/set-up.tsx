/** Behind a one-time link: choose a name, where it leaves that open, and a password. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client.ts";
import { enter } from "../api/session.ts";
import { Trouble } from "../parts/basics.tsx";
import { AccountFrame, Field } from "./frame.tsx";

export default function SetUp() {
  const client = useQueryClient();
  const navigate = useNavigate();
  // Browsers send what is behind the # to nobody, so that no proxy writes it into a log.
  const [token] = useState(() => location.hash.slice(1));
  const { mutate, error, isPending } = useMutation({
    mutationFn: (body: { token: string; password: string; name?: string }) => api("POST /setup", { body }),
    async onSuccess(session) {
      enter(client, session);
      await navigate({ to: "/", replace: true });
    },
  });
  if (token === "")
    return (
      <AccountFrame title="The link is not whole" lead="Its end, behind the #, is missing: copy all of it.">
        <a href="/" className="link">
          To the sign-in
        </a>
      </AccountFrame>
    );
  return (
    <AccountFrame title="Welcome" lead="This link works once. Choose how you will sign in.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          const name = String(fields.get("name")).trim();
          mutate({ token, password: String(fields.get("password")), ...(name === "" ? {} : { name }) });
        }}
      >
        <Field
          label="Name"
          name="name"
          autoComplete="username"
          autoFocus
          maxLength={100}
          hint="Leave it empty if you were invited by name."
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={256}
          hint="12 characters or more. A few unrelated words are easy to keep and hard to guess."
        />
        <Trouble error={error} className="mb-4" />
        <button type="submit" className="button button-main w-full" disabled={isPending}>
          Set up
        </button>
      </form>
    </AccountFrame>
  );
}
