/** Names of web shells as they circulate, and of files that a web server would run. */
import { wordSet } from "../lexicon.ts";

export const SHELLS =
  wordSet(`c99 c100 r57 b374k b374 wso wso2 wso25 weevely indoxploit alfa alfanew alfav4 alfashell marijuana madspot
  gel4y minishell mini shell shell1 shell2 webshell cmd cmdshell cmdasp cmdjsp jspspy jspwiki aspxspy aspxshell antak
  phpshell phpspy p0wny simple-backdoor backdoor ispy locus angel sadrazam mrspybotv5 predator privdayz tryag zaco
  ghost 0byt3m1n1 godzilla behinder rebeyond chopper tunnel regeorg neoregeorg tinyfilemanager leafmailer mailer
  up uploader upl upfile fileupload_shell wp-22 xleet xleetshell xl2023 radio about1 fm wpx bypass symlink config_grab
  shelladmin r00t root1 hacked hax0r adminer_shell cgishell cgitelnet lndex mar1juana 1337 404shell dx ec1 filesman`);

const SCRIPT = /\.(?:php\d?|phtml|phar|asp|aspx|ashx|asmx|cer|asa|jsp|jspx|jspf|jsw|cfm|cgi|pl|py|sh|exe)$/;

export function isShellName(path: string): boolean {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const extension = SCRIPT.exec(file);
  if (extension === null) return false;
  const stem = file.slice(0, extension.index);
  return SHELLS.has(stem) || /^(?:c99|r57|wso|b374k|alfa|indoxploit)[\w.-]{0,20}$/.test(stem);
}

/** Extensions that servers run, also hidden behind another one, a dot, a space or a NUL byte. */
const EXECUTABLE =
  /\.\s{0,4}(?:php[\ds]?|php\d{1,2}|pht|phtml|phtm|phps|phar|shtml|asp|aspx|ashx|asmx|ascx|cer|asa|cdx|jsp|jspx|jspf|jsw|jsv|cfm|cfml|cgi|pl|war|hta|htaccess|user\.ini)(?:[.\s\0;:/$%]|\.(?:jpe?g|png|gif|txt|pdf))*$/;
const NAMED = /(?:^|[/\\])(?:\.htaccess|\.user\.ini|web\.config|sess_[\w,-]{8,})\s*$/;

export function isExecutableUpload(name: string): boolean {
  return EXECUTABLE.test(name) || NAMED.test(name);
}
