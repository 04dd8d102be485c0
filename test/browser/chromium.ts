/** Debian's Chromium under playwright-core; a machine without one skips these tests with a word why. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const CHROMIUM = PLACES.find((place) => existsSync(place));

if (CHROMIUM === undefined) {
  console.warn("Browser tests are skipped: no Chromium was found (apt-get install chromium).");
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? "", headless: true, args: ARGUMENTS });
}
