/**
 * Commands of mail servers, which take them line by line: SMTP (RFC 5321, 3030, 1985, 4954), POP3 (RFC 1939, 2449,
 * 5034) and IMAP (RFC 9051 and its extensions). A web form that speaks to one can be made to say more.
 */
import { wordList } from "../lexicon.ts";

const LINE = "[\\r\\n]\\s{0,4}";
const END = "\\s{0,4}(?:[\\r\\n]|$)";
const MECHANISM =
  "(?:plain|login|cram-md5|digest-md5|scram-sha-\\S{1,12}|xoauth2?|oauthbearer|ntlm|gssapi|external|anonymous)\\b";

const IMAP =
  wordList(`append authenticate capability check close copy create delete deleteacl enable examine expunge fetch getacl
  getmetadata getquota getquotaroot id idle list listrights login logout lsub move myrights namespace noop rename
  search select setacl setmetadata setquota sort starttls status store subscribe thread uid unselect unsubscribe`);
/** The tag before a command: letters with digits, as clients count. Digits alone number the lines of a list. */
const TAG = "[a-z]{1,2}\\d{1,5}";

/** What no other line begins with. */
export const MAIL_COMMAND = new RegExp(
  `${LINE}(?:${[
    "(?:rcpt\\s{1,4}to|(?:mail|send|soml|saml)\\s{1,4}from)\\s{0,4}:",
    "(?:ehlo|helo|lhlo)\\s{1,4}[\\w.[-]",
    '(?:vrfy|expn|etrn)\\s{1,4}[\\w@#<"]',
    `bdat\\s{1,4}\\d{1,9}(?:\\s{1,4}last)?${END}`,
    `(?:starttls|stls)${END}`,
    `auth\\s{1,4}${MECHANISM}`,
    `${TAG}\\s{1,4}(?:${IMAP.join("|")})(?:\\s|$)`,
    `(?:retr|dele|uidl)\\s{1,4}\\d{1,9}${END}`,
    "apop\\s{1,4}\\S{1,80}\\s{1,4}[\\da-f]{16}",
    "xtnd\\s{1,4}xmit|xclient\\s{1,4}\\w{1,10}=",
  ].join("|")})`,
  "i",
);

/** Commands that are words too: only a line that holds nothing else is one. */
export const MAIL_LINE = new RegExp(
  `${LINE}(?:${[
    `(?:data|quit|rset|noop|stat|uidl|capa|help|list|capability|logout)${END}`,
    `(?:help|send|soml|saml|list|user|pass)\\s{1,4}[\\w@.#-]{1,60}\\s{0,4}(?:\\d{1,4}\\s{0,4})?(?:[\\r\\n]|$)`,
    // The name of a mechanism of one's own, and the first answer in base64.
    `auth\\s{1,4}[\\w-]{1,20}(?:\\s{1,4}(?:=|[\\w+/]{4,200}={0,2}))?${END}`,
    `top\\s{1,4}\\d{1,9}(?:\\s{1,4}\\d{1,9})?${END}`,
  ].join("|")})`,
  "i",
);
