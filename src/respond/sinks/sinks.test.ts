/** Every sink against a real server on loopback, by one suite; then what each of them writes. */
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { SECRET, settingsOf } from "../../../test/support/alert-route.ts";
import { hostileMessage, messageOf } from "../../../test/support/hostile-notice.ts";
import { type MailServer, openMailServer } from "../../../test/support/mail-server.ts";
import { openReceiver, type Received, type Receiver } from "../../../test/support/receiver.ts";
import { sinkSuite } from "../../../test/support/sink-suite.ts";
import { noticeSchema } from "../notice.ts";
import { openSink } from "../open-sink.ts";
import type { Sink } from "../sink.ts";
import { discordMessage } from "./discord.ts";
import { slackMessage } from "./slack.ts";
import { teamsMessage } from "./teams.ts";

const NOW = Date.UTC(2026, 2, 3);
const HOST = "127.0.0.1";
let receiver: Receiver;
let mail: MailServer;
beforeAll(async () => {
  receiver = await openReceiver();
  mail = await openMailServer("vedette", "a password");
});
afterAll(async () => {
  await receiver.close();
  await mail.close();
});
beforeEach(() => {
  receiver.answer = { status: 200 };
  mail.reply = 250;
});

function sinkOf(sink: object, allow_hosts = [HOST]): Sink {
  const settings = settingsOf({ allow_hosts: [HOST], routes: [{ name: "ops", sink }] });
  const [route] = settings.routes;
  if (route === undefined) throw new Error("one route went in");
  return openSink(route.sink, { allowed: new Set(allow_hosts), timeoutMs: 2_000, now: () => NOW });
}
const webhook = (url: string) => sinkOf({ kind: "webhook", url, secret: SECRET });
const email = (change: object = {}) =>
  sinkOf({
    kind: "email",
    host: HOST,
    port: mail.port,
    tls: "none",
    from: "vedette@example.com",
    to: ["ops@example.com", "night@example.com"],
    ...change,
  });
const nothing: Received = { headers: {}, body: "" };
const later = () => AbortSignal.timeout(10_000);

describe.each(["webhook", "slack", "discord", "teams"])("%s", (kind) => {
  const open = (url: string) => sinkOf(kind === "webhook" ? { kind, url, secret: SECRET } : { kind, url });
  sinkSuite(() => ({
    sink: open(receiver.url),
    nowhere: open(`http://${HOST}:1/`),
    arrived: () => receiver.received.map(({ body }) => body),
    behave(how) {
      receiver.answer = { status: { take: 200, "not now": 503, never: 410 }[how] };
    },
  }));

  it("sends the same id with every attempt", async () => {
    await open(receiver.url).send(messageOf({}, "n-7"), later());
    await open(receiver.url).send(messageOf({}, "n-7"), later());
    const [first, second] = receiver.received.slice(-2);
    expect([first?.headers["idempotency-key"], second?.headers["idempotency-key"]]).toEqual(["n-7", "n-7"]);
    expect(first?.body).toBe(second?.body);
  });
});

describe("email", () => {
  sinkSuite(() => ({
    sink: email(),
    nowhere: email({ port: 1 }),
    arrived: () => mail.mails.map(({ raw }) => readable(raw)),
    behave(how) {
      mail.reply = { take: 250, "not now": 451, never: 554 }[how];
    },
  }));

  it("has no header, no recipient and no markup from a log", async () => {
    await email().send(hostileMessage(), later());
    const { raw = "", to } = mail.mails.at(-1) ?? {};
    expect(to).toEqual(["ops@example.com", "night@example.com"]);
    const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
    expect(head).not.toMatch(/^bcc:/im);
    expect(head).toMatch(/^Message-ID: <n-1@example.com>$/im);
    const html = readable(raw).split("<!doctype html>")[1] ?? "";
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it("signs in, and says that it could not", async () => {
    expect(await email({ user: "vedette", password: "a password" }).send(messageOf(), later())).toEqual({
      ok: true,
    });
    const wrong = await email({ user: "vedette", password: "another" }).send(messageOf(), later());
    expect(wrong).toMatchObject({ ok: false, again: true });
    expect(JSON.stringify(wrong)).not.toContain("another");
  });

  it("sends nothing over a connection that should have been encrypted", async () => {
    const before = mail.mails.length;
    expect(await email({ tls: "starttls" }).send(messageOf(), later())).toMatchObject({ ok: false });
    expect(mail.mails.length).toBe(before);
  });
});

describe("webhooks", () => {
  it("are signed over id, time and body", async () => {
    await webhook(receiver.url).send(messageOf(), later());
    const { headers, body = "" } = receiver.received.at(-1) ?? nothing;
    const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    expect(headers["webhook-signature"]).toBe(
      `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
    );
    expect(headers["webhook-timestamp"]).toBe(String(NOW / 1000));
    expect(JSON.parse(body)).toEqual(messageOf());
  });

  it("are found genuine by the example in docs/alerts.md, and not when anything was changed", async () => {
    const manual = readFileSync(join(import.meta.dirname, "../../../docs/alerts.md"), "utf8");
    const example = /```js\n([\s\S]*?)```/.exec(manual)?.[1] ?? "";
    const folder = mkdtempSync(join(tmpdir(), "vedette-signature-"));
    const file = join(folder, "example.mjs");
    writeFileSync(file, `${example}export { isGenuine };\n`);
    const { isGenuine } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    rmSync(folder, { recursive: true });
    const settings = { kind: "webhook", url: receiver.url, secret: SECRET } as const;
    const sink = openSink(settings, { allowed: new Set([HOST]), timeoutMs: 2_000, now: Date.now });
    await sink.send(messageOf(), later());
    const { headers, body } = receiver.received.at(-1) ?? nothing;
    expect(isGenuine(headers, body, SECRET)).toBe(true);
    expect(isGenuine(headers, `${body} `, SECRET)).toBe(false);
    expect(isGenuine({ ...headers, "webhook-id": "n-2" }, body, SECRET)).toBe(false);
    expect(isGenuine({ ...headers, "webhook-timestamp": "1" }, body, SECRET)).toBe(false);
    expect(isGenuine(headers, body, Buffer.alloc(32).toString("base64"))).toBe(false);
  });

  it("have the form that docs/notice.schema.json describes", () => {
    const schema = z.toJSONSchema(z.object({ id: z.string() }).extend(noticeSchema.shape));
    const file = join(import.meta.dirname, "../../../docs/notice.schema.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
    expect(noticeSchema.safeParse(hostileMessage()).success).toBe(true);
  });

  it("wait as long as the receiver asks, in seconds or until a date", async () => {
    for (const [header, waitMs] of [
      ["7", 7_000],
      [new Date(NOW + 90_000).toUTCString(), 90_000],
      ["99999999", 21_600_000],
      ["soon", undefined],
    ] as const) {
      receiver.answer = { status: 429, headers: { "retry-after": header } };
      const result = await webhook(receiver.url).send(messageOf(), later());
      expect(result).toMatchObject({ ok: false, again: true });
      expect(result.ok ? undefined : result.waitMs).toBe(waitMs);
    }
  });

  it("follow no redirect", async () => {
    const other = await openReceiver();
    receiver.answer = { status: 307, headers: { location: other.url } };
    const result = await webhook(receiver.url).send(messageOf(), later());
    expect(result).toMatchObject({ ok: false, again: true, error: expect.stringContaining("redirects") });
    expect(other.received).toEqual([]);
    await other.close();
  });

  it("read no more of an answer than they need, and wait no longer than they may", async () => {
    receiver.answer = { status: 200, body: Buffer.alloc(50_000_000) };
    expect(await webhook(receiver.url).send(messageOf(), later())).toEqual({ ok: true });
    receiver.answer = { status: 200, silent: true };
    const result = await webhook(receiver.url).send(messageOf(), AbortSignal.timeout(100));
    expect(result).toEqual({ ok: false, again: true, error: `${HOST} did not answer in time` });
  });

  it("do not reach a private address that the settings do not name, and tell no secret of the URL", async () => {
    const before = receiver.received.length;
    const secretive = sinkOf({ kind: "slack", url: receiver.url.replace("/hook", "/T00/B00/xoxsecret") }, []);
    const plain = await secretive.send(messageOf(), later());
    expect(plain).toMatchObject({ ok: false, error: `${HOST} is not reached over https` });
    const hidden = sinkOf({ kind: "slack", url: "https://2130706433/xoxsecret" }, []);
    const result = await hidden.send(messageOf(), later());
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining("not a public address") });
    expect(JSON.stringify([plain, result])).not.toContain("xoxsecret");
    expect(receiver.received.length).toBe(before);
  });

  it("connect to the address that was checked, whatever the name leads to later", async () => {
    let asked = 0;
    const { port } = new URL(receiver.url);
    const sink = openSink(
      { kind: "slack", url: `http://rebinding.test:${port}/` },
      {
        allowed: new Set(["rebinding.test"]),
        timeoutMs: 2_000,
        now: () => NOW,
        async resolve() {
          asked++;
          return [{ address: HOST, family: 4 }];
        },
      },
    );
    expect(await sink.send(messageOf(), later())).toEqual({ ok: true });
    expect(asked).toBe(1);
    expect(receiver.received.at(-1)?.headers.host).toBe(`rebinding.test:${port}`);
  });
});

/** Every text of a payload, with the key it stands under. */
function texts(value: unknown, under = ""): [string, string][] {
  if (typeof value === "string") return [[under, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => texts(each, Array.isArray(value) ? under : key));
}

describe("text from a log", () => {
  const link = "https://vedette.example.com/incidents/";

  it("is no markup, mention or link in Slack", () => {
    const all = texts(slackMessage(hostileMessage())).filter(([key]) => key === "text");
    for (const [, text] of all) {
      const rest = text.replace(
        /<https:\/\/vedette\.example\.com\/incidents\/[^|<> ]*\|Open( in Vedette)?>/,
        "",
      );
      expect(rest).not.toMatch(/[<>]/);
    }
    const { text } = slackMessage(hostileMessage()) as { text: string };
    expect(text.split("`").length).toBe(3);
    for (const block of (slackMessage(hostileMessage()) as { blocks: { text?: { text: string } }[] }).blocks)
      expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
  });

  it("is no markup, mention or link in Discord, within its limits", () => {
    const message = discordMessage(hostileMessage()) as {
      allowed_mentions: object;
      embeds: { title: string; description: string; fields: { value: string }[] }[];
    };
    expect(message.allowed_mentions).toEqual({ parse: [] });
    const [embed] = message.embeds;
    const values = [
      embed?.title ?? "",
      embed?.description ?? "",
      ...(embed?.fields ?? []).map((f) => f.value),
    ];
    for (const value of values) {
      expect(value.replace(/\\[^a-z0-9\s]/gi, "")).not.toMatch(/[\\*_~`|<>@#[\]()!]|:\/\//);
      expect(value).not.toMatch(/(?<!\\)(\\\\)*\\…$/);
    }
    expect(embed?.title.length).toBeLessThanOrEqual(256);
    expect(embed?.description.length).toBeLessThanOrEqual(4_096);
    expect(values.join("").length).toBeLessThanOrEqual(6_000);
  });

  it("stands in Teams only where Markdown is not read, and calls no function of cards", () => {
    const message = teamsMessage(hostileMessage());
    const card = JSON.stringify(message);
    expect(card).not.toContain('"TextBlock"');
    expect(card).not.toContain('"FactSet"');
    expect(card).not.toMatch(/\{\{|\$\{/);
    expect(card.length).toBeLessThan(28_000);
    expect(texts(message).filter(([key]) => key === "url")).toEqual([["url", expect.stringContaining(link)]]);
  });

  it("has no controls or reversals anywhere that a person reads it", () => {
    for (const message of [slackMessage, discordMessage, teamsMessage]) {
      for (const [, text] of texts(message(hostileMessage())))
        expect(text.replace(/[\n\u2060]/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
  });
});

/** The parts of a mail as text: quoted-printable and base64 undone, HTML left as it is. */
function readable(raw: string): string {
  const parts = raw.split(/^--[^\r\n]+\r\n/m);
  return parts
    .map((part) => {
      const [head = "", ...rest] = part.split("\r\n\r\n");
      const body = rest.join("\r\n\r\n");
      if (/base64/i.test(head)) return Buffer.from(body, "base64").toString();
      if (!/quoted-printable/i.test(head)) return body;
      const bytes = body
        .replace(/=\r\n/g, "")
        .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return Buffer.from(bytes, "latin1").toString();
    })
    .join("\n");
}
