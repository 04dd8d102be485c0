/** Names of web shells as they circulate, and of files that a web server would run. */
import { wordSet } from "../lexicon.ts";

export const SHELLS =
  wordSet(`c99 c100 r57 b374k b374 wso wso2 wso25 weevely indoxploit alfa alfanew alfav4 alfashell marijuana madspot
  gel4y minishell mini shell shell1 shell2 webshell cmd cmdshell cmdasp cmdjsp jspspy jspwiki aspxspy aspxshell antak
  phpshell phpspy p0wny simple-backdoor backdoor ispy locus angel sadrazam mrspybotv5 predator privdayz tryag zaco
  ghost 0byt3m1n1 godzilla behinder rebeyond chopper tunnel regeorg neoregeorg tinyfilemanager leafmailer mailer
  up uploader upl upfile fileupload_shell wp-22 xleet xleetshell xl2023 radio about1 fm wpx bypass symlink config_grab
  shelladmin r00t root1 hacked hax0r adminer_shell cgishell cgitelnet lndex mar1juana 1337 404shell dx ec1 filesman
  nstview nst ctt_sh devilzshell devshell dtool pouya efso fatalshell fuckphpshell gfs_sh h4ntu iron_shell itsecteam
  jackal kacak kadot knullsh kral lamashell liz0zim lolipop lostdc matamu megabor mysql_shell nccshell ngh ninja nix_remote
  nshell ntdaddy php_backdoor phantasma phpinj phvayv pws qsd_backdoor rader rootshell ru24 saldiri safe0ver sincap
  simattacker small_shell snoopy soldierofallah sosyete spyshell stnc stressbypass telnet_cgi termshell tryag uploadshell
  wordpress_shell winx worm ws0 xinfo zehir zehir4 zyklonshell reverse_shell revshell reverse-shell rev php-reverse-shell
  bind_shell bindshell 0x 0xshell an0n anonsec doc_shell indrajith kidsshell priv8 sh3ll shellz sh3llx smevk cyb3r
  cybershell dark_shell darkshell defacer deface haxor h4ck hack hacker k1r4 kiddies mass_deface mini_shell
  mister_spy mrx newshell nyx pasukan sec-w0lf sniper symlinker tmpshell up_shell upshell uploaderx v4sh3ll vuln webadmin_shell
  webr00t wshell x0x xshell xxx_shell yayaya zone_hackbar gecko alfa-rex alfa-ioxi adminfuns wp-blog-header_shell china
  webconsole cmd_shell cmd-asp cmd-php cmdline systemcmd exec_cmd execshell nc_shell netcat socat perlcmd pyshell`);

/** "shell", "backdoor" or "cmd" as a word of the name: "old_Shell", "my-shell", "webshell2". */
const NAMED_SHELL =
  /(?:^|[\W_]|\d)(?:[a-z]{0,4}shell|backdoor|cmd|r57|c99|wso|b374k|hackbar)s?\d{0,4}(?:$|[\W_])/;
/** Programs, not shells, that end so. */
const NO_SHELL = /seashell|nutshell|eggshell|bombshell|clamshell|appshell|app-shell|page-shell|htmlshell/;
/** Folders for what users send, for pictures, for certificates' challenges: nothing is meant to run there. */
const DROP =
  /\/(?:\.well-known(?:\/[\w-]{1,40}){0,2}|wp-content\/(?:uploads|upgrade|languages|cache)(?:\/[\w-]{1,40}){0,4}|(?:uploads?|uploadfiles?|userfiles|attachments?|avatars?|userpics?)(?:\/[\w-]{1,40}){0,3}|(?:images?|img|pictures?|photos?|media|fonts?|tmp|temp)(?:\/[\w-]{1,40}){0,2})\/(?!index\.)[\w.-]{1,60}\.(?:php\d?|phtml|phar|aspx?|ashx|jspx?|cer|asa)$/;
/** Scripts that pictures and downloads come through. */
const SERVING =
  /thumb|image|img|photo|pic|resize|captcha|banner|barcode|qr|chart|graph|download|view|show|get|file|upload|cron|script|display|load|media|attach|avatar/;

const SCRIPT = /\.(?:php\d?|phtml|phar|asp|aspx|ashx|asmx|cer|asa|jsp|jspx|jspf|jsw|cfm|cgi|pl|py|sh|exe)$/;

export function isShellName(path: string): boolean {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const extension = SCRIPT.exec(file);
  if (extension === null) return false;
  const stem = file.slice(0, extension.index);
  if (SHELLS.has(stem) || /^(?:c99|r57|wso|b374k|alfa|indoxploit)[\w.-]{0,20}$/.test(stem)) return true;
  return stem.length < 60 && NAMED_SHELL.test(stem) && !NO_SHELL.test(stem);
}

/** A script where only data should lie. */
export function isDroppedScript(path: string): boolean {
  return path.length < 300 && DROP.test(path) && !SERVING.test(path.slice(path.lastIndexOf("/") + 1));
}

/** Extensions that servers run, also hidden behind another one, a dot, a space or a NUL byte. */
const EXECUTABLE =
  /\.\s{0,4}(?:php[\ds]?|php\d{1,3}|pht|phtml|phtm|phps|phar|shtml|asp|aspx|ashx|asmx|ascx|cer|asa|cdx|jsp|jspx|jspf|jsw|jsv|cfm|cfml|cgi|pl|war|hta|htaccess|user\.ini)(?:[.\s\0;:/$%]|\.(?:jpe?g|png|gif|txt|pdf))*$/;
const NAMED =
  /(?:^|[/\\])(?:\.htaccess|\.htpasswd|\.user\.ini|php\.ini|web\.config|authorized_keys|\.bashrc|\.bash_profile|\.zshrc|\.profile|\.netrc|\.rhosts|\.forward|crontab|web\.xml|tomcat-users\.xml|sess_[\w,-]{8,})\s*$/;

export function isExecutableUpload(name: string): boolean {
  return EXECUTABLE.test(name) || NAMED.test(name);
}
