/**
 * Ordinary requests of many kinds of API, generated: what inspection must let pass. Written by us; names, texts and
 * grammars are combined at random, so that a set is as large as it needs to be.
 */
import { type ApiEvent, emptyEvent, type Json } from "../../src/event.ts";
import { graphqlBody } from "./graphql.ts";
import { browserHeaders, cookies, jwt, uuid } from "./headers.ts";
import { SENTENCES } from "./languages.ts";
import { type Choices, choices, type Half } from "./random.ts";
import { CODE, HTML, LOG_LINES, MARKDOWN, NAMES, PROSE, SEARCHES, STACKS } from "./texts.ts";
import { VALUES } from "./values.ts";

export interface Kind {
  /** "JSON: payments": the type of the body or the place, and what it is about. */
  readonly set: string;
  /** Per cent that may be flagged. */
  readonly goal: number;
  readonly make: (choose: Choices) => Partial<ApiEvent>;
}

const body = (
  path: string,
  content: Json,
  method = "POST",
  type = "application/json",
): Partial<ApiEvent> => ({
  "http.request.method": method,
  "url.path": path,
  "http.request.headers": { host: "api.example", "content-type": type },
  "http.request.body":
    type === "application/json" && typeof content !== "string" ? JSON.stringify(content) : content,
});

const FORM = "application/x-www-form-urlencoded";
const form = (path: string, fields: Readonly<Record<string, string>>): Partial<ApiEvent> =>
  body(path, new URLSearchParams(fields).toString(), "POST", FORM);

const time = (make: Choices): string => new Date(1_714_557_600_000 + make.below(1e9)).toISOString();
const email = (make: Choices): string => `${make.token(5)}.o'neil+${make.token(3)}@mail.example`;
const image = (make: Choices): string => `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${make.token(200)}==`;
const text = (make: Choices): string =>
  make.of([PROSE, PROSE, MARKDOWN, SENTENCES, SENTENCES, MARKDOWN].map((list) => make.of(list)));

export const KINDS: readonly Kind[] = [
  {
    set: "JSON: REST",
    goal: 0.3,
    make: (make) =>
      body(`/v1/orders/${make.below(1e6)}`, {
        id: uuid(make),
        created_at: time(make),
        customer: { name: make.of(NAMES), email: email(make), phone: "+41 79 123 45 67" },
        note: text(make),
        filter: { or: [{ price: { gt: 5 } }, { name: make.of(NAMES) }] },
        callback_url: `https://hooks.example/in/${make.token(12)}?a=b&c=d`,
        avatar: image(make),
      }),
  },
  {
    set: "JSON: PUT, PATCH and DELETE",
    goal: 0.3,
    make: (make) =>
      body(
        `/v1/items/${make.below(1e6)}`,
        make.next() < 0.5
          ? [{ op: make.of(["replace", "add", "remove", "test"]), path: "/name", value: make.of(NAMES) }]
          : { name: make.of(NAMES), description: text(make), deleted: null, tags: ["new", "50% off"] },
        make.of(["PUT", "DELETE", "PATCH", "PUT"]),
      ),
  },
  {
    set: "JSON: payments and webhooks",
    goal: 0.3,
    make: (make) =>
      body("/webhooks/pay", {
        id: `evt_${make.token(24)}`,
        type: make.of(["charge.succeeded", "invoice.paid", "customer.deleted", "payout.created"]),
        created: 1_714_557_600,
        data: {
          object: {
            amount: make.below(9_999),
            currency: "chf",
            statement_descriptor: `${make.of(NAMES)} *ORDER #${make.below(999)}`,
            billing_details: {
              name: make.of(NAMES),
              address: { line1: "12 Rue de l'Église, ap. 3/B", city: "L'Aquila" },
            },
            receipt_url: `https://pay.example/receipts/acct_${make.token(16)}/ch_${make.token(24)}`,
            metadata: { note: text(make) },
            iban: "CH93 0076 2011 6238 5295 7",
          },
        },
        request: { id: null, idempotency_key: uuid(make) },
      }),
  },
  {
    set: "JSON: chat",
    goal: 0.3,
    make: (make) =>
      body("/rooms/5/messages", {
        type: "m.room.message",
        content: {
          msgtype: "m.text",
          body: text(make),
          format: "org.matrix.custom.html",
          formatted_body: `<p>${make.of(["it's ok", "<b>no</b> &amp; yes", "a<br/>b", "<em>hi</em>"])}</p>`,
        },
        mentions: [`@${make.token(5)}:chat.example`],
        reply_to: { id: `$${make.token(20)}`, quote: text(make) },
      }),
  },
  {
    set: "JSON: code hosting",
    goal: 0.3,
    make: (make) =>
      body("/repos/anna/shop/contents", {
        title: make.of([
          "Fix: don't eval() input",
          "Crash when path has ../ in it",
          "Escape <script> in titles",
          "`rm -rf` removes too much",
        ]),
        body: make.of(MARKDOWN),
        path: make.of([
          "src/a/b.test.ts",
          "docs/how-to/select.md",
          ".github/workflows/ci.yml",
          "cmd/exec/main.go",
        ]),
        content: Buffer.from(make.of(CODE)).toString("base64"),
        code: make.of(CODE),
        stacktrace: make.of(STACKS),
        ref: "refs/heads/feature/x-1",
        committer: { name: make.of(NAMES), email: "anna@mail.example", date: time(make) },
      }),
  },
  {
    set: "JSON: CMS",
    goal: 0.3,
    make: (make) =>
      body("/wp-json/wp/v2/posts", {
        title: make.of([
          "Q&A: what's a 'drop'?",
          "Select & update",
          '"Scripts" for beginners',
          "It's 1 or 2, isn't it?",
        ]),
        html: make.of(HTML),
        content: { raw: make.of(HTML), markdown: make.of(MARKDOWN) },
        excerpt: make.of(PROSE),
        slug: "how-to-select-or-drop-a-table",
        author: make.of(NAMES),
        featured: image(make),
      }),
  },
  {
    set: "JSON: logs of logs",
    goal: 0.3,
    make: (make) =>
      body("/v1/push", {
        streams: [
          {
            stream: { app: "shop", level: make.of(["info", "error"]), host: "web-1" },
            values: Array.from({ length: 3 }, () => [
              String(1_714_557_600 + make.below(999)),
              make.of(LOG_LINES),
            ]),
          },
        ],
        error: { message: "it's broken", stack: make.of(STACKS) },
      }),
  },
  {
    set: "JSON: analytics",
    goal: 0.3,
    make: (make) =>
      body("/batch", {
        batch: [
          {
            event: make.of(["$pageview", "Element Clicked", "$autocapture", "purchase"]),
            properties: {
              $current_url: `https://shop.example/search?q=${encodeURIComponent(make.of(SEARCHES))}&utm_source=a`,
              $referrer: "$direct",
              selector: make.of([
                "#root > div:nth-of-type(1) > button.primary",
                'a.nav:text="About"',
                "ul#menu > li.active",
                "form[name='login'] input",
              ]),
              title: make.of(NAMES),
              token: jwt(make),
              user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            },
            timestamp: time(make),
          },
        ],
        consent: `CP${make.token(40)}.YAAAAAAAAAAA`,
      }),
  },
  {
    set: "JSON: twenty languages",
    goal: 0.3,
    make: (make) =>
      body("/reviews", {
        title: make.of(SENTENCES),
        text: `${make.of(SENTENCES)}\n\n${make.of(SENTENCES)}`,
        by: make.of(NAMES),
      }),
  },
  { set: "GraphQL", goal: 0, make: (make) => body("/graphql", graphqlBody(make)) },
  {
    set: "text/plain",
    goal: 0.3,
    make: (make) =>
      body(
        "/beacon",
        make.of<() => string>([
          () => make.of(PROSE),
          () => make.of(SENTENCES),
          () => make.of(MARKDOWN),
          () => make.of(STACKS),
          () => `${make.of(LOG_LINES)}\n${make.of(LOG_LINES)}`,
          () =>
            `From: Anna <anna@mail.example>\r\nTo: Ben <ben@mail.example>\r\nSubject: ${make.of(NAMES)}\r\n\r\n${make.of(PROSE)}\r\n`,
          () =>
            `v=2&tid=G-${make.token(8)}&dl=https%3A%2F%2Fshop.example%2F&dt=${encodeURIComponent(make.of(NAMES))}&ep.q=${encodeURIComponent(make.of(SEARCHES))}`,
          () => `{"sent_at":"${time(make)}"}\n{"type":"session"}\n{"sid":"${uuid(make)}","init":true}`,
        ])(),
        "POST",
        "text/plain;charset=UTF-8",
      ),
  },
  {
    set: "form",
    goal: 0.3,
    make: (make) =>
      form("/account/profile", {
        name: make.of(NAMES),
        email: email(make),
        about: text(make),
        csrf_token: make.token(40),
        "address[street]": "12 Rue de l'Église & Co.",
        q: make.of(SEARCHES),
      }),
  },
  {
    set: "search boxes",
    goal: 0.3,
    make: (make) => ({
      "http.request.method": "GET",
      "url.path": "/search",
      "url.query": new URLSearchParams({
        q: make.of(SEARCHES),
        page: String(make.below(9)),
        sort: "-created,name",
      }).toString(),
    }),
  },
  {
    set: "cookies",
    goal: 0,
    make: (make) => ({
      "http.request.method": "GET",
      "url.path": "/",
      "http.request.headers": { host: "shop.example", cookie: cookies(make) },
    }),
  },
  {
    set: "headers",
    goal: 0,
    make: (make) => ({
      "http.request.method": "GET",
      "url.path": "/items",
      "http.request.headers": browserHeaders(make),
    }),
  },
  ...Object.entries(VALUES).map(([name, values]) => ({
    set: `values: ${name}`,
    goal: 0.3,
    make: (make: Choices) => carry(make, make.of(values)),
  })),
];

/** One value where clients put it: a query, a form, a field of JSON, a text. */
function carry(make: Choices, value: string): Partial<ApiEvent> {
  // Lines are typed into forms, not into addresses.
  const place = value.includes("\n") ? 1 + make.below(3) : make.below(4);
  if (place === 0) {
    return {
      "http.request.method": "GET",
      "url.path": "/items",
      "url.query": new URLSearchParams({ text: value, page: String(make.below(9)) }).toString(),
    };
  }
  if (place === 1) return form("/items", { text: value, csrf_token: make.token(40) });
  if (place === 2) return body("/items", { id: uuid(make), text: value });
  return body("/items", value, "POST", "text/plain;charset=UTF-8");
}

/** @returns `count` requests of one kind, made from the fragments of one half */
export function benignRequests({ make }: Kind, half: Half, count: number): readonly ApiEvent[] {
  const choose = choices(half === "looked" ? 1 : 2, half);
  return Array.from({ length: count }, () => ({ ...emptyEvent(), ...make(choose) }));
}
