/**
 * Arguments that belong to one program: `net user x y /add`, `reg query HKLM`, `git clone https://`. Together with
 * the name they leave little doubt that a call is meant. Sources: Microsoft's Windows command reference, manual pages.
 */

const ENDS = "\\s{0,4}(?:$|[\"'|&;)`<>])";
const INSTALLERS =
  "install|reinstall|remove|purge|uninstall|update|upgrade|dist-upgrade|autoremove|full-upgrade|search|download|source|list";

const FORMS: readonly (readonly [names: string, args: string])[] = [
  [
    "net net1",
    `(?:user|localgroup|group|share|use|view|accounts|session|config|statistics|start|stop|time)(?:${ENDS}|.{0,80}\\s/(?:add|del(?:ete)?|domain|active|y|all|cache)|\\s{1,4}(?:\\\\\\\\|administrators?\\b|\\*))`,
  ],
  [
    "netsh",
    "(?:-\\w\\s{1,4}\\S{1,40}\\s{1,4})?(?:firewall|advfirewall|interface|int|wlan|winhttp|http|trace|dump|bridge|ipsec|lan|ras|winsock|dhcp|add|show|exec)\\b",
  ],
  [
    "wmic",
    "(?:/\\w|(?:process|os|computersystem|service|qfe|useraccount|product|logicaldisk|startup|share|group|nic|bios|cpu|diskdrive|job|ntdomain|sysaccount|volume|datafile|shadowcopy|environment|netuse|printer)\\b)",
  ],
  [
    "reg",
    "(?:add|query|delete|save|restore|export|import|load|unload|copy|compare)\\s{1,4}[\"']?(?:hk|\\\\\\\\)",
  ],
  [
    "sc",
    "(?:\\\\\\\\|(?:query|queryex|qc|create|config|start|stop|delete|failure|sdshow|sdset|enumdepend)\\b)",
  ],
  ["ps", "-?(?:a?u?xw*|aux\\w{0,4}|ef\\w{0,3}|-\\w)\\b"],
  ["ifconfig ipconfig ethtool", "(?:[a-z]{2,5}\\d{1,2}\\b|lo\\b|-|/)"],
  [
    "ip",
    "(?:-\\w{1,8}\\s{1,4}){0,3}(?:a|addr|address|r|route|l|link|n|neigh|rule|netns|maddr|tunnel)(?:\\s{1,4}(?:s|l|show|list|add|del|dev|get|set)\\b|\\s{0,4}(?:$|[|;&]))",
  ],
  [
    "type more copy xcopy robocopy move del erase ren start attrib",
    "[\"']?(?:[a-z]:[\\\\/]|%\\w{1,30}%|\\\\\\\\|\\.\\.?\\\\|/(?:b|min|max|wait|low|high|f|s|q|y|e)\\b)",
  ],
  ["source", `(?:\\.{0,2}|~)/\\S{1,80}${ENDS}`],
  [
    "mshta rundll32 regsvr32",
    "(?:[\"']?(?:javascript|vbscript|https?|about):|\\S{1,80}\\.(?:dll|hta|ocx|sct|cpl)\\b|/)",
  ],
  [
    "git",
    "(?:(?:clone|fetch|pull|push|ls-remote|archive|submodule|remote)\\s.{0,60}(?:https?://|ext::|git@|ssh://|--)|-c\\s|--\\w|config\\s{1,4}(?:--|-l\\b|\\w{1,20}\\.))",
  ],
  ["hg svn", "(?:clone|checkout|co|export|update|log|cat)\\s.{0,60}(?:https?://|ssh://|svn://|--)"],
  [`apt apt-get aptitude yum dnf apk brew zypper emerge`, `(?:-\\w{1,12}\\s{1,4}){0,3}(?:${INSTALLERS})\\b`],
  [
    "pip pip3 gem npm yarn pnpm cargo composer go conda cpan",
    "(?:-\\S{1,20}\\s{1,4}){0,3}(?:install|i|add|get|require|config|publish|uninstall|download)\\s{1,4}(?:-|[\\w@./:-]{2,60}" +
      ENDS +
      ")",
  ],
  [
    "docker podman kubectl nerdctl crictl helm oc",
    "(?:-\\S{1,30}\\s{1,4}){0,3}(?:run|exec|ps|images|inspect|pull|cp|kill|logs|get|describe|apply|delete|create|proxy|auth|config|version|info)\\b",
  ],
  [
    "systemctl service rc-service initctl",
    "(?:(?:--\\S{1,20}\\s{1,4})?(?:status|start|stop|restart|reload|enable|disable|mask|list-units|daemon-reload|is-active|show|cat)\\b|[\\w@.-]{2,40}\\s{1,4}(?:start|stop|restart|reload|status)" +
      ENDS +
      ")",
  ],
  [
    "chmod chown chgrp",
    "(?:-\\w{1,4}\\s{1,4})?(?:[0-7]{3,4}|[ugoa]{0,3}[+=-][rwxst]{1,4}|[a-z_][\\w-]{0,30}(?::[\\w-]{0,30})?)\\s{1,4}\\S",
  ],
  ["kill pkill killall", "-(?:\\d{1,2}|[a-z]{3,8})\\b"],
  ["dd", "(?:if|of|bs|count)="],
  ["tar", "-?[cxtrz][a-z]{1,5}\\s{1,4}\\S"],
  [
    "find",
    "(?:\\.{0,2}/|\\.\\s|~).{0,80}\\s-(?:name|type|perm|exec|user|iname|size|delete|print|mtime|maxdepth)\\b",
  ],
  ["sleep", `\\d{1,4}(?:\\.\\d{1,3})?[smhd]?${ENDS}`],
  ["history", `(?:-[acdnrw]|\\d{1,4})${ENDS}`],
  ["crontab", "-[eliru]\\b"],
  ["date", "(?:-[a-z]\\b|\\+[\"']?%)"],
  ["set", "(?:-[a-z]\\b|\\+[a-z]\\b|-o\\s|/[ap]\\b)"],
  ["trap", `.{1,80}\\s(?:exit|int|term|hup|debug|err|0)${ENDS}`],
  ["coproc function", "[\\w{(]"],
  ["at", "(?:now|\\d{1,2}:\\d\\d|noon|midnight|teatime|-[a-z]\\b)"],
  ["route", "(?:print|add|delete|-n)\\b"],
  ["shutdown", "(?:[-/][a-z]\\b|now\\b|\\+\\d)"],
  ["bcdedit cipher fsutil vssadmin wbadmin wevtutil diskpart sfc dism", "(?:/\\w|\\w{2,20}\\s{1,4}\\w)"],
];

const BY_NAME: ReadonlyMap<string, RegExp> = new Map(
  FORMS.flatMap(([names, args]) => {
    const pattern = new RegExp(`^\\s{1,8}${args.startsWith("(") ? args : `(?:${args})`}`, "i");
    return names.split(" ").map((name) => [name, pattern] as const);
  }),
);

/** How far arguments are read. */
const READ = 160;

/** @param rest what stands after the program's name, the white space first */
export function hasOwnArguments(name: string, rest: string): boolean {
  return BY_NAME.get(name)?.test(rest.slice(0, READ)) ?? false;
}
