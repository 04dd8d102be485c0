/** A page that keeps account of everything a report must never do. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

export interface Watched {
  readonly page: Page;
  /** Console messages, errors, dialogs, requests but for the file itself, and breaches of its policy. */
  readonly misdeeds: () => Promise<string[]>;
}

const NOTE_BREACHES = `
  window.breaches = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.breaches.push(event.violatedDirective + " " + event.blockedURI);
  });
`;

export async function openFile(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
  fragment = "",
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const seen: string[] = [];
  const address = `file://${file}`;
  page.on("console", (message) => seen.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) seen.push(`request: ${request.url().slice(0, 200)}`);
  });
  if (options.javaScriptEnabled !== false) await page.addInitScript(NOTE_BREACHES);
  await page.goto(address + fragment);
  return {
    page,
    misdeeds: async () => [...seen, ...(await page.evaluate<string[]>("window.breaches ?? []"))],
  };
}

/** Pixels by which the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
