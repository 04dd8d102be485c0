/** PHP: open tags, superglobals, calls that run or read, variable functions, configuration directives. */
import { isFollowedByWords, isNamed, lastName, readCalls } from "../calls.ts";
import type { Match, Reading } from "../detector.ts";
import { wordList, wordSet } from "../lexicon.ts";
import { findSigns, signs } from "../signs.ts";
import { withoutComments } from "../xss/javascript.ts";

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

/** Further functions of PHP's library that no other language and no formula calls so (PHP manual, function index). */
const LIBRARY =
  wordSet(`addcslashes arsort bcadd bcdiv bcmod bcmul bcpow bcsub checkdate closedir closelog decbin dechex decoct
  diskfreespace doubleval ereg eregi fclose feof fflush fgetc fgetcsv fgets fgetss fileatime filectime filegroup fileinode
  filemtime fileowner fileperms filesize filetype fnmatch fpassthru fputcsv fread frenchtojd fscanf fseek fstat ftell ftok
  ftruncate gethostbyaddr gethostbynamel getimagesize getlastmod getmxrr getopt getrusage getservbyname getservbyport
  getprotobyname gettimeofday gmmktime gmstrftime gzclose gzcompress gzdeflate gzencode gzeof gzfile gzgetc gzgets gzopen
  gzpassthru gzputs gzread gzrewind gzseek gztell gzwrite readgzfile hebrev hebrevc html_entity_decode htmlentities
  htmlspecialchars htmlspecialchars_decode idate ip2long jdtofrench jdtogregorian jdtojewish jdtojulian jdtounix
  jewishtojd juliantojd gregoriantojd krsort levenshtein long2ip lstat metaphone mt_rand mt_srand natcasesort natsort
  nthmac openlog pclose quotemeta rawurldecode rawurlencode readdir readlink rewinddir rsort setcookie setlocale
  setrawcookie similar_text sizeof sscanf strcasecmp strcoll strcspn stristr strncasecmp strncmp strpbrk strptime strrchr
  strripos strrpos strspn strtok strtotime strtr substr_compare substr_count substr_replace tempnam uksort unixtojd
  urldecode urlencode usleep vfprintf vprintf vsprintf wordwrap passthru is_a is_array is_dir is_executable is_file
  is_link is_readable is_resource is_scalar is_subclass_of is_uploaded_file is_writable is_writeable method_exists
  property_exists interface_exists trait_exists class_exists array_walk preg_match preg_replace preg_grep mb_send_mail
  mb_eregi_replace mb_parse_str assert_options forward_static_call forward_static_call_array getallheaders getdate
  debug_zval_refcount highlight_string import_request_variables inet_ntop inet_pton ctype_alpha key_exists lchgrp lchown
  linkinfo money_format nl_langinfo number_format random_bytes random_int trigger_error user_error user_func_array
  utf8_decode utf8_encode uasort usort ftp_exec ssh2_exec ob_get_clean ob_get_contents phpdbg_exec fdatasync fsync`);

/** Words of everyday that name files and things: "system (v2)", "Exec (final).doc". */
const EVERYDAY = wordSet(
  "system exec eval assert extract link include require copy rename touch glob pack chop compact define constant",
);

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

/** With short tags on, `<?xml` begins code too: `xml :` is a label then. */
const SHORT_TAG =
  /<\?(?:(?=[\s@$(:]|[a-z]{2,}\s*\()(?!xml|\s*xml|\s{1,8}[a-z]{2,20}\s{1,8}[a-z]{2,20}(?:\s{1,4}[a-z]{1,20}){0,12}\s{0,4}$)|xml\s{0,20}[:(;])/i;
const SPACED_GLOBAL =
  /\$\s{0,8}_\s{0,8}(?:get|post|request|cookie|server|files|session|env)\b|\$\s{0,8}globals\b/i;
/** Directives of php.ini by name (PHP manual, list of php.ini directives), and the families of the longer ones. */
const DIRECTIVES =
  wordList(`allow_url_fopen allow_url_include arg_separator\\.(?:input|output) assert\\.\\w{3,30} auto_append_file
  auto_prepend_file auto_globals_jit auto_detect_line_endings browscap cgi\\.\\w{3,40} default_charset default_mimetype
  default_socket_timeout disable_classes disable_functions display_errors display_startup_errors doc_root docref_(?:ext|root)
  enable_dl enable_post_data_reading error_append_string error_log error_prepend_string error_reporting exif\\.\\w{6,40}
  expose_php extension_dir fastcgi\\.\\w{3,30} ffi\\.\\w{3,20} file_uploads gd\\.jpeg_ignore_warning hard_timeout
  highlight\\.(?:comment|default|html|keyword|string) html_errors iconv\\.\\w{5,30} ignore_repeated_(?:errors|source)
  ignore_user_abort implicit_flush include_path input_encoding internal_encoding log_errors(?:_max_len)? magic_quotes_\\w{3,10}
  mail\\.(?:add_x_header|force_extra_parameters|log|mixed_lf_and_crlf) max_execution_time max_file_uploads max_input_(?:nesting_level|time|vars)
  mbstring\\.\\w{3,40} memcached?\\.\\w{3,40} memory_limit mysqli?\\.\\w{3,40} oci8\\.\\w{3,40} odbc\\.\\w{3,30} opcache\\.\\w{3,40}
  open_basedir output_(?:buffering|encoding|handler) pcre\\.(?:backtrack_limit|recursion_limit|jit) pdo_odbc\\.\\w{3,30}
  pgsql\\.\\w{3,30} phar\\.(?:cache_list|readonly|require_hash) phpdbg\\.\\w{3,20} post_max_size realpath_cache_(?:size|ttl)
  register_(?:argc_argv|globals|long_arrays) report_memleaks request_order runkit\\.\\w{3,20} safe_mode(?:_\\w{3,30})? sendmail_(?:from|path)
  serialize_precision session\\.\\w{3,40} short_open_tag soap\\.\\w{3,20} sqlite3\\.\\w{3,20} suhosin\\.[\\w.]{3,40} sys_temp_dir
  syslog\\.(?:facility|filter|ident) sysvshm\\.init_mem tidy\\.\\w{5,20} track_errors unserialize_(?:callback_func|max_depth)
  upload_max_filesize upload_tmp_dir uploadprogress\\.\\w{3,30} user_(?:agent|dir) user_ini\\.(?:cache_ttl|filename) variables_order
  xmlrpc_error(?:s|_number) zend\\.\\w{3,40} zlib\\.output_\\w{5,30}`);
const DIRECTIVE = new RegExp(`(?:^|[\\s;&'"-]|-d\\s)(?:${DIRECTIVES.join("|")})\\s{0,8}=`, "i");

/** `"sys"."tem"(…)`, `(system)(…)`, `['system'][0](…)`, `$f(…)`, `${x}(…)`. */
const DYNAMIC_CALL =
  /["')\]}]\s{0,8}\(\s{0,8}["'$@\w]|[[(]\s{0,4}(?:system|exec|passthru|shell_exec|phpinfo|string|eval|assert)\s{0,4}[\])]/i;
/** `$f(x) = x^2$`: a formula between dollar signs, as TeX and Markdown have it. */
const FORMULA = /^[^$]?\$\s?[a-z]\([^;$\n]{0,120}\$(?![\w{($])/i;
const VARIABLE_CALL =
  /[@;={(\s]?\$\s{0,8}(?:[a-z_]\w{0,40}|\{[^}]{1,40}\})(?:\s{0,8}[[{][^()]{1,30}?[\]}]){0,3}\s{0,8}\(/i;
/** `${'name'}`, `$ {NAME}`: the variable whose name an expression gives. */
const VARIABLE_VARIABLE =
  /\$\s{0,16}\{\s{0,16}(?:'\w{1,40}'|"\w{1,40}")\s{0,16}\}|^\s{0,8}\$\s{1,16}\{\s{0,16}\w{1,40}\s{0,16}\}/;

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
    if (!PHP_CALLS.has(plain) && !LIBRARY.has(plain) && !PREFIXES.test(plain)) continue;
    // `@include(if: $deep)` is a directive of GraphQL.
    if (
      plain === "include" &&
      lower.charCodeAt(start - 1) === 64 &&
      /^\s{0,4}if\s{0,4}:/.test(lower.slice(open, open + 12))
    )
      continue;
    if (plain === "sleep" && isFollowedByWords(lower, open)) continue;
    if (start === 0 && EVERYDAY.has(plain) && isNamed(text)) continue;
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
  yield* byPattern(
    reading,
    VARIABLE_VARIABLE,
    "code/php-variable",
    0.5,
    "A variable is read whose name an expression gives.",
  );
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
  const bare = withoutComments(text);
  const variable = VARIABLE_CALL.exec(bare);
  if (
    variable !== null &&
    !FORMULA.test(bare.slice(variable.index)) &&
    !/\$(?:http|scope|q|timeout|route|\.)\b/.test(variable[0])
  ) {
    yield {
      rule: "code/php-variable-call",
      score: bare.length === text.length ? 0.55 : 0.65,
      reason: "A function is called by the name in a variable.",
      start: Math.min(variable.index, text.length),
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

/** Names of functions that are no words of a sentence. */
const NO_WORD =
  /_|^(?:exec|eval|passthru|popen|fopen|fsockopen|fputs|fwrite|phpinfo|gzinflate|scandir|getenv|putenv|printf|sprintf|readfile|unserialize)\b/i;

/** A statement says more than a mention: it ends in `;`, takes a string or a variable, follows an end of something. */
function callScore(text: string, start: number, open: number): number {
  const argument = text.slice(open, open + 80).trimStart();
  const before = text.slice(Math.max(0, start - 8), start).trimEnd();
  const strong = /^["'$`\\]|^(?:base64|chr|strrev|gz|str_|hex2bin|_|get|file)/i.test(argument);
  const ended = /\)\s{0,8}(?:;\s{0,8})?(?:\?>|\/\/|#|$)/.test(text.slice(open));
  const led = before.length === 0 || /[;={.@'"(&|`}>]$/.test(before);
  const word = /[a-z]$/i.test(before);
  const gap = /[\s/]$/.test(text.slice(start, open - 1));
  // A comment between name and parenthesis is there for filters alone.
  const between = text.slice(start, open);
  const hidden =
    gap && (between.includes("/*") || (NO_WORD.test(between) && /\/\/|#/.test(between))) ? 0.3 : 0;
  // "copy (2) of the report": a noun and a remark.
  const remark = gap && hidden === 0 && !strong && !NO_WORD.test(between) ? 0.2 : 0;
  const empty = argument.startsWith(")") || argument === "";
  const score =
    0.4 +
    (strong ? 0.2 : 0) +
    (ended ? 0.05 : 0) +
    (led ? 0.1 : 0) +
    hidden -
    (word && hidden === 0 ? 0.2 : 0) -
    remark;
  return empty && !led ? score - 0.1 : score;
}
