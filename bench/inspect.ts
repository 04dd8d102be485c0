/**
 * What inspection costs: access-log events with and without recurring strings, a 1 KB JSON request, a real browser's
 * request, and 64 KB of hostile text of many kinds. Means are CPU time and
 * budgets are ratios to JSON.parse, so that a busy or a slow machine does not decide.
 *
 * @example node bench/inspect.js
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type ApiEvent, emptyEvent, FINDING_CLASSES, type Json } from "../src/event.ts";
import { readCases } from "../src/inspect/cases.ts";
import { inspect } from "../src/inspect/inspect.ts";

export interface BenchRow {
  readonly measure: string;
  /** Microseconds a request. */
  readonly mean: number;
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
  /** The figure that is judged, in parses: how often JSON.parse reads the same request in that time. */
  readonly parses: number;
  readonly budget: string;
  readonly met: boolean;
}

/**
 * What each kind of request may cost, in parses: times that `JSON.parse` takes for the same request in the same run,
 * which a slow or a busy machine stretches as much. Beside them what that is on an idle machine of the kind that the
 * design names.
 */
const BUDGETS = {
  recurring: { figure: "mean", parses: 4, idle: "0.7 µs" },
  fresh: { figure: "mean", parses: 6, idle: "1.5 µs" },
  json: { figure: "median", parses: 4, idle: "10 µs" },
  jsonTail: { figure: "p99", parses: 8, idle: "50 µs" },
  browser: { figure: "p99", parses: 50, idle: "50 µs" },
  mix: { figure: "mean", parses: 300, idle: "60 µs" },
  hostile: { figure: "worst", parses: 1_200, idle: "5,000 µs" },
} as const satisfies Record<string, InspectBudget>;

interface InspectBudget {
  readonly figure: keyof Figures;
  readonly parses: number;
  readonly idle: string;
}

export function benchInspection(): readonly BenchRow[] {
  const random = lcg(7);
  const recurring = accessLog(random, 40_000, false);
  const fresh = () => accessLog(random, 20_000, true);
  const { json, browser } = benignRequests(4_000);
  const mix = attackMix();
  warm([recurring, fresh(), json, browser, mix]);
  const rows: BenchRow[] = [];
  const add = (measure: string, figures: Figures, parse: Figures, budget: InspectBudget) => {
    const { figure } = budget;
    const parses = figures[figure] / parse[figure === "worst" ? "median" : figure];
    rows.push({
      measure,
      ...figures,
      parses,
      budget: `${figure} at most ${budget.parses} parses (${budget.idle})`,
      met: parses <= budget.parses,
    });
  };
  add(
    "access log, recurring strings",
    figuresOf(() => recurring.map(freshCopy), inspect),
    parsing(recurring),
    BUDGETS.recurring,
  );
  add("access log, nothing recurs", figuresOf(fresh, inspect), parsing(fresh()), BUDGETS.fresh);
  const ofJson = figuresOf(() => json.map(freshCopy), inspect);
  const parsingJson = parsing(json);
  add("benign JSON request, 1 KB", ofJson, parsingJson, BUDGETS.json);
  add("the same, its slowest", ofJson, parsingJson, BUDGETS.jsonTail);
  add(
    "benign browser request, form and cookies",
    figuresOf(() => browser.map(freshCopy), inspect),
    parsing(browser),
    BUDGETS.browser,
  );
  add(
    "attacks of every class",
    figuresOf(() => mix.map(freshCopy), inspect),
    parsing(mix),
    BUDGETS.mix,
  );
  const hostile = hostileEvents();
  add("hostile text, 64 KB", bestOf(hostile), parsing(hostile), BUDGETS.hostile);
  return rows;
}

/** Orders of about a kilobyte of JSON, and forms that a browser sends with all its headers. */
export function benignRequests(count: number): {
  readonly json: readonly ApiEvent[];
  readonly browser: readonly ApiEvent[];
} {
  const random = lcg(11);
  return {
    json: Array.from({ length: count }, (_, i) => jsonRequest(random, i)),
    browser: Array.from({ length: count }, (_, i) => browserRequest(random, i)),
  };
}

/** What each class's own cases carry. */
export function attackMix(): readonly ApiEvent[] {
  const root = join(process.cwd(), "src/inspect");
  return FINDING_CLASSES.flatMap((name) => {
    const file = join(root, name, "attacks.txt");
    return existsSync(file) ? readCases(file).map(({ event }) => event) : [];
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** What `JSON.parse` takes for the same requests, bodies that are JSON included. */
function parsing(events: readonly ApiEvent[]): Figures {
  const texts = events.map((event) => {
    const body = event["http.request.body"];
    const json = typeof body === "string" && body.startsWith("{");
    return JSON.stringify(json ? { ...event, "http.request.body": parsed(body) } : event);
  });
  for (const text of texts) JSON.parse(text);
  return figuresOf(
    () => texts.map((text) => Buffer.from(text).toString()),
    (text) => JSON.parse(text) as unknown,
  );
}

interface Figures {
  readonly mean: number;
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

function warm(sets: readonly (readonly ApiEvent[])[]): void {
  for (let round = 0; round < 4; round++)
    for (const events of sets) for (const event of events) inspect(event);
}

/**
 * @param batch made anew for each round, as requests come out of a log: a string seen before knows its hash.
 * @returns microseconds; the mean is the best round's CPU time and each item's time its best of four, so that what
 * the machine does besides does not count
 */
function figuresOf<T>(batch: () => readonly T[], run: (item: T) => unknown): Figures {
  let mean = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 12; round++) {
    const items = batch();
    const before = process.cpuUsage();
    for (const item of items) run(item);
    const { user, system } = process.cpuUsage(before);
    mean = Math.min(mean, (user + system) / items.length);
  }
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    batch().forEach((item, at) => {
      times[at] = Math.min(times[at] ?? Number.POSITIVE_INFINITY, timeOf(item, run));
    });
  }
  times.sort((a, b) => a - b);
  return { mean, ...quantiles(times) };
}

function timeOf<T>(item: T, run: (item: T) => unknown): number {
  const start = process.hrtime.bigint();
  run(item);
  return Number(process.hrtime.bigint() - start) / 1_000;
}

function quantiles(sorted: readonly number[]): Omit<Figures, "mean"> {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p99: at(0.99), worst: at(1) };
}

function freshCopy(event: ApiEvent): ApiEvent {
  const copy = (text: string | undefined) => (text === undefined ? undefined : Buffer.from(text).toString());
  return {
    ...event,
    "url.path": copy(event["url.path"]),
    "url.query": copy(event["url.query"]),
    "user_agent.original": copy(event["user_agent.original"]),
  };
}

type Random = () => number;

function lcg(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

const PLACES = ["users", "orders", "products", "carts", "sessions", "search", "reviews", "invoices"];
const PAGES = [
  "/",
  "/index.html",
  "/static/app.3f2a1c.js",
  "/static/site.css",
  "/favicon.ico",
  "/about",
  "/blog/2024/05/on-tea",
];
const BROWSERS = [
  "Chrome/124.0.0.0 Safari/537.36",
  "Chrome/123.0.6312.86 Safari/537.36 Edg/123.0.2420.65",
  "Version/17.4 Safari/605.1.15",
];

function agentOf(random: Random, fresh: boolean): string {
  const build = fresh ? Math.floor(random() * 1e9) : Math.floor(random() * 60);
  return `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:${build}) AppleWebKit/537.36 (KHTML, like Gecko) ${pick(random, BROWSERS)}`;
}

/** Nine of ten lines name an API's endpoint, one a page; a few carry what only looks like an attack. */
function accessLog(random: Random, count: number, fresh: boolean): ApiEvent[] {
  return Array.from({ length: count }, () => {
    const id = Math.floor(random() * (fresh ? 1e9 : 400));
    const page = !fresh && random() < 0.3;
    const term = pick(random, [
      "green+tea",
      "black%20tea",
      "o%27brien",
      "mug%20%26%20saucer",
      "tea+or+coffee",
    ]);
    return {
      ...emptyEvent(),
      "http.request.method": "GET",
      "url.path": page ? pick(random, PAGES) : `/api/v1/${pick(random, PLACES)}/${id}`,
      "url.query": random() < 0.4 ? `page=${id % 9}&sort=-created&q=${term}` : undefined,
      "user_agent.original": agentOf(random, fresh),
      "http.request.headers":
        random() < 0.5
          ? { referer: `https://shop.example/${pick(random, PLACES)}?page=${fresh ? id : id % 20}` }
          : undefined,
    };
  });
}

/** An order of about a kilobyte. */
function jsonRequest(random: Random, i: number): ApiEvent {
  const items = Array.from({ length: 6 }, (_, n) => ({
    sku: `TEA-${i}-${n}`,
    name: pick(random, [
      "Green tea, loose",
      "Mug (white)",
      "O'Brien's Breakfast Tea",
      "Tea & biscuits",
      "Kettle 1.7 l",
    ]),
    quantity: n + 1,
    price: 9.9,
    note: n === 2 ? "Please wrap it as a gift; no invoice in the box." : "",
  }));
  const body = JSON.stringify({
    order: { id: `ord_${i}`, created_at: "2024-05-01T10:00:00Z", currency: "CHF", channel: "web" },
    customer: {
      name: "Anna Meier",
      email: `anna.${i}@example.org`,
      phone: "+41 79 123 45 67",
      address: { street: "Bahnhofstrasse 1", zip: "8001", city: "Zürich" },
    },
    items,
    callback: `https://shop.example/orders/${i}/done`,
    token: "b7f3c1d29e8a4f60",
  });
  return {
    ...emptyEvent(),
    "http.request.method": "POST",
    "url.path": "/api/v1/orders",
    "user_agent.original": agentOf(random, false),
    "http.request.headers": {
      host: "shop.example",
      accept: "application/json",
      "content-type": "application/json",
      "content-length": String(body.length),
    },
    "http.request.body": body,
  };
}

function browserRequest(random: Random, i: number): ApiEvent {
  return {
    ...emptyEvent(),
    "http.request.method": "POST",
    "url.path": "/account/profile",
    "url.query": `lang=de_CH&return=%2Faccount%2F${i}`,
    "user_agent.original": agentOf(random, false),
    "http.request.headers": {
      host: "shop.example",
      accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
      "accept-language": "de-CH,de;q=0.9,en;q=0.8",
      "accept-encoding": "gzip, deflate, br",
      "content-type": "application/x-www-form-urlencoded",
      origin: "https://shop.example",
      referer: "https://shop.example/account",
      "sec-ch-ua": '"Chromium";v="124", "Google Chrome";v="124", "Not-A.Brand";v="99"',
      cookie: `_ga=GA1.2.${i}.1699000000; session=${i.toString(16)}f3a9; theme=dark; consent=necessary%3Ayes%2Cstatistics%3Ano`,
    },
    "http.request.body": `name=Anna+Meier&email=anna%40example.org&about=I%27m+fond+of+tea+%26+books&csrf=q8X1yZ${i}`,
  };
}

const HOSTILE = [
  "' or 1=1 ",
  "<a b='",
  "<script>",
  "((((",
  "${${",
  "../",
  "; ls ",
  "`id` ",
  "%25",
  "&lt;",
  "\\u0041",
  "{{7*7}}",
  "union select ",
  "onload=",
  '{"a":',
  "http://127.0.0.1/ ",
  "<!ENTITY a ",
  "eval(",
  "[[",
  "a=1&",
  "\u0000",
  "＜",
  "x['y'](",
];

function hostileEvents(): readonly ApiEvent[] {
  return HOSTILE.flatMap((seed) => {
    const text = seed.repeat(Math.ceil(65_536 / seed.length)).slice(0, 65_536);
    return [
      { ...emptyEvent(), "url.path": "/a", "url.query": `q=${encodeURIComponent(text)}`.slice(0, 65_536) },
      { ...emptyEvent(), "url.path": "/a", "http.request.body": text },
      { ...emptyEvent(), "url.path": "/a", "http.request.body": { text } },
    ];
  });
}

/** Each event's best CPU time. */
function bestOf(events: readonly ApiEvent[]): Figures {
  const times: number[] = [];
  for (const event of events) {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 16; round++) {
      const before = process.cpuUsage();
      inspect(event);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, user + system);
    }
    times.push(best);
  }
  times.sort((a, b) => a - b);
  return { mean: times.reduce((sum, time) => sum + time, 0) / times.length, ...quantiles(times) };
}

export function formatBench(rows: readonly BenchRow[]): string {
  const cells = rows.map((each) => [
    each.measure,
    each.mean.toFixed(2),
    each.median.toFixed(2),
    each.p99.toFixed(2),
    each.worst.toFixed(0),
    each.parses.toFixed(2),
    each.budget,
    each.met ? "met" : "NOT MET",
  ]);
  const head = ["µs a request", "mean", "median", "p99", "worst", "parses", "budget", ""];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((cell) => cell[column]?.length ?? 0)),
  );
  return [head, ...cells]
    .map((cell) =>
      cell
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

if (basename(process.argv[1] ?? "").startsWith("inspect.")) console.log(formatBench(benchInspection()));
