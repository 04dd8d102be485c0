/** A mail server on loopback: keeps what came, as it came, and refuses what it is told to. */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** As on the wire. */
  readonly raw: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: Mail[];
  /** SMTP reply code of the next messages; 250 takes them. */
  reply: number;
  close(): Promise<void>;
}

export async function openMailServer(user: string, password: string): Promise<MailServer> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth({ username, password: given }, _session, done) {
      if (username === user && given === password) done(undefined, { user });
      else done(new Error("wrong password"));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (mailServer.reply !== 250) {
          return done(Object.assign(new Error("not now"), { responseCode: mailServer.reply }));
        }
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, raw: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const mailServer: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    reply: 250,
    close: () => new Promise((done) => server.close(done)),
  };
  return mailServer;
}
