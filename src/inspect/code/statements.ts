/** Statements and calls as they are written, with spaces and brackets where the signs of `scripting.ts` have none. */

/** [rule, score, reason, pattern], on text in lower case. Source: Node.js 20 documentation, modules fs, child_process, vm. */
export const STATEMENTS: readonly (readonly [
  rule: string,
  score: number,
  reason: string,
  pattern: RegExp,
])[] = [
  [
    "code/node",
    0.65,
    "A call of Node's file system, process or vm module.",
    /(?:^|[^\w$])(?:(?:exec(?:file)?|spawn|read(?:file|dir|link)?|write(?:file)?|append(?:file)?|unlink|rename|l?chmod|l?chown|mkdir|rmdir|open|close|exists|symlink|copyfile|truncate|access|l?stat|mkdtemp|rm|cp|utimes)sync|execfile|readfile|writefile|appendfile|copyfile|(?:un)?watchfile|create(?:read|write)stream|readdir|runin(?:this|new)?context|vm\.script)\s{0,4}\(\s{0,4}["'`)\w/]/,
  ],
  [
    "code/node",
    0.65,
    "The process or the global object of Node.",
    /(?:^|[^\w.$-])(?:process|global|globalthis|root)\s{0,8}(?:\.\s{0,8}(?:env|binding|mainmodule|process|dlopen|kill|exit|abort|chdir|setuid|require|eval|constructor|_load|argv|umask|hrtime|nexttick|cwd|memoryusage|getuid|stdout)\b|(?:\?\.)?\[\s{0,8}["'`][a-z]{3,20}["'`]\s{0,8}\])/,
  ],
  [
    "code/node",
    0.6,
    "A statement takes the place of a module's exports.",
    /(?:^|[;}\s])(?:module\s{0,4}\.\s{0,4})?exports\s{0,4}(?:\.\s{0,4}\w{1,30}\s{0,4})?=\s{0,4}(?:[\w{([]|$)/,
  ],
  [
    "code/node",
    0.6,
    "The constructor of a function makes code of a string.",
    /constructor\s{0,4}["'`]?\s{0,4}\]?\s{0,4}(?:\.|\[\s{0,4}["'`])\s{0,4}constructor\s{0,4}["'`]?\s{0,4}\]?\s{0,4}\(|reflect\s{0,4}\.\s{0,4}(?:construct|apply)\s{0,4}\(\s{0,4}(?:function|eval)\b/,
  ],
  [
    "code/node",
    0.6,
    "The global object, a module or a constructor under a name that is put together.",
    /\bthis\s{0,4}(?:\.\s{0,4}|\[\s{0,4}["'`]\s{0,4})constructor|\[\s{0,4}process\s{0,4}\]|console\s{0,4}\[\s{0,4}["'`]|\brequire\s{0,4}(?:\(\s{0,4}(?:["'`][^"'`]{0,20}["'`]\s{0,4}[+.]|string\.|atob\b|buffer\b)|`\w)|(?:^|[^\w.$])(?:new\s{1,4})?function\s{0,4}(?:`|\(\s{0,4}["'`])|(?:^|[^\w.$])buffer\s{0,4}\.\s{0,4}(?:from|allocunsafe|alloc)\s{0,4}\(|\bnew\s{1,4}buffer\s{0,4}\(/,
  ],
  [
    "code/function",
    0.55,
    "The value is a function, called or ready to be called.",
    /^[\s"'`;)(!+~-]{0,12}(?:async\s{1,4})?(?:function\s{0,4}\*?\s{0,4}[\w$]{0,30}\s{0,4}\([\w\s,$]{0,60}\)\s{0,4}\{|\([\w\s,$]{0,40}\)\s{0,4}=>\s{0,4}\{?[\s\S]{0,120}\)\s{0,4}\([^)]{0,40}\)\s{0,4};?\s{0,4}$)/,
  ],
  [
    "code/node",
    0.55,
    "A serialised function, which an unsafe parser brings back to life.",
    /(?:^|[^\w])_{1,2}js_function\b/,
  ],
  [
    "code/php-object",
    0.6,
    "A class of PHP's library that reads files, calls functions by name or opens connections.",
    /\bnew\s{1,4}\\?(?:reflection\w{4,20}|splfileobject|spltempfileobject|simplexmlelement|soapclient|directoryiterator|filesystemiterator|globiterator|finfo|imagick|ziparchive|pdo|mysqli|com|ffi|domdocument|errorexception)\s{0,4}\(/,
  ],
  [
    "code/php-statement",
    0.55,
    "The value is a statement that prints something: a probe of whether PHP runs.",
    /^[\s"';)}?>]{0,8}(?:echo|print|die|exit|printf)(?:\s{1,4}(?:`|\d{1,9}\s{0,2};|["'][^"'\n]{0,60}["']\s{0,2};|\$[a-z_]\w{0,20}\s{0,2}[;[]|\d{1,6}\s{0,2}[*+-]\s{0,2}\d)|\s{0,4}\(\s{0,4}(?:["'$\d]|md5|phpversion|php_uname)[^)\n]{0,60}\)\s{0,4}\)?\s{0,4}(?:;|$))/,
  ],
  [
    "code/ruby",
    0.55,
    "A call of Ruby or Perl runs a command.",
    /(?:^|[;{=(]\s{0,4}|#\{\s{0,4}|do\s)(?:kernel\.|process\.|io\.)?(?:system|exec|spawn|popen|syscall)\s{1,4}(?:["'`][\w/.$]|%[wqx]?[[({|/]|\$\w|qw)/,
  ],
  [
    "code/perl",
    0.55,
    "A statement prints what a command answers.",
    /(?:^|[;{(=]\s{0,4})(?:print|puts|say|return|p)\s{1,4}`[^`\n]{1,80}`/,
  ],
];

const LITERAL =
  "(?:(?<q>[\"'`])[^\"'`]{0,40}\\k<q>|/[^/\\s]{1,30}/|(?:0x[\\da-f]{1,8}|\\d{0,9}\\.?\\d{1,9})(?:\\s{0,4}[<>=!]=?=?\\s{0,4}\\d{1,9})?|\\{[^{}]{0,20}\\}|\\[[^[\\]]{0,20}\\]|true|false|null|infinity|undefined|nan|new\\s{1,4}\\w{1,20}(?:\\(\\))?|function\\b[^()]{0,20}\\([^()]{0,20}\\)\\s{0,4}\\{[^{}]{0,20}\\}|\\([^()]{0,20}\\)\\s{0,4}=>[^()]{0,20})";

/** Loops whose condition is a constant. */
export const ENDLESS_LOOP = new RegExp(
  `\\b(?:while\\s{0,4}\\(\\s{0,4}(?:[!~+-]\\s{0,2}){0,6}${LITERAL}\\s{0,4}\\)|for\\s{0,4}\\([^;()]{0,40};\\s{0,4}(?:true|1|!0)?\\s{0,4};)`,
);
