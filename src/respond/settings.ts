/** The alerts' part of the settings: where notices go, which, and when. Secrets may stand in the environment. */
import { z } from "zod";
import { CATEGORIES, OUTCOMES, SEVERITIES } from "../event.ts";
import { hostOf } from "./guard.ts";
import { endOfQuiet } from "./quiet-hours.ts";
import { signingKey } from "./sign.ts";

const MAX_ROUTES = 50;
const HOUR_MS = 3_600_000;
/** Quiet hours repeat weekly, so that any day tells whether they end. */
const SOME_DAY = Date.UTC(2026, 0, 1);

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is written HH:MM, 00:00 to 23:59");
const timeZone = z
  .string()
  .refine(isTimeZone, "Name a time zone of the IANA database, such as Europe/Berlin");
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** One window of each day; from a time to the same time is a whole day. The days are those on which it begins. */
const quietHours = z.strictObject({
  days: z
    .array(z.enum(DAYS))
    .min(1)
    .default([...DAYS]),
  from: clock,
  to: clock,
});
export type QuietHours = z.infer<typeof quietHours>;

const host = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9.:_-]+$/, "A host is a name or an address in lower case");
const httpUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((text) => {
    const url = new URL(text);
    return url.username === "" && url.password === "";
  }, "Leave user and password out of the URL");
const secret = z.string().refine((text) => signingKey(text) !== undefined, {
  message: "A signing secret is 24 to 64 random bytes in base64: openssl rand -base64 32",
});
const mailAddress = z.email().max(254);
const mailName = z
  .string()
  .max(100)
  .regex(/^[^\p{Cc}<>]*$/u, "A name without control characters, < and >");

const mail = z.strictObject({
  kind: z.literal("email"),
  host,
  port: z.coerce.number().int().min(1).max(65_535).default(587),
  /** "starttls" and "tls" (from the first byte, mostly port 465) need a good certificate. */
  tls: z.enum(["starttls", "tls", "none"]).default("starttls"),
  user: z.string().max(320).optional(),
  password: z.string().max(1_000).optional(),
  from: mailAddress,
  from_name: mailName.default("Vedette"),
  to: z.array(mailAddress).min(1).max(50),
});
const webhook = z.strictObject({ kind: z.literal("webhook"), url: httpUrl, secret });
const slack = z.strictObject({ kind: z.literal("slack"), url: httpUrl });
const discord = z.strictObject({ kind: z.literal("discord"), url: httpUrl });
const teams = z.strictObject({ kind: z.literal("teams"), url: httpUrl });

export type MailSettings = z.infer<typeof mail>;

const route = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, "A route's name has up to 50 of a-z 0-9 _ -"),
  sink: z.discriminatedUnion("kind", [webhook, slack, discord, teams, mail]),
  least_severity: z.enum(SEVERITIES).exclude(["info"]).default("medium"),
  /** Only incidents that have one of these; without a list all. */
  categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
  services: z.array(z.string().min(1).max(200)).min(1).max(1_000).optional(),
  outcomes: z.array(z.enum(OUTCOMES)).min(1).optional(),
  /** Changes of one incident within so many seconds are one notice. */
  group_seconds: z.coerce.number().int().min(0).max(86_400).default(30),
  quiet_hours: z.array(quietHours).max(20).default([]),
  time_zone: timeZone.default("UTC"),
  /** Incidents at least this severe do not wait for the end of quiet hours; "never": all wait. */
  quiet_except: z
    .enum([...SEVERITIES, "never"])
    .exclude(["info"])
    .default("critical"),
  /** Tells of an open incident again after so many hours without news; 0: not. */
  remind_hours: z.coerce.number().min(0).max(720).default(0),
  /** In a storm, what is over it waits, and takes up what happens meanwhile. */
  most_per_hour: z.coerce.number().int().min(1).max(10_000).default(100),
  most_reminders: z.coerce.number().int().min(1).max(100).default(3),
});

export const alertSettings = z
  .strictObject({
    routes: z.array(route).max(MAX_ROUTES).default([]),
    /** Hosts in private networks, or without TLS, that routes may send to. */
    allow_hosts: z.array(host).max(1_000).default([]),
    timeout_seconds: z.coerce.number().min(1).max(60).default(10),
    most_attempts: z.coerce.number().int().min(1).max(100).default(20),
  })
  .superRefine(({ routes, allow_hosts }, context) => {
    const names = new Set<string>();
    for (const [i, { name, sink, quiet_hours, time_zone }] of routes.entries()) {
      const say = (field: string, message: string) =>
        context.addIssue({ code: "custom", path: ["routes", i, field], message });
      if (names.has(name)) say("name", `There are two routes named ${name}`);
      names.add(name);
      if (endOfQuiet({ quiet_hours, time_zone }, SOME_DAY) === undefined)
        say("quiet_hours", "The quiet hours leave no time to send anything");
      if (sink.kind === "email") continue;
      const url = new URL(sink.url);
      if (url.protocol === "http:" && !allow_hosts.includes(hostOf(url)))
        say("sink", `Use https, or name ${hostOf(url)} in allow_hosts`);
    }
  });

export type AlertSettings = z.infer<typeof alertSettings>;
export type AlertRoute = z.infer<typeof route>;
export type SinkSettings = AlertRoute["sink"];

export const remindAfter = (route: AlertRoute): number => route.remind_hours * HOUR_MS;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
