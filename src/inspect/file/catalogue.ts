/**
 * Files worth reading for an attacker, by platform: path endings without the leading slash, in lower case, with forward
 * slashes. One that ends in `/` or `_` stands for what begins so. Sources: the Filesystem Hierarchy Standard 3.0,
 * proc(5), sysfs(5), the manuals of the programs that own the files, Microsoft's documentation of Windows.
 */
import { wordList } from "../lexicon.ts";

const UNIX =
  wordList(`etc/passwd etc/shadow etc/group etc/gshadow etc/sudoers etc/master.passwd etc/security/passwd etc/issue
  etc/hosts etc/hostname etc/fstab etc/crontab etc/resolv.conf etc/ssh/sshd_config etc/mysql/my.cnf etc/my.cnf etc/php.ini
  etc/subuid etc/subgid etc/environment etc/profile etc/apache2/apache2.conf etc/httpd/conf/httpd.conf etc/nginx/nginx.conf
  etc/os-release etc/motd etc/inetd.conf etc/samba/smb.conf etc/vsftpd.conf etc/krb5.keytab etc/openvpn etc/kubernetes/admin.conf
  etc/security/opasswd etc/security/user etc/ssh/ssh_host_ etc/ssl/private/ etc/sudoers.d/ etc/spwd.db etc/pwd.db
  etc/letsencrypt/live/ etc/letsencrypt/archive/ etc/ipsec.secrets etc/ppp/chap-secrets etc/ppp/pap-secrets
  etc/wireguard/ etc/kubernetes/pki/ etc/rancher/k3s/ etc/shadow- etc/passwd- etc/netplan/ etc/wpa_supplicant/
  etc/ldap.secret etc/pam_ldap.secret etc/smbpasswd etc/samba/private/ etc/cups/printers.conf etc/snmp/snmpd.conf
  etc/redis/redis.conf etc/mongod.conf etc/exports etc/rsyncd.secrets etc/tomcat/tomcat-users.xml
  root/.ssh root/.bash_history root/.aws root/.bashrc root/.kube root/.docker root/.profile root/.gnupg root/.my.cnf
  var/log/apache var/log/nginx var/log/httpd var/log/auth.log var/log/messages var/log/secure var/log/syslog
  var/log/vsftpd.log var/log/mail var/mail/ var/spool/cron var/run/secrets var/lib/mysql var/lib/php/sess var/www/html/
  var/log/wtmp var/log/btmp var/log/lastlog var/log/faillog var/log/kern.log var/log/daemon.log var/log/dmesg
  var/log/audit/ var/log/mysql var/log/postgresql var/log/lighttpd var/log/redis var/log/mongodb var/log/exim
  var/log/proftpd var/log/xferlog var/log/cron var/log/boot.log var/log/dpkg.log var/log/yum.log var/log/squid
  var/log/tomcat var/log/cloud-init var/run/utmp var/run/docker.sock run/docker.sock run/secrets/ var/lib/docker/
  var/lib/kubelet/ var/lib/postgresql/ var/lib/mongodb/ var/lib/redis/ var/lib/mlocate/ var/lib/cloud/ var/lib/jenkins/
  var/backups/ var/spool/mail/ var/db/shadow/ private/etc/passwd private/etc/master.passwd private/var/log/
  usr/local/apache usr/local/etc/apache usr/local/etc/httpd usr/local/etc/php usr/local/app/ usr/local/etc/nginx usr/local/tomcat/conf usr/local/nginx/conf
  opt/lampp/ opt/tomcat/conf opt/bitnami/ xampp/ dev/fd/ dev/urandom dev/random dev/stdin dev/mem dev/kmem dev/shm/
  sys/class sys/kernel sys/devices sys/firmware/ sys/hypervisor sys/module/ tmp/sess_ sess_ etcpasswd etcshadow etcgroup etchosts`);

/** Of a user: keys, credentials, histories, profiles. */
const HOME =
  wordList(`.ssh/id_rsa .ssh/id_dsa .ssh/id_ecdsa .ssh/id_ed25519 .ssh/authorized_keys .ssh/identity .ssh/environment
  .ssh/known_hosts .ssh/config .aws/credentials .aws/config .docker/config.json .docker/secrets .dockercfg .kube/config
  .git/config .git/head .git/index .git/logs .git/refs .git/objects .git-credentials .svn/entries .svn/wc.db .hg/hgrc .bzr/branch
  .npmrc .yarnrc .pypirc .netrc .pgpass .my.cnf .mylogin.cnf .s3cfg .boto .rhosts .shosts .k5login .fetchmailrc .msmtprc
  .bash_history .zsh_history .sh_history .ash_history .mysql_history .psql_history .sqlite_history .rediscli_history
  .python_history .node_repl_history .irb_history .history .lesshst .viminfo .bashrc .bash_profile .bash_logout .zshrc .cshrc
  .htpasswd .htaccess .env .azure/accesstokens.json .azure/azureprofile.json .azure/msal_token_cache .config/gcloud
  .config/gh/hosts.yml .config/rclone .config/filezilla .gnupg/ .vault-token .terraform/ .terraformrc .terraform.d/credentials
  .m2/settings .gradle/gradle.properties .cargo/credentials .gem/credentials .composer/auth.json .subversion/auth
  .vnc/passwd .xauthority .mozilla/firefox .local/share/keyrings .pki/nssdb .ansible/ .dockerenv .ftpconfig
  .anthropic/ .claude/.credentials.json .codex/auth.json .databrickscfg .snowsql/config .oci/config .fly/config.yml`);

const WINDOWS =
  wordList(`boot.ini win.ini system.ini autoexec.bat config.sys windows/system32 winnt/system32 winnt/win.ini windows/repair/
  windows/panther windows/debug/netsetup.log windows/ntds/ windows/php.ini windows/my.ini windows/iis windows/setupact.log
  windows/security/database windows/csc/ windows/temp/ windows/win.ini windows/system.ini windows/sysprep
  system32/drivers/etc/hosts system32/config/sam system32/config/system system32/config/security system32/config/regback
  system32/inetsrv system32/logfiles ntuser.dat unattend.xml unattended.xml sysprep.inf inetpub/wwwroot inetpub/logs
  global.asa global.asax pagefile.sys hiberfil.sys ntds.dit consolehost_history.txt winnt/repair/ bootmgr
  machine.config applicationhost.config web.config app.config wamp/ wamp64/ xampp/apache xampp/mysql xampp/php users/administrator/ windowswin.ini windowssystem32
  apache/logs/ apache/conf/ mysql/data/mysql/ apache group/ apache software foundation/  winntwin.ini`);

const APPLICATIONS =
  wordList(`web-inf/ meta-inf/manifest.mf meta-inf/maven meta-inf/context.xml boot-inf/classes web-infweb.xml tomcat-users.xml
  conf/server.xml conf/context.xml wp-config.php configuration.php localsettings.php sites/default/settings.php app/etc/env.php
  app/etc/local.xml application/config/database.php config/database.php config/config.inc.php config/parameters.yml
  storage/logs/laravel.log database.yml secrets.yml credentials.yml.enc master.key application.properties application.yml
  bootstrap.yml settings.py appsettings.json appsettings.production.json terraform.tfstate serviceaccountkey.json
  id_rsa id_dsa id_ecdsa id_ed25519`);

export const FILES: readonly string[] = [...UNIX, ...HOME, ...WINDOWS, ...APPLICATIONS];

/** Entries of /proc that nothing else is called. */
export const PROC =
  wordList(`self thread-self version cmdline cpuinfo meminfo mounts net sys sched_debug interrupts kcore acpi buddyinfo
  cgroups config.gz diskstats execdomains iomem ioports kallsyms key-users kmsg kpagecount kpageflags kpagecgroup
  loadavg mdstat mtrr pagetypeinfo schedstat slabinfo softirqs sysrq-trigger sysvipc timer_list timer_stats
  version_signature vmallocinfo vmstat zoneinfo`);

/** Entries of /proc that are words: they count where the path begins. */
export const PROC_WORDS =
  wordList(`bus consoles crypto devices dma driver fb filesystems fs irq keys locks misc modules partitions pressure
  scsi stat swaps tty uptime`);
