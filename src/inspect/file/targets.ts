/** Files that attacks read: what each platform keeps where it is worth reading. */
import { wordList } from "../lexicon.ts";

/** Path endings that leave no doubt, without the leading slash, in lower case with forward slashes. */
const SECRET_FILES =
  wordList(`etc/passwd etc/shadow etc/group etc/gshadow etc/sudoers etc/master.passwd etc/security/passwd etc/issue
  etc/hosts etc/hostname etc/fstab etc/crontab etc/resolv.conf etc/ssh/sshd_config etc/mysql/my.cnf etc/my.cnf etc/php.ini
  etc/subuid etc/subgid etc/environment etc/profile etc/apache2/apache2.conf etc/httpd/conf/httpd.conf etc/nginx/nginx.conf
  etc/os-release etc/motd etc/inetd.conf etc/samba/smb.conf etc/vsftpd.conf etc/krb5.keytab etc/openvpn etc/kubernetes/admin.conf
  proc/self/environ proc/self/cmdline proc/self/maps proc/self/fd proc/self/status proc/self/mounts proc/self/stat
  proc/self/cwd proc/self/root proc/self/exe proc/version proc/cmdline proc/cpuinfo proc/meminfo proc/mounts proc/net/
  proc/sys/ proc/sched_debug proc/interrupts proc/kcore proc/1/
  root/.ssh root/.bash_history root/.aws root/.bashrc .ssh/id_rsa .ssh/id_dsa .ssh/id_ecdsa .ssh/id_ed25519 .ssh/authorized_keys
  .ssh/known_hosts .ssh/config .aws/credentials .aws/config .docker/config.json .docker/secrets .kube/config .git/config .git/head
  .svn/entries .npmrc .pypirc .netrc .pgpass .my.cnf .bash_history .zsh_history .mysql_history .psql_history .history
  .htpasswd .htaccess .env .azure/accesstokens.json .config/gcloud .gnupg/ .vault-token .terraform/ terraform.tfstate
  boot.ini win.ini system.ini autoexec.bat config.sys windows/system32 winnt/system32 winnt/win.ini windows/repair/sam
  windows/panther system32/drivers/etc/hosts system32/config/sam ntuser.dat unattend.xml sysprep.inf inetpub/wwwroot global.asa
  web-inf/web.xml web-inf/classes web-inf/lib meta-inf/manifest.mf meta-inf/maven web.config applicationhost.config machine.config
  tomcat-users.xml conf/server.xml wp-config.php configuration.php localsettings.php sites/default/settings.php
  database.yml secrets.yml credentials.yml.enc master.key application.properties application.yml settings.py
  var/log/apache var/log/nginx var/log/httpd var/log/auth.log var/log/messages var/log/secure var/log/syslog
  var/log/vsftpd.log var/log/mail var/mail/ var/spool/cron var/run/secrets var/lib/mysql var/lib/php/sess var/www/html/
  usr/local/apache usr/local/etc/php usr/local/app/ opt/lampp/ xampp/ dev/fd/ dev/urandom dev/random dev/stdin dev/mem
  sys/class sys/kernel sys/devices tmp/sess_ sess_ id_rsa id_dsa id_ed25519 etcpasswd etcshadow etcgroup etchosts windowswin.ini windowssystem32 web-infweb.xml winntwin.ini`);

export interface Target {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const DOCUMENT = /^\.(?:md|mdx|rst|adoc|html?|tsx?|jsx?|py|go|java|rb|cs|vue|svelte)(?![\w.])/;

/** The most telling secret file that a path (lower case) names as a whole part of itself. */
export function secretFileIn(lower: string): Target | undefined {
  const path = lower.includes("\\") ? lower.replaceAll("\\", "/") : lower;
  let best: Target | undefined;
  for (const name of SECRET_FILES) {
    if (best !== undefined && name.length <= best.name.length) continue;
    const at = path.indexOf(name);
    if (at < 0) continue;
    const before = path.charAt(at - 1);
    // A dotfile stands after a separator: "file extension .env" names none.
    if (at > 0 && (name.startsWith(".") ? !/[/=:"']/.test(before) : /[\w-]/.test(before))) continue;
    const after = path.charAt(at + name.length);
    // `etc/passwd.md` is a page about it.
    if (after === "." && DOCUMENT.test(path.slice(at + name.length, at + name.length + 8))) continue;
    if (!name.endsWith("/") && !name.endsWith("_") && /[a-z_]/.test(after)) continue;
    best = { name, start: at, end: at + name.length };
  }
  return best;
}

/** Directories of a Unix system that no application file stands under. */
export const SYSTEM_DIRECTORY = /^(?:file:\/{0,3})?\/(?:etc|proc|sys|root|boot|dev)\/[\w.*?[\]@{}-]/;
