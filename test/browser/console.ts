/** A browser that uses the console of a real server, and keeps account of what a page must never do. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { TestServer } from "../support/api-server.ts";

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors, warnings, dialogs, breaches of the policy, requests to elsewhere. */
  readonly misdeeds: () => readonly string[];
  /** Opens an address of the console, waits for its heading. */
  readonly open: (path: string, heading: string | RegExp) => Promise<void>;
}

export async function visit(
  browser: Browser,
  server: Pick<TestServer, "url">,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const seen: string[] = [];
  page.on("console", (message) => {
    // Before anybody is known, asking who one is has this answer.
    if (message.text().includes("401 (Unauthorized)")) return;
    seen.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== server.url && protocol !== "blob:") seen.push(`request: ${request.url().slice(0, 200)}`);
  });
  return {
    context,
    page,
    misdeeds: () => seen,
    async open(path, heading) {
      await page.goto(server.url + path);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    },
  };
}

/** Gives a browser the session that somebody has. */
export async function asSomebody(
  visitor: Visitor,
  server: Pick<TestServer, "url">,
  name: string,
  password: string,
): Promise<void> {
  const { page } = visitor;
  await page.goto(server.url);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}
