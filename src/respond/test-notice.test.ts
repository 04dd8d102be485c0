import { afterAll, beforeAll, expect, it } from "vitest";
import { SECRET, settingsOf } from "../../test/support/alert-route.ts";
import { type MailServer, openMailServer } from "../../test/support/mail-server.ts";
import { openReceiver, type Receiver } from "../../test/support/receiver.ts";
import { type Alerts, openAlerts } from "./alerts.ts";
import { noticeSchema } from "./notice.ts";
import { signatureOf, signingKey } from "./sign.ts";

const NOW = Date.UTC(2026, 2, 3);
let receiver: Receiver;
let mails: MailServer;
const opened: Alerts[] = [];

beforeAll(async () => {
  receiver = await openReceiver();
  mails = await openMailServer("vedette", "a password");
});
afterAll(async () => {
  for (const alerts of opened) alerts.close();
  await receiver.close();
  await mails.close();
});

/** @param sink of a route "ops" */
function alertsOf(sink: object, change: object = {}): Alerts {
  const settings = settingsOf({ routes: [{ name: "ops", sink }], ...change });
  const alerts = openAlerts({ settings, now: () => NOW, log: () => {} });
  opened.push(alerts);
  return alerts;
}
const allowed = { allow_hosts: ["127.0.0.1"] };

it("goes to a webhook in the form of every notice, signed", async () => {
  const alerts = alertsOf({ kind: "webhook", url: receiver.url, secret: SECRET }, allowed);
  expect(await alerts.test("ops")).toEqual({ ok: true });
  const { headers, body } = receiver.received.at(-1) ?? { headers: {}, body: "" };
  const { id, ...document } = JSON.parse(body);
  expect(noticeSchema.parse(document)).toEqual(document);
  expect(document).toMatchObject({ reason: "test", route: "ops", created_at: "2026-03-03T00:00:00.000Z" });
  const key = signingKey(SECRET) ?? Buffer.alloc(0);
  expect(headers["webhook-signature"]).toBe(signatureOf(key, id, Number(headers["webhook-timestamp"]), body));
});

it.each(["slack", "discord", "teams"])("says in %s that it is a test", async (kind) => {
  const alerts = alertsOf({ kind, url: receiver.url }, allowed);
  expect(await alerts.test("ops")).toEqual({ ok: true });
  const { body } = receiver.received.at(-1) ?? { body: "" };
  expect(body).toContain("INFO, test");
  expect(body).toContain("Nothing has happened");
});

it("goes by mail", async () => {
  const server = { host: "127.0.0.1", port: mails.port, tls: "none" };
  const alerts = alertsOf({ kind: "email", ...server, from: "vedette@example.com", to: ["ops@example.com"] });
  expect(await alerts.test("ops")).toEqual({ ok: true });
  expect(mails.mails.at(-1)?.raw).toMatch(/^Subject: .*INFO, test/m);
});

it("does not pass the guard where an alert would not", async () => {
  const before = receiver.received.length;
  const alerts = alertsOf({ kind: "webhook", url: receiver.url.replace("http:", "https:"), secret: SECRET });
  expect(await alerts.test("ops")).toMatchObject({ ok: false, error: /not a public address/ });
  expect(receiver.received).toHaveLength(before);
  expect(await alerts.test("nobody")).toBeUndefined();
});
