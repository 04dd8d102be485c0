/** What is known about a value besides its text: where it stands, and what its name says it holds. */
import { createTextCache } from "./cache.ts";
import type { Place, Value } from "./values/value.ts";

/**
 * What values of this name usually hold. `unknown` is most; the others raise or lower what a detector makes of
 * the same text: a shell command is expected in `cmd` by an attacker only, source code in `snippet` by everybody.
 */
export type Role =
  | "unknown"
  | "code"
  | "markup"
  | "url"
  | "redirect"
  | "file"
  | "command"
  | "secret"
  | "filter"
  | "template";

export interface Context {
  readonly place: Place;
  readonly name: string;
  readonly role: Role;
  /** The steps that led to the reading at hand. */
  readonly trail: readonly string[];
  /** The value as sent. */
  readonly raw: string;
  /** Percent escapes are part of the transport here. */
  readonly escaped: boolean;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const ROLES: readonly (readonly [Role, readonly string[]])[] = [
  [
    "code",
    words(`code source sourcecode snippet diff patch stacktrace stack backtrace traceback regex regexp pattern cron
      crontab css stylesheet script_source log logs logline stdout stderr gist program ddl migration notebook cell
      dockerfile makefile yaml toml config_text graphql document_text`),
  ],
  [
    "markup",
    words("html markup richtext rich_text content_html body_html wysiwyg innerhtml outerhtml rendered dom"),
  ],
  [
    "redirect",
    words(`redirect redirect_uri redirect_url redirecturl redirecturi redir return returnurl return_url returnto
      return_to next continue goto forward dest destination callback callback_url success_url cancel_url rurl
      backurl back_url exit_url logout_url login_url relaystate service checkout_url`),
  ],
  [
    "url",
    words(`url uri link href src source_url image image_url img avatar icon logo webhook webhook_url hook endpoint
      feed feed_url proxy fetch remote origin host domain site api_url base_url file_url download import_url
      target page_url homepage website ref referrer dl dr`),
  ],
  [
    "file",
    words(`file filename file_name filepath file_path path dir directory folder page include inc require template tpl
      view layout module document doc pdf theme lang language locale download load read style skin root basedir
      attachment upload log conf config`),
  ],
  [
    "command",
    words("cmd command exec execute run shell system ping host ip daemon process do func function action"),
  ],
  [
    "secret",
    words(`password passwd pwd pass passphrase secret client_secret token access_token refresh_token id_token
      api_key apikey api-key x-api-key authorization proxy-authorization auth credential credentials pin cvv cvc
      otp session sessionid session_id sid jsessionid phpsessid asp.net_sessionid connect.sid csrf csrf_token
      xsrf-token x-csrf-token x-xsrf-token private_key signature new_password old_password current_password
      password_confirmation remember_token x-auth-token x-access-token`),
  ],
  [
    "filter",
    words(
      "filter where q query search sql jql kql soql cql rsql expression condition criteria fql gql $filter",
    ),
  ],
  [
    "template",
    words("template_body message_template subject_template email_template handlebars mustache liquid"),
  ],
];

/** First entry wins, so that the order above settles names that say two things. */
const BY_NAME: ReadonlyMap<string, Role> = (() => {
  const map = new Map<string, Role>();
  for (const [role, names] of ROLES) {
    for (const name of names) if (!map.has(name)) map.set(name, role);
  }
  return map;
})();

const BY_ENDING: readonly (readonly [string, Role])[] = [
  ["password", "secret"],
  ["passwd", "secret"],
  ["secret", "secret"],
  ["token", "secret"],
  ["apikey", "secret"],
  ["session", "secret"],
  ["html", "markup"],
  ["redirect", "redirect"],
  ["url", "url"],
  ["uri", "url"],
  ["filename", "file"],
  ["path", "file"],
  ["snippet", "code"],
  ["stacktrace", "code"],
];

/** Roles of names seen, which recur with every request. */
const known = createTextCache<Role>(4_096);

export function roleOf(name: string): Role {
  if (name.length === 0 || name.length > 80) return "unknown";
  const kept = known.get(name);
  if (kept !== undefined) return kept;
  const role = readRole(name);
  known.set(name, role);
  return role;
}

function readRole(name: string): Role {
  const plain = lastKey(name).toLowerCase();
  const role = BY_NAME.get(plain);
  if (role !== undefined) return role;
  for (const [ending, ofEnding] of BY_ENDING) if (plain.endsWith(ending)) return ofEnding;
  return "unknown";
}

/** `user[password]` and `body.card.token` are about their last key. */
function lastKey(name: string): string {
  let end = name.length;
  while (end > 0 && (name.charCodeAt(end - 1) === 93 || name.charCodeAt(end - 1) === 91)) end--;
  const from = Math.max(name.lastIndexOf("[", end - 1), name.lastIndexOf(".", end - 1));
  const key = name.slice(from + 1, end);
  return key.length === 0 || /^\d+$/.test(key) ? name : key;
}

const LINES = /\n[^\n]*\n/;

/** `code` is as often a voucher or a grant as a program: only several lines of it are taken for one. */
function roleFor(value: Value): Role {
  const role = roleOf(value.name);
  return role === "code" && !LINES.test(value.text) ? "unknown" : role;
}

export function contextOf(value: Value): Context {
  return {
    place: value.place,
    name: value.name,
    role: roleFor(value),
    trail: [],
    raw: value.text,
    escaped: value.escaped,
  };
}
