/**
 * Makes the pictures of the documentation from a real scan of simulated traffic:
 *
 *     node bootstrap.mjs build && node scripts/pictures.mjs
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, "docs", "images");
const work = mkdtempSync(join(tmpdir(), "vedette-pictures-"));
const MOST_BYTES = 300_000;
const SHOWN_INCIDENTS = 2;
/** Codes of Select Graphic Rendition that the text report uses. */
const CLASSES = { 1: "b", 2: "d", 31: "c31", 33: "c33", 34: "c34", 36: "c36", 97: "c97", 41: "c41" };

mkdirSync(images, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  vedette("simulate", "--events", "120000", "--out", "access.log");
  vedette("scan", "access.log", "--output", "html", "--out", "report.html");
  await pictureOfReport("light", "report.png");
  await pictureOfReport("dark", "report-dark.png");
  await pictureOfTerminal(vedette("scan", "access.log", "--color"), "terminal.png");
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

/** Runs the built program among the files of this run, so that names are short in what it writes. */
function vedette(...args) {
  return execFileSync(process.execPath, [join(root, "dist", "vedette.js"), ...args], {
    cwd: work,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function pictureOfReport(colorScheme, name) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 960 }, colorScheme });
  await page.goto(`file://${join(work, "report.html")}`);
  await page.locator(".incident").first().waitFor();
  await page.screenshot({ path: join(images, name) });
  await page.close();
  told(name);
}

async function pictureOfTerminal(text, name) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, deviceScaleFactor: 2 });
  await page.setContent(terminal("vedette scan access.log", firstIncidents(text)));
  await page.locator(".window").screenshot({ path: join(images, name), omitBackground: true });
  await page.close();
  told(name);
}

function told(name) {
  const { size } = statSync(join(images, name));
  // The width and height of a PNG stand at bytes 16 and 20.
  const bytes = readFileSync(join(images, name));
  console.error(
    `${name}: ${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}, ${Math.round(size / 1000)} kB`,
  );
  if (size > MOST_BYTES) throw new Error(`${name} is too large for a README: ${size} bytes`);
}

/** The report up to the incident after the last one shown. */
function firstIncidents(text) {
  const lines = text.split("\n");
  const heads = lines.flatMap((line, index) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape
    /^\u001b\[[\d;]+m(?:CRITICAL|HIGH|MEDIUM|LOW) /.test(line) ? [index] : [],
  );
  return lines
    .slice(0, heads[SHOWN_INCIDENTS] ?? lines.length)
    .join("\n")
    .trim();
}

function terminal(command, report) {
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: transparent; }
    .window { display: inline-block; padding: 14px 26px 24px; border-radius: 10px; background: #14171c; }
    .dots { display: flex; gap: 8px; padding-bottom: 12px; }
    .dots i { width: 11px; height: 11px; border-radius: 50%; background: #3a414c; }
    pre { margin: 0; color: #d7dbe2; font: 14px/1.42 "DejaVu Sans Mono", monospace; }
    .b { color: #ffffff; font-weight: 700; } .d { color: #949ca9; }
    .c31 { color: #ff7b6b; } .c33 { color: #e8b04b; } .c34 { color: #7db4ff; } .c36 { color: #6fd0d6; }
    .c97 { color: #ffffff; } .c41 { background: #b3123f; }
    </style><div class="window"><div class="dots"><i></i><i></i><i></i></div>
    <pre><span class="d">$</span> ${escaped(command)}\n\n${coloured(report)}</pre></div>`;
}

/** Each opening is closed by a reset. */
function coloured(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape
  return escaped(text).replace(/\u001b\[([\d;]*)m/g, (_, codes) => {
    if (codes === "0" || codes === "") return "</span>";
    return `<span class="${codes
      .split(";")
      .map((code) => CLASSES[code] ?? "")
      .join(" ")}">`;
  });
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
