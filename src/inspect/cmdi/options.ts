/**
 * Options that make a harmless program run or write something: nothing but an argument is needed where a value
 * becomes one (CWE-88). Sources: GTFOBins, the manuals of git, ssh, tar, rsync, zip, curl, wget, find, psql, man.
 */
import type { Match, Reading } from "../detector.ts";

const OPTION =
  /(?:^|[\s"'])(?:-o\s{0,2}proxycommand[= ]|-o\s{0,2}(?:permitlocalcommand|localcommand)[= ]|--(?:upload|receive)-pack[= ]\S|--open-files-in-pager[= ]|--exec[= ][`$\w/.-]{1,60}|--use-compress-program[= ]|--checkpoint-action[= ]exec|--to-command[= ]|--rsh-command[= ]|--rsh[= ]|--info-script[= ]|--config(?:-env)?[= ](?:core|alias|http|protocol|credential|diff|filter)\.|-c\s{0,2}(?:core\.(?:pager|editor|sshcommand|gitproxy|fsmonitor|hookspath)|alias\.\w{1,20}|protocol\.ext\.allow)[= ]|--unzip-command[= ]|-t{1,2}\s{1,2}-?tt?\s{0,2}["']?\w{1,20}\s{0,2}["']?$|--(?:post|body)-file[= ]\S|--use-askpass[= ]|--input-file[= ]\/|--output(?:-document)?[= ](?:\/|\.\.|\S{1,60}\.(?:php|jsp|aspx?|sh|py)\b)|--pager[= ]\S|--html=\S|--eval[= ]\S|--require[= ]\.{0,2}\/|--import[= ](?:data|https?|file):|--gpg-program[= ]|--renderer-cmd-prefix[= ]|--gpu-launcher[= ]|--utility-cmd-prefix[= ]|--browser[= ][`$/\w]|-exec(?:dir)?\s{1,4}[\w/.]{1,60}.{0,80}(?:;|\+)\s{0,4}$|-be\s{0,2}\$\{run)/;

const TRANSPORT = /(?:^|[\s"'=])ext::\s{0,2}[\w/.-]{1,40}/;

export function* findOptions({ lower }: Reading): Generator<Match> {
  const transport = lower.includes("ext::") ? TRANSPORT.exec(lower) : null;
  const found = transport ?? (lower.includes("-") ? OPTION.exec(lower) : null);
  if (found === null) return;
  yield {
    rule: "cmdi/option",
    score: transport === null ? 0.6 : 0.65,
    reason: "An option that makes another program run a command or write a file.",
    start: found.index,
    end: Math.min(lower.length, found.index + found[0].length + 40),
  };
}
