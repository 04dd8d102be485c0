/** PHP: open tags, superglobals, calls that run or read, variable functions, configuration directives. */
import { isFollowedByWords, lastName, readCalls } from "../calls.ts";
import type { Match, Reading } from "../detector.ts";
import { wordSet } from "../lexicon.ts";
import { findSigns, signs } from "../signs.ts";

export const PHP_CALLS =
  wordSet(`system exec passthru shell_exec popen proc_open pcntl_exec eval assert create_function
  call_user_func call_user_func_array preg_replace_callback register_shutdown_function register_tick_function
  array_map array_filter usort uasort ob_start phpinfo base64_decode gzinflate gzuncompress gzdecode str_rot13
  file_put_contents file_get_contents fputs fwrite move_uploaded_file readfile highlight_file show_source php_uname
  get_defined_functions get_defined_vars getenv putenv ini_set ini_get dl unserialize extract parse_str
  proc_nice posix_getpwuid posix_kill scandir opendir glob unlink symlink getcwd include include_once require_once
  var_dump print_r error_log set_error_handler spl_autoload_register iterator_apply stream_socket_client fsockopen pfsockopen
  curl_exec php_strip_whitespace hex2bin strrev chr ord escapeshellcmd escapeshellarg mb_ereg_replace func_get_args
  gethostbyname touch printf sprintf fopen tmpfile tempnam chmod mkdir rmdir rename copy md5_file sha1_file
  parse_ini_file simplexml_load_file highlight_string is_callable function_exists getmyuid get_current_user intval
  floatval strval boolval crypt unpack pack serialize gettype settype var_export ucfirst lcfirst nl2br phpversion phpcredits
  strip_tags addslashes stripslashes constant define compact getmypid sleep usleep`);

/** First parts of names that only PHP's library has. */
const PREFIXES =
  /^(?:array|apache|base64|bz|call_user|class|ctype|curl|date|dba|debug|dir|disk|dns|easter|enchant|error|exif|expect|fdf|file|finfo|fprint|ftp|func_get|gc|get_(?:class|declared|defined|loaded|object|resource|current_user|cfg|include)|getmy|getprot|gmp|grapheme|gz|hash|header|html|http|iconv|ignore_user|image|imap|ini|inotify|intl|iptc|iterator|json|ldap|libxml|link|localeconv|mb|mcrypt|mhash|ming|msg|mysql|mysqli|net_get|ob|oci|odbc|openssl|opcache|output|pcntl|pdo|pg|php|posix|preg|proc|pspell|quoted|readline|realpath|register|restore|session|set_(?:error|exception|file|include|time)|shm|shmop|simplexml|snmp|socket|spl|sqlite|sqlsrv|ssh2|stats|stomp|str|stream|svn|sybase|sys|syslog|tidy|token|trader|utf8|var|variant|version|wddx|xdiff|xml|xmlrpc|xmlwriter|yaml|zend|zip|zlib)_\w{2,}$/;

export const PHP_SIGNS = [
  ...signs(
    "code/php-tag",
    "A PHP open tag: what follows would run where the value is written into a script.",
    {
      "<?php": 0.85,
      "<?=": 0.8,
      "[php]": 0.6,
      "[/php]": 0.55,
      "{php}": 0.6,
      '<script language="php"': 0.85,
      "<script language=php": 0.85,
    },
  ),
  ...signs("code/php-superglobal", "A PHP superglobal: the value reads the request from inside a script.", {
    "$_get[": 0.65,
    "$_post[": 0.65,
    "$_request[": 0.65,
    "$_cookie[": 0.65,
    "$_server[": 0.65,
    "$_files[": 0.65,
    "$_session[": 0.6,
    "$_env[": 0.65,
    "$globals[": 0.65,
    $http_raw_post_data: 0.6,
    "$_get{": 0.65,
    "$_server{": 0.65,
  }),
];

const SHORT_TAG = /<\?(?=[\s@$(:]|[a-z]{2,}\s*\()(?!xml|\s*xml)/i;
const SPACED_GLOBAL =
  /\$\s{0,8}_\s{0,8}(?:get|post|request|cookie|server|files|session|env|s\s{1,4}erver)\b|\$\s{0,8}globals\b/i;
const DIRECTIVE =
  /(?:^|[\s;&'"-]|-d\s)(?:allow_url_(?:include|fopen)|auto_(?:ap|pre)pend_file|open_basedir|disable_functions|disable_classes|safe_mode|memory_limit|max_execution_time|display_errors|error_log|extension_dir|include_path|mail\.add_x_header|mbstring\.[a-z_]{3,40}|opcache\.[a-z_]{3,40}|session\.[a-z_]{3,40}|zend\.[a-z_]{3,40}|unserialize_callback_func|user_ini\.[a-z_]{3,20}|upload_tmp_dir|register_globals|magic_quotes_gpc|short_open_tag|suhosin\.[a-z_.]{3,40}|cgi\.[a-z_]{3,40}|phar\.readonly|assert\.[a-z_]{3,30}|sys_temp_dir|sendmail_path|variables_order|variables_order|browscap|doc_root|enable_dl|expose_php)\s{0,8}=/i;
/** `"sys"."tem"(…)`, `(system)(…)`, `['system'][0](…)`, `$f(…)`, `${x}(…)`. */
const DYNAMIC_CALL =
  /["')\]}]\s{0,8}\(\s{0,8}["'$\w]|[[(]\s{0,4}(?:system|exec|passthru|shell_exec|phpinfo|string|eval|assert)\s{0,4}[\])]/i;
const VARIABLE_CALL =
  /[@;={(\s]?\$(?:[a-z_]\w{0,40}|\{[^}]{1,40}\}|_{1,4}\[[^\]]{1,20}\])(?:[[{][^\]}]{0,30}[\]}]){0,3}\s{0,4}\(/i;

export function* findPhp(reading: Reading): Generator<Match> {
  const { text, lower } = reading;
  yield* findSigns(reading, PHP_SIGNS);
  yield* byPattern(reading, SHORT_TAG, "code/php-tag", 0.7, "A PHP short open tag.");
  yield* byPattern(reading, SPACED_GLOBAL, "code/php-superglobal", 0.6, "A PHP superglobal.");
  yield* byPattern(
    reading,
    DIRECTIVE,
    "code/php-directive",
    0.6,
    "A PHP configuration directive is set from the request.",
  );
  for (const { name, start, open } of readCalls(lower)) {
    const plain = lastName(name);
    if (!PHP_CALLS.has(plain) && !PREFIXES.test(plain)) continue;
    // `@include(if: $deep)` is a directive of GraphQL.
    if (
      plain === "include" &&
      lower.charCodeAt(start - 1) === 64 &&
      /^\s{0,4}if\s{0,4}:/.test(lower.slice(open, open + 12))
    )
      continue;
    if (plain === "sleep" && isFollowedByWords(lower, open)) continue;
    // `re.compile(…)`, `obj.exec(…)` are other languages' methods.
    if (/[a-z\d_)\]]\./.test(name)) continue;
    yield {
      rule: "code/php-call",
      score: callScore(text, start, open),
      reason: `A call of PHP's ${plain}().`,
      start,
      end: Math.min(text.length, open + 40),
    };
  }
  if (!lower.includes("(")) return;
  const dynamic = DYNAMIC_CALL.exec(text);
  if (dynamic !== null && RUNS_PART.test(lower) && !lower.includes("function(") && !lower.includes("=>")) {
    yield {
      rule: "code/php-dynamic-call",
      score: 0.6,
      reason: "A function is called by a name put together from strings.",
      start: dynamic.index,
      end: text.length,
    };
  }
  const variable = VARIABLE_CALL.exec(text);
  if (variable !== null && !/\$(?:http|scope|q|timeout|route|\.)\b/.test(variable[0])) {
    yield {
      rule: "code/php-variable-call",
      score: 0.55,
      reason: "A function is called by the name in a variable.",
      start: variable.index,
      end: text.length,
    };
  }
}

const RUNS_PART =
  /system|sys|exec|passthru|eval|assert|phpinfo|shell|uname|base64|file_|popen|whoami|\bid\b|\bls\b|call_user/;

function* byPattern(
  { text }: Reading,
  pattern: RegExp,
  rule: string,
  score: number,
  reason: string,
): Generator<Match> {
  const found = pattern.exec(text);
  if (found === null) return;
  yield {
    rule,
    score,
    reason,
    start: found.index,
    end: Math.min(text.length, found.index + found[0].length + 40),
  };
}

/** A statement says more than a mention: it ends in `;`, takes a string or a variable, follows an end of something. */
function callScore(text: string, start: number, open: number): number {
  const argument = text.slice(open, open + 80).trimStart();
  const before = text.slice(Math.max(0, start - 8), start).trimEnd();
  const strong = /^["'$`\\]|^(?:base64|chr|strrev|gz|str_|hex2bin|_|get|file)/i.test(argument);
  const ended = /\)\s*;?\s*(?:\?>|\/\/|#|$)/.test(text.slice(open));
  const led = before.length === 0 || /[;={.@'"(&|`}>]$/.test(before);
  const word = /[a-z]$/i.test(before);
  // "copy (2) of the report": a noun and a remark.
  const remark = /\s/.test(text.charAt(open - 2)) && !strong ? 0.2 : 0;
  const empty = argument.startsWith(")") || argument === "";
  const score = 0.4 + (strong ? 0.2 : 0) + (ended ? 0.05 : 0) + (led ? 0.1 : 0) - (word ? 0.2 : 0) - remark;
  return empty && !led ? score - 0.1 : score;
}
