/**
 * Makes the pictures of the documentation from a real scan of simulated traffic:
 *
 *     node bootstrap.mjs build && node scripts/pictures.mjs [report] [console]
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { deflateSync, inflateSync } from "node:zlib";
import { chromium } from "playwright-core";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, "docs", "images");
const work = mkdtempSync(join(tmpdir(), "vedette-pictures-"));
const MOST_BYTES = 300_000;
const SHOWN_INCIDENTS = 2;
const ATTACKS = [
  "credential_stuffing:distributed",
  "injection_log4shell",
  "injection_sqli:loud",
  "injection_ssrf",
  "webshell",
  "scanner_tool",
  "enumeration_ids",
  "scraping",
  "error_spike",
];
/** Codes of Select Graphic Rendition that the text report uses. */
const CLASSES = { 1: "b", 2: "d", 31: "c31", 33: "c33", 34: "c34", 36: "c36", 97: "c97", 41: "c41" };

mkdirSync(images, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const asked = process.argv.slice(2);
const wanted = (name) => asked.length === 0 || asked.includes(name);
try {
  if (wanted("report")) await picturesOfReport();
  if (wanted("console")) await pictureOfConsole("console.png");
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

async function picturesOfReport() {
  vedette("simulate", "--events", "100000", "--attacks", ATTACKS.join(","), "--noise", "--out", "access.log");
  vedette("scan", "access.log", "--output", "html", "--out", "report.html");
  await pictureOfReport("light", "report.png");
  await pictureOfReport("dark", "report-dark.png");
  await pictureOfIncident("incident.png");
  await pictureOfTerminal(vedette("scan", "access.log", "--color"), "terminal.png");
}

/** The overview of a server that has watched the last day. */
async function pictureOfConsole(name) {
  const start = new Date(Math.floor((Date.now() - 86_400_000) / 3_600_000) * 3_600_000).toISOString();
  const traffic = ["--days", "1", "--events", "60000", "--start", start, "--format", "vedette"];
  vedette("simulate", ...traffic, "--attacks", ATTACKS.join(","), "--noise", "--out", "day.ndjson");
  const key = "a-key-for-the-picture";
  const server = spawn(process.execPath, [join(root, "dist", "vedette.js"), "serve", "--port", "0"], {
    cwd: work,
    env: { ...process.env, VEDETTE_INGEST_KEY: key, VEDETTE_SAMPLE: "false" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    let said = "";
    server.stdout.on("data", (piece) => {
      said += piece;
    });
    while (!said.includes("/setup#") && server.exitCode === null) await setTimeout(100);
    const link = said.match(/https?:\S+\/setup#\S+/)?.[0] ?? "";
    const lines = readFileSync(join(work, "day.ndjson"), "utf8").split("\n");
    for (let at = 0; at < lines.length; at += 5_000) {
      const body = lines.slice(at, at + 5_000).join("\n");
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch(new URL("/v1/events", link), { method: "POST", headers, body });
      if (!answer.ok) throw new Error(`Events were not taken: ${answer.status}`);
    }
    while (!(await metrics(link)).includes("\nvedette_journal_backlog_bytes 0\n")) await setTimeout(500);
    const page = await browser.newPage({
      viewport: { width: 1440, height: 960 },
      colorScheme: "light",
    });
    await page.goto(link);
    await page.getByLabel("Name").fill("anna");
    await page.getByLabel("Password").fill("for the picture only");
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    await page.waitForTimeout(6_000);
    save(name, await page.screenshot());
    await page.close();
  } finally {
    if (server.exitCode === null) {
      server.kill();
      await once(server, "exit");
    }
  }
}

async function metrics(link) {
  return (await fetch(new URL("/metrics", link))).text();
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
  const page = await browser.newPage({
    viewport: { width: 1440, height: 960 },
    deviceScaleFactor: 2,
    colorScheme,
  });
  await page.goto(`file://${join(work, "report.html")}`);
  await page.locator(".incident").first().waitFor();
  save(name, await page.screenshot());
  await page.close();
}

/** The first incident with a payload in it, opened: its arithmetic and the start of its evidence. */
async function pictureOfIncident(name) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1100 }, deviceScaleFactor: 2 });
  await page.goto(`file://${join(work, "report.html")}`);
  const incident = page.locator(".incident", { hasText: "Log4Shell" }).first();
  await incident.locator(".row").click();
  await incident.evaluate((element) => element.scrollIntoView());
  await page.mouse.move(0, 0);
  const { x, y, width } = await incident.boundingBox();
  save(name, await page.screenshot({ clip: { x, y, width, height: 760 } }));
  await page.close();
}

async function pictureOfTerminal(text, name) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, deviceScaleFactor: 2 });
  await page.setContent(terminal("vedette scan access.log", firstIncidents(text)));
  save(name, await page.locator(".window").screenshot({ omitBackground: true }));
  await page.close();
}

function save(name, screenshot) {
  const { png, width, height } = inPalette(screenshot);
  console.error(`${name}: ${width}x${height}, ${Math.round(png.length / 1000)} kB`);
  if (png.length > MOST_BYTES) throw new Error(`${name} is too large for a README: ${png.length} bytes`);
  writeFileSync(join(images, name), png);
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
    const classes = codes.split(";").map((code) => CLASSES[code] ?? "");
    return `<span class="${classes.join(" ")}">`;
  });
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * The same picture with the 256 colours it uses most, a third of the bytes: flat colours and smoothed letters have
 * few others, and each of those goes to its nearest.
 */
function inPalette(screenshot) {
  const { width, height, pixels } = decoded(screenshot);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 256)
    .map(([pixel]) => pixel);
  const channels = (pixel) => [pixel >>> 24, (pixel >>> 16) & 255, (pixel >>> 8) & 255, pixel & 255];
  const known = palette.map(channels);
  const indexOf = new Map();
  for (const pixel of counts.keys()) {
    const own = channels(pixel);
    const distances = known.map((other) => other.reduce((sum, value, i) => sum + (value - own[i]) ** 2, 0));
    indexOf.set(pixel, distances.indexOf(Math.min(...distances)));
  }
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x]);
  }
  const head = Buffer.from(screenshot.subarray(16, 29));
  // Eight bits of a palette, not interlaced.
  head.set([8, 3, 0, 0, 0], 8);
  const png = Buffer.concat([
    screenshot.subarray(0, 8),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(known.flatMap((colour) => colour.slice(0, 3)))),
    chunk("tRNS", Buffer.from(known.map((colour) => colour[3]))),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return { png, width, height };
}

/** Pixels as 32-bit RGBA of a PNG with eight bits a channel, not interlaced, as browsers write them. */
function decoded(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const size = png[25] === 6 ? 4 : 3;
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const lines = inflateSync(Buffer.concat(parts));
  const stride = width * size;
  const bytes = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < size ? 0 : bytes[at - size];
      const up = y === 0 ? 0 : bytes[at - stride];
      const corner = x < size || y === 0 ? 0 : bytes[at - stride - size];
      bytes[at] = lines[at + y + 1] + predicted(filter, left, up, corner);
    }
  }
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const alpha = size === 4 ? bytes[i * 4 + 3] : 255;
    pixels[i] = (bytes.readUIntBE(i * size, 3) * 256 + alpha) >>> 0;
  }
  return { width, height, pixels };
}

/** PNG's five filters (RFC 2083, section 6). */
function predicted(filter, left, up, corner) {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(type, content) {
  const made = Buffer.alloc(content.length + 12);
  made.writeUInt32BE(content.length, 0);
  made.write(type, 4, "latin1");
  made.set(content, 8);
  made.writeUInt32BE(crc(made.subarray(4, content.length + 8)), content.length + 8);
  return made;
}

/** CRC-32 as PNG has it; Node's own came after version 20.19. */
function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
