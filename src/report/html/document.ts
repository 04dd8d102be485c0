/**
 * The file itself. What came from logs stands in it twice, as escaped text and as JSON in an inert script element.
 * The policy lets nothing run but our own script, known by its hash, nothing load, and no string become markup.
 */
import { createHash } from "node:crypto";
import { SCRIPT, STYLE } from "./assets.ts";
import { htmlText, scriptJson } from "./escape.ts";
import type { Page } from "./page.ts";
import { plainReport } from "./plain.ts";

const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(STYLE)}'`,
  `script-src '${hashOf(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

export function documentOf(page: Page): string {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${htmlText(`${page.subject}: ${page.verdict}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<div id="report" class="plain">
${plainReport(page)}
</div>
<script type="application/json" id="report-data">${scriptJson(page)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
