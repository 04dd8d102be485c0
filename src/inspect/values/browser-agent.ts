/**
 * User agents of ordinary browsers, which are most of all: one expression tells them for a third of what reading them
 * word by word costs. Whatever else a user agent is goes the long way.
 */
import { unshared } from "../../normalize/unshared.ts";

const PLATFORM =
  "(?:Windows NT [\\d.]{1,5}(?:; Win64; x64|; WOW64)?|Macintosh; Intel Mac OS X [\\d_.]{1,10}|X11; (?:Ubuntu; )?Linux x86_64|X11; CrOS x86_64 [\\d.]{1,16}|Linux; Android [\\d.]{1,6}(?:; [\\w -]{1,40})?|iPhone; CPU iPhone OS [\\d_]{1,8} like Mac OS X|iPad; CPU OS [\\d_]{1,8} like Mac OS X)(?:; rv:[\\d.]{1,12})?";
const ENGINE = "(?:AppleWebKit/[\\d.]{1,10} \\(KHTML, like Gecko\\)|Gecko/[\\d.]{1,10})";
const PRODUCT =
  "(?: (?:Chrome|Version|Safari|Mobile|Firefox|Edg|EdgA|OPR|CriOS|FxiOS|SamsungBrowser|Mobile Safari)(?:/[\\w.]{1,20})?){1,5}";
const BROWSER = new RegExp(`^Mozilla/5\\.0 \\(${PLATFORM}\\) ${ENGINE}${PRODUCT}$`);

/** The same few come again and again, and finding one costs a fifth of the expression. */
const seen = new Set<string>();
const MAX_SEEN = 4_096;
const LONGEST = 512;

export function isBrowserAgent(text: string): boolean {
  if (seen.has(text)) return true;
  if (!BROWSER.test(text)) return false;
  if (text.length > LONGEST) return true;
  if (seen.size >= MAX_SEEN) seen.clear();
  seen.add(unshared(text));
  return true;
}
