/** Mail: a text and an HTML part that say the same. Addresses come from the settings alone. */
import { createTransport } from "nodemailer";
import { htmlText } from "../../report/html/escape.ts";
import type { MailSettings } from "../settings.ts";
import type { SendResult, Sink } from "../sink.ts";
import { type Words, wordsOf } from "../words.ts";

const MAX_SUBJECT = 150;

export function emailSink(settings: MailSettings, timeoutMs: number): Sink {
  const { host, port, tls, user, password, from, from_name, to } = settings;
  const transport = createTransport({
    host,
    port,
    secure: tls === "tls",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: "email",
    async send(notice, signal) {
      if (signal.aborted) return late(signal, host);
      const words = wordsOf(notice);
      const domain = from.slice(from.lastIndexOf("@") + 1);
      const incident = notice.incident.id.replace(/[^\w.-]/g, "_");
      const sending = transport.sendMail({
        from: { name: from_name, address: from },
        to: [...to],
        subject: subjectOf(words),
        // The same for every attempt, so that a mail server or a reader can drop a repeated one.
        messageId: `<${notice.id}@${domain}>`,
        references: [`<incident-${incident}@${domain}>`],
        headers: { "Auto-Submitted": "auto-generated", "X-Vedette-Notice": notice.id },
        text: textOf(words),
        html: htmlOf(words),
      });
      return Promise.race([sending.then(accepted, refused), late(signal, host)]);
    },
    close: () => transport.close(),
  };
}

const accepted = (): SendResult => ({ ok: true });

/** SMTP replies of 5xx are final (RFC 5321, 4.2.1), except those to signing in: a person can repair them. */
function refused(cause: unknown): SendResult {
  const { responseCode, code } = cause as { responseCode?: number; code?: string };
  const final = responseCode !== undefined && responseCode >= 500 && code !== "EAUTH";
  const said = responseCode === undefined ? (code ?? "no connection") : `reply ${responseCode}`;
  return { ok: false, again: !final, error: `The mail server did not take it: ${said}` };
}

function late(signal: AbortSignal, host: string): Promise<SendResult> {
  return new Promise((done) => {
    const answer = () => done({ ok: false, again: true, error: `${host} did not answer in time` });
    if (signal.aborted) answer();
    else signal.addEventListener("abort", answer, { once: true });
  });
}

function subjectOf({ lead, title }: Words): string {
  return `[Vedette] ${lead}: ${title}`.slice(0, MAX_SUBJECT).replace(/[\ud800-\udbff]$/, "");
}

function textOf({ lead, title, facts, paragraphs, url }: Words): string {
  return [
    `${lead}: ${title}`,
    facts.map(({ label, value }) => `${label}: ${value}`).join("\n"),
    ...paragraphs,
    ...(url === undefined ? [] : [`Open in Vedette: ${url}`]),
    "",
  ].join("\n\n");
}

function htmlOf({ lead, title, facts, paragraphs, url }: Words): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th align="left" style="padding-right:16px">${label}</th><td>${htmlText(value)}</td></tr>`,
  );
  const link = url === undefined ? "" : `<p><a href="${htmlText(url)}">Open in Vedette</a></p>`;
  return `<!doctype html><html lang="en"><body style="font-family:sans-serif">
<h2 style="font-size:18px">${lead}: ${htmlText(title)}</h2>
<table style="font-size:14px">${rows.join("")}</table>
${paragraphs.map((paragraph) => `<p style="font-size:14px">${htmlText(paragraph)}</p>`).join("\n")}
${link}</body></html>`;
}
