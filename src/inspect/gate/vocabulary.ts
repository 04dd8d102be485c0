/**
 * Every word that makes a value worth a closer look, by the bit it sets. The lists belong to the detectors; a word
 * here is one run of letters, digits and underscores, so qualified names are taken apart.
 */
import { CERTAIN, LIKELY, NOUNS, SPOKEN } from "../cmdi/lexicon.ts";
import { CMDI_SIGNS, isCompound } from "../cmdi/signs.ts";
import { JAVA_SIGNS } from "../code/java.ts";
import { PHP_CALLS, PHP_SIGNS } from "../code/php.ts";
import { SCRIPTING } from "../code/scripting.ts";
import { DESERIALIZATION_SIGNS } from "../deserialization/index.ts";
import { wordList, wordSet } from "../lexicon.ts";
import { NOSQLI_SIGNS } from "../nosqli/index.ts";
import { EXPLOIT_WORDS } from "../other/exploit-path.ts";
import { EXPLOIT_VALUES } from "../other/exploit-value.ts";
import { SCANNER_WORDS } from "../other/scanner-mark.ts";
import { CATALOGUE, ERROR_FUNCTIONS, SYSTEM_FUNCTIONS, TIME_FUNCTIONS } from "../sqli/lexicon.ts";
import { SSTI_SIGNS } from "../ssti/index.ts";
import { ASKING_NAMES } from "../values/telling-names.ts";
import { SHELLS } from "../webshell/names.ts";
import { HANDLERS } from "../xss/lexicon.ts";
import { XXE_SIGNS } from "../xxe/index.ts";
import {
  CALL,
  CODE_WORD,
  COMMON_WORD,
  ENCODED,
  FILE_WORD,
  LOGIC_WORD,
  MARK,
  PATH_WORD,
  SHELL_WORD,
  SQL_WORD,
} from "./shape.ts";

/** A URL scheme, telling only before a colon. Never leaves the gate, so it borrows a bit no word has. */
export const SCHEME_WORD = CALL;
/** Part of a host's name, telling only after `://` or before a slash or a port. Never leaves the gate either. */
export const HOST_WORD = ENCODED;
/** What a word sets only together with what stands around it. */
export const INTERNAL = SHELL_WORD | SCHEME_WORD | HOST_WORD;

/** Too frequent in normal requests to be a reason for anything: another word of the text must do. */
const FREQUENT = wordSet(
  "windows api org com id data class type new file user value session version account mail map test bot linked",
);

/** The longest telling word of each text: without it the text cannot be there. */
function keyWords(texts: Iterable<string>): readonly string[] {
  const words: string[] = [];
  for (const text of texts) {
    const parts = (text.toLowerCase().match(/[a-z\d_]{2,}/g) ?? []).filter((part) => !FREQUENT.has(part));
    if (parts.length === 0) continue;
    words.push(parts.reduce((longest, part) => (part.length > longest.length ? part : longest)));
  }
  return words;
}

/** `ansible-doc` is two words here, of which the first must be known. */
function parts(name: string): readonly string[] {
  return /[-.]/.test(name) ? [name, name.split(/[-.]/)[0] ?? name] : [name];
}

const SIGNS = [
  ...CMDI_SIGNS,
  ...JAVA_SIGNS,
  ...PHP_SIGNS,
  ...SCRIPTING,
  ...DESERIALIZATION_SIGNS,
  ...NOSQLI_SIGNS,
  ...SSTI_SIGNS,
  ...XXE_SIGNS,
  ...EXPLOIT_VALUES,
].map(({ text }) => text);

const SQL = `select union insert drop delete truncate exec execute declare waitfor having procedure outfile dumpfile
  shutdown iif elt nvl ifnull nullif coalesce concat concat_ws group_concat string_agg substring substr ascii chr char
  unhex ord conv make_set char_length octet_length datalength db_name suser_name user_name quotename charindex patindex
  sqlite_version xmltype msysobjects alter create grant revoke tempdb isnull notnull`;

const CODE = `script javascript vbscript livescript alert prompt confirm settimeout setinterval document window expression
  fromcharcode innerhtml outerhtml msgbox constructor prototype __proto__ reflect globalthis localstorage sessionstorage
  navigator srcdoc behavior binding doctype entity xinclude defined exist errorlevel equ neq lss leq gtr geq invoke ifs
  java javax apache hibernate jboss omg codehaus __schema __type introspectionquery jndi ctx env sys lower upper
  allow_url_include allow_url_fopen auto_prepend_file auto_append_file open_basedir memory_limit mbstring opcache
  disable_functions disable_classes max_execution_time display_errors referer_check save_handler save_path use_cookies
  use_trans_sid cookie_httponly gc_maxlifetime upload_progress unserialize_max_depth unserialize_callback_func
  include_path extension_dir error_log short_open_tag safe_mode sendmail_path sys_temp_dir upload_tmp_dir variables_order
  register_globals magic_quotes_gpc suhosin expose_php enable_dl doc_root post_max_size upload_max_filesize realpath_cache_size
  output_buffering output_compression arg_separator user_ini default_socket_timeout max_input_vars file_uploads objectclass userpassword samaccountname uid cn child parent ancestor descendant following preceding
  attribute namespace self normalize_space string_length location cookie fetch xmlhttprequest sendbeacon parentnode domain src frames qx node iex iwr while until return var db proxycommand
  localcommand sshcommand hookspath fsmonitor gitproxy global exports js_function
  zend error_prepend_string atob btoa unescape`;

const FILE = `etc passwd shadow proc environ cmdline boot win ini winnt system32 inetpub inf htpasswd htaccess id_rsa id_dsa
  id_ecdsa id_ed25519 authorized_keys known_hosts credentials bash_history tfstate subuid subgid sys root dev var tmp
  usr bin sbin ntuser 0x2e0x2e kube log secrets panther pagefile hiberfil ntds letsencrypt gnupg keyrings`;

/** File names whose separators a filter took out. */
const RUN_TOGETHER =
  "etcpasswd etcshadow etcgroup etchosts windowswin winntwin windowssystem32 infweb bootini procself";

const HOSTS = `localhost localdomain metadata instance internal intranet nip xip sslip rbndr localtest lvh vcap lacolhost oast
  oastify burpcollaborator interactsh interact dnslog ceye dnsbin pingb requestbin canarytokens bxss r87 ezxss rebind
  pipedream requestcatcher beeceptor requestrepo loopback kubernetes consul corp lan svc docker eyes`;

const PATHS = `bak backup old orig original save saved swp swo sql sqlite sqlite3 mdb accdb dump dmp pem p12 pfx jks
  keystore ppk kdbx kdb ovpn ini cfg cnf conf inc env zip tar gz tgz rar 7z bz2 war yml yaml lock php php5 phtml phar
  asp aspx ashx jsp jspx cfm cgi txt properties dat phpinfo appsettings credentials secrets dockerfile jenkinsfile
  vagrantfile makefile procfile tfstate tfvars wp phpmyadmin pma myadmin mysqladmin phppgadmin adminer host_manager
  administrator cpanel webmin plesk nagios zabbix cacti roundcube squirrelmail htpasswd authorized_keys id_rsa
  config launchsettings rb local_settings gemfile rakefile gruntfile serviceaccountkey firebase client_secret thumbs
  sitemanager filezilla recentservers tnsnames sftp applicationcontext persistence sshd_config kubeconfig dead mf google
  error_log access_log author xmlrpc __x00__ mstshash ssh key log status`;

/** Words that stand in prose, in names and in code alike. */
const COMMON =
  wordSet(`action alert alter ancestor apache arguments assert assign attribute bash behavior benchmark bin binding
  char child cn columns commons compact compile concat confirm connection console constant constructor container
  context conv copy create credential crypt curl database databases db declare define defined delete descendant dev
  diagnostics document domain drop dynamic emit encoding entity entries env environ equ erb evaluate execute exist
  expression extract filter following frames function geometry geq globals grant groovy gtr having home hostname
  import include injection insert inspect instance internal interpreter invoke kernel language leq linestring
  location lower lss module multipart namespace navigator neq node object objects open ord pack parameters parent
  parse password path php pickle polygon preceding procedure process prompt prototype pwd python read readfile redirect
  reflect relations rename request require response resume return revoke root ruby runtime script select self send
  serialize server set shutdown sleep sort sorted spawn stores stylesheet symlink system tables think this touch
  transcript transform tree truncate uid unlink unpack unsafe until upper username var version while window writefile fortune finger timeout ansible chef docker screen start update run location cookie fetch frames domain src global exports`);

const SCHEMES = `file gopher dict tftp ldap ldaps sftp netdoc imap pop3 smb telnet rmi jar php phar zip zlib expect data glob rar
  ogg ssh2 redis memcached mongodb jdbc svn ssh local_file source javascript vbscript feed mhtml classpath
  smtp smtps nntp iiop unix git nfs hdfs afp amqp rtsp rtmp finger ldapi kafka t3 jnp res imaps smbs postgres postgresql mysql`;

const LOGIC = `and or not like xor order group by having limit between in is regexp rlike ilike div mod where when case then
  sounds offset from into as escape notnull isnull all any`;

const LISTS: readonly (readonly [number, readonly string[]])[] = [
  [SQL_WORD, wordList(SQL)],
  [SQL_WORD, keyWords([...TIME_FUNCTIONS, ...ERROR_FUNCTIONS, ...SYSTEM_FUNCTIONS, ...CATALOGUE])],
  [SHELL_WORD, [...CERTAIN, ...LIKELY, ...SPOKEN].flatMap(parts)],
  [CODE_WORD, [...wordList(CODE), ...keyWords(SIGNS), ...PHP_CALLS]],
  // Commands that are nothing else need no separator before them.
  [
    CODE_WORD,
    [...CERTAIN]
      .filter((name) => name.length > 4)
      .flatMap(parts)
      .filter((name) => !FREQUENT.has(name)),
  ],
  [CODE_WORD, [...HANDLERS].map((name) => `on${name}`)],
  [CODE_WORD, [...NOUNS].filter((noun) => isCompound(noun) && !FREQUENT.has(noun))],
  [FILE_WORD, wordList(FILE)],
  [LOGIC_WORD, wordList(LOGIC)],
  [HOST_WORD, wordList(HOSTS)],
  [MARK, [...SCANNER_WORDS, ...wordList(RUN_TOGETHER)]],
  [PATH_WORD, [...wordList(PATHS), ...EXPLOIT_WORDS, ...SHELLS, ...ASKING_NAMES]],
  [SCHEME_WORD, wordList(SCHEMES)],
];

/** What everyday words would set, they set only where code is likely. */
export const VOCABULARY: readonly (readonly [number, readonly string[]])[] = LISTS.flatMap(([bit, words]) =>
  bit === CODE_WORD || bit === SQL_WORD
    ? [
        [bit, words.filter((word) => !COMMON.has(word))] as const,
        [COMMON_WORD, words.filter((word) => COMMON.has(word))] as const,
      ]
    : [[bit, words] as const],
);
