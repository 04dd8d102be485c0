/** Paths of programs and system files, also where quotes, empty variables and wildcards keep a filter from seeing them. */

import type { Context } from "../context.ts";
import type { Match, Reading } from "../detector.ts";
import { secretFileIn } from "../file/targets.ts";
import { wordList } from "../lexicon.ts";
import { matchesGlob } from "./glob.ts";
import { CERTAIN, LIKELY, SPOKEN, TELEMETRY } from "./lexicon.ts";

export function* findPaths({ text, lower }: Reading, { place, name }: Context): Generator<Match> {
  if (text.length > LONGEST || !lower.includes("/") || place === "path" || place === "segment") return;
  if (!TELEMETRY.has(name.toLowerCase())) yield* program(lower);
  yield* brokenPath(lower);
  yield* wildPath(lower);
}

/** A shell's word that means a path is short; longer texts name programs without calling them. */
const LONGEST = 200;

const PROGRAM =
  /(?:^|[\s"'=;|&(`$<>])(\/?(?:usr\/)?(?:local\/)?s?bin\/([a-z][\w.-]{0,30}))(?=$|[\s"';|&)`<>])/;

function* program(lower: string): Generator<Match> {
  const found = PROGRAM.exec(lower);
  const [, path = "", name = ""] = found ?? [];
  if (found === null || !(CERTAIN.has(name) || LIKELY.has(name) || SPOKEN.has(name))) return;
  const end = found.index + found[0].length;
  yield {
    rule: "cmdi/shell-path",
    score: 0.5,
    reason: `The value names the program ${name} by its path.`,
    start: end - path.length,
    end,
  };
}

/** What a shell drops from the middle of a word: quotes, backslashes, variables that are not set. */
const DROPPED = /(?<=[a-z/])(?:["'\\^]+|\$[@*!]|\$\(\)|``)(?=[a-z/])/g;

function* brokenPath(lower: string): Generator<Match> {
  if (!/["'\\$`^]/.test(lower)) return;
  const joined = lower.replace(DROPPED, "");
  if (joined.length === lower.length) return;
  const at = joined.search(/\/(?:etc|proc|s?bin|usr|root|var|dev)\//);
  const target = secretFileIn(joined);
  const hidden =
    (target !== undefined && secretFileIn(lower) === undefined && target.name.startsWith("etc/")) ||
    (at >= 0 && PROGRAM.test(joined) && !PROGRAM.test(lower));
  if (!hidden) return;
  yield {
    rule: "cmdi/hidden-path",
    score: 0.7,
    reason: "Quotes or empty variables inside a path keep a filter from knowing it; a shell drops them.",
    start: 0,
    end: lower.length,
  };
}

/** What wildcards are aimed at. */
const AIMED_AT =
  wordList(`/etc/passwd /etc/shadow /etc/hosts /etc/group /etc/sudoers /etc/issue /bin/cat /bin/ls /bin/sh /bin/bash
  /bin/nc /bin/id /usr/bin/id /usr/bin/whoami /usr/bin/curl /usr/bin/wget /usr/bin/python3 /usr/bin/perl /bin/ping
  /bin/uname /usr/bin/nc /usr/bin/base64 /bin/ps /usr/bin/head /usr/bin/tail /proc/self/environ /proc/version /proc/cpuinfo /etc/crontab /etc/fstab /etc/resolv.conf /root/.ssh/id_rsa`);
const WILD = /(?:^|[\s"'=;|&(`<])(\/[\w./?*[\]{}!-]{3,40})/g;
const MOST = 4;
/** Found by a class of letters, which nothing but a shell's pattern puts into a directory's name. */
const DIRECTORIES = wordList(
  "/etc /bin /usr /var /tmp /dev /proc /root /home /sbin /opt /usr/bin /var/log /etc/ /bin/",
);

function* wildPath(lower: string): Generator<Match> {
  if (!/[?*[]/.test(lower)) return;
  let tried = 0;
  for (const found of lower.matchAll(WILD)) {
    if (tried++ >= MOST) return;
    const pattern = found[1] ?? "";
    if (!/[?*[]/.test(pattern)) continue;
    // `/*` and `/api/*` are meant for every path: three letters of the target must be there.
    const told = pattern.replace(/\[.\]|[^a-z]/g, "").length >= 3;
    const target =
      (told ? AIMED_AT.find((path) => matchesGlob(pattern, path)) : undefined) ??
      (/\[[^\][]{1,40}\]/.test(pattern) && !/[*?]/.test(pattern)
        ? DIRECTORIES.find((path) => matchesGlob(pattern, path))
        : undefined);
    if (target === undefined) continue;
    const end = found.index + found[0].length;
    yield {
      rule: "cmdi/wildcard",
      score: 0.65,
      reason: `A shell finds ${target} by this pattern.`,
      start: end - pattern.length,
      end,
    };
    return;
  }
}
