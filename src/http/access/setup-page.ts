/**
 * The page behind a one-time link: choose a password, and a name where the link leaves it open. The token stands
 * behind the # of the address, which browsers send to nobody, so that no proxy writes it into a log.
 */
import type { FastifyInstance } from "fastify";

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vedette: set up</title>
<main>
<h1>Vedette</h1>
<p>This link works once. Choose how you will sign in.</p>
<form>
<p><label>Name (stays empty where you were invited by name)<br><input name="name" autocomplete="username" maxlength="200"></label></p>
<p><label>Password, 12 characters or more<br><input name="password" type="password" autocomplete="new-password" minlength="12" maxlength="256" required></label></p>
<p><button>Set up</button></p>
</form>
<p id="said" role="status"></p>
</main>
<script src="/setup.js"></script>
</html>
`;

const SCRIPT = `const form = document.querySelector("form");
const said = document.querySelector("#said");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  const name = fields.get("name").trim();
  const body = { token: location.hash.slice(1), password: fields.get("password"), ...(name && { name }) };
  const answer = await fetch("/api/v1/setup", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { actor, detail, remedy } = await answer.json();
  if (answer.ok) form.remove();
  said.textContent = answer.ok ? "Done: you are signed in as " + actor.slice(5) + "." : detail + ". " + remedy;
  if (answer.ok) history.replaceState(null, "", "/setup");
});
`;

export function setupPage(app: FastifyInstance): void {
  app.get("/setup", async (_request, reply) =>
    reply.header("content-security-policy", POLICY).type("text/html; charset=utf-8").send(PAGE),
  );
  app.get("/setup.js", async (_request, reply) => reply.type("text/javascript; charset=utf-8").send(SCRIPT));
}
