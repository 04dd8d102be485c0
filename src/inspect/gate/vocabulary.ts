/**
 * Every word that makes a value worth a closer look, by the bit it sets. The lists belong to the detectors; a word
 * here is one run of letters, digits and underscores, so qualified names are taken apart.
 */
import { CERTAIN, LIKELY, NOUNS, SPOKEN } from "../cmdi/lexicon.ts";
import { CMDI_SIGNS } from "../cmdi/signs.ts";
import { JAVA_SIGNS } from "../code/java.ts";
import { PHP_CALLS, PHP_SIGNS } from "../code/php.ts";
import { SCRIPTING } from "../code/scripting.ts";
import { TELLING_NAMES } from "../context.ts";
import { DESERIALIZATION_SIGNS } from "../deserialization/index.ts";
import { wordList } from "../lexicon.ts";
import { NOSQLI_SIGNS } from "../nosqli/index.ts";
import { EXPLOIT_WORDS } from "../other/exploit-path.ts";
import { EXPLOIT_VALUES } from "../other/exploit-value.ts";
import { SCANNER_WORDS } from "../other/scanner-mark.ts";
import { CATALOGUE, ERROR_FUNCTIONS, SYSTEM_FUNCTIONS, TIME_FUNCTIONS } from "../sqli/lexicon.ts";
import { SSTI_SIGNS } from "../ssti/index.ts";
import { SHELLS } from "../webshell/names.ts";
import { HANDLERS } from "../xss/lexicon.ts";
import { XXE_SIGNS } from "../xxe/index.ts";
import { CODE_WORD, FILE_WORD, LOGIC_WORD, MARK, PATH_WORD, SHELL_WORD, SQL_WORD } from "./shape.ts";

/** A URL scheme, telling only before a colon. Never leaves the gate. */
export const SCHEME_WORD = 1 << 30;

/** The longest word of each text: without it the text cannot be there. */
function keyWords(texts: Iterable<string>): readonly string[] {
  const words: string[] = [];
  for (const text of texts) {
    const parts = text.toLowerCase().match(/[a-z\d_]{2,}/g) ?? [];
    if (parts.length > 0)
      words.push(parts.reduce((longest, part) => (part.length > longest.length ? part : longest)));
  }
  return words;
}

/** `ansible-doc` is two words here, of which the first must be known. */
function parts(name: string): readonly string[] {
  return name.includes("-") || name.includes(".") ? [name, name.split(/[-.]/)[0] ?? name] : [name];
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

const SQL =
  wordList(`select union insert drop delete truncate exec execute declare waitfor having procedure outfile dumpfile
  shutdown iif elt nvl ifnull nullif coalesce concat concat_ws group_concat string_agg substring substr ascii chr char
  unhex ord conv make_set char_length octet_length datalength db_name suser_name user_name quotename charindex patindex
  sqlite_version xmltype msysobjects alter create grant revoke truncate tempdb outfile isnull notnull`);

const CODE =
  wordList(`script javascript vbscript livescript alert prompt confirm settimeout setinterval document window expression
  fromcharcode innerhtml outerhtml msgbox constructor prototype __proto__ reflect globalthis localstorage sessionstorage
  navigator srcdoc behavior binding doctype entity xinclude defined exist errorlevel equ neq lss leq gtr geq invoke ifs
  java javax com.sun apache hibernate jboss omg codehaus __schema __type introspectionquery jndi ctx env sys lower upper
  allow_url_include auto_prepend_file open_basedir memory_limit mbstring disable_functions max_execution_time display_errors
  objectclass userpassword samaccountname uid cn mail sn child parent ancestor descendant following preceding attribute
  namespace self normalize_space string_length node iex iwr while until return var db`);

const FILE =
  wordList(`etc passwd shadow proc environ cmdline boot win ini windows winnt system32 inetpub inf htpasswd htaccess id_rsa
  id_dsa id_ecdsa id_ed25519 authorized_keys known_hosts credentials bash_history tfstate sess subuid subgid sys root dev
  var tmp usr bin hosts group ssh aws git svn env docker kube history wp_config web_inf meta_inf manifest ntuser c$ infweb etcpasswd windowswin file 0x2e0x2e`);

const HOSTS =
  wordList(`localhost localdomain metadata instance internal intranet nip xip sslip rbndr localtest lvh vcap lacolhost oast
  oastify burpcollaborator interactsh interact dnslog ceye dnsbin pingb requestbin canarytokens bxss r87 ezxss rebind
  loopback kubernetes consul corp lan svc docker rebinding eyes`);

const PATHS =
  wordList(`bak backup old orig original save saved swp swo sql sqlite sqlite3 mdb accdb dump dmp pem p12 pfx jks keystore
  ppk kdbx kdb ovpn ini cfg cnf conf inc env log zip tar gz tgz rar 7z bz2 war yml yaml lock php php5 phtml phar asp aspx
  ashx jsp jspx cfm cgi txt properties key core dat phpinfo appsettings credentials secrets dockerfile jenkinsfile
  vagrantfile makefile procfile tfstate tfvars tfstate wp phpmyadmin pma myadmin mysqladmin phppgadmin adminer manager
  host_manager administrator cpanel webmin plesk nagios zabbix cacti roundcube squirrelmail htpasswd authorized_keys
  id_rsa error_log access_log dist sample example tmp temp copy web_inf author cmd server_status xmlrpc users_txt
  __x00__ mstshash ssh`);

export const VOCABULARY: readonly (readonly [number, readonly string[]])[] = [
  [
    SQL_WORD,
    [...SQL, ...keyWords([...TIME_FUNCTIONS, ...ERROR_FUNCTIONS, ...SYSTEM_FUNCTIONS, ...CATALOGUE])],
  ],
  [SHELL_WORD, [...CERTAIN, ...LIKELY, ...SPOKEN].flatMap(parts)],
  [
    CODE_WORD,
    [
      ...CODE,
      ...keyWords(SIGNS),
      ...PHP_CALLS,
      ...[...HANDLERS].map((name) => `on${name}`),
      ...[...NOUNS].filter((noun) => noun.length > 9),
    ],
  ],
  [FILE_WORD, FILE],
  [
    LOGIC_WORD,
    wordList(`and or not like xor order group by having limit between in is regexp rlike ilike div mod where when case then
      sounds offset from into as escape notnull isnull all any`),
  ],
  [MARK, [...HOSTS, ...SCANNER_WORDS]],
  [PATH_WORD, [...PATHS, ...EXPLOIT_WORDS, ...SHELLS, ...TELLING_NAMES]],
  [
    SCHEME_WORD,
    wordList(`file gopher dict tftp ldap ldaps sftp netdoc imap pop3 smb telnet rmi jar php phar zip zlib expect data glob rar ogg ssh2
      redis memcached mongodb jdbc svn ssh local_file source javascript vbscript feed mhtml classpath`),
  ],
];
