/** Why a file is no access log, in words for the person who named it. */

/** Logs that people have beside their access logs, by what their lines look like. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/\bsshd(?:-session)?\[\d+\]|pam_unix\(sshd/, "the log of an SSH server (sshd)"],
  [/\b(?:postfix|dovecot|exim|sendmail|amavis|opendkim)\b.*?[[:(]|SASL|imap-login/, "a mail server's log"],
  [/^(?:<\d+>)?.{0,48}type=[A-Z_]+ msg=audit\(|"SYSCALL"/, "the log of the Linux audit daemon"],
  [/kernel: .*(?:SRC=|DPT=|IN=)|filterlog|firewall,info|\bUFW BLOCK\b/, "a firewall's log"],
  [/"event_type":\s*"(?:alert|flow|dns|stats|tls)"|\[\*\*\] \[\d+:\d+:\d+\]/, "Suricata's or Snort's log"],
  [/ModSecurity: |\[id "\d+"\] \[|-{5}[A-Za-z\d]+---[A-Z]--/, "ModSecurity's log"],
  [/\b(?:FATAL|LOG|ERROR): {2}|\[Warning\] Access denied|"c":\s*"ACCESS"|\[Note\]/, "a database's log"],
  [/^<Event xmlns=/, "Windows events"],
  [/\b(?:cron|CRON|systemd|dhclient|NetworkManager|sudo|su)(?:\[\d+\])?: /, "a system log"],
  [/^\s*(?:at |Caused by:|Traceback|File ")/, "stack traces"],
];
/** Share of lines that must look alike for the log to be named. */
const SHARE = 0.3;
/** Share of control characters and broken UTF-8 that no text has. */
const BINARY_SHARE = 0.05;

/** True for images, archives, databases: a share of characters that logs do not have. */
export function isBinary(lines: readonly string[]): boolean {
  let odd = 0;
  let all = 0;
  for (const line of lines) {
    const looked = Math.min(line.length, 4096);
    all += looked + 1;
    for (let i = 0; i < looked; i++) {
      const code = line.charCodeAt(i);
      if ((code < 32 && code !== 9 && code !== 13 && code !== 27) || code === 0xfffd || code === 127) odd++;
    }
  }
  return odd > all * BINARY_SHARE;
}

/** @param best what came nearest, when anything did */
export function whyNot(lines: readonly string[], best: { title: string; lines: number } | undefined): string {
  const named = KNOWN.map(([pattern, name]) => ({
    name,
    count: lines.filter((line) => pattern.test(line)).length,
  }))
    .filter(({ count }) => count > 0 && count >= lines.length * SHARE)
    .toSorted((a, b) => b.count - a.count)[0];
  if (named !== undefined) return `This is ${named.name}: it has no HTTP requests.`;
  if (best !== undefined && best.lines > 0) {
    return `Only ${best.lines} of ${lines.length} lines could be requests (${best.title}); that is too few to go by.`;
  }
  const json = lines.filter((line) => /^\s*\{/.test(line)).length;
  if (json > lines.length * SHARE)
    return "These are JSON lines, but no field of theirs holds a method or a path of a request.";
  return "No line has a request in it: no method, path or status in any known format.";
}
