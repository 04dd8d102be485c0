/**
 * Command names by how surely they are one: `whoami` is nothing else, `id` is also a column, `find` is also a verb.
 * Sources: POSIX utilities, GTFOBins and LOLBAS for what can be abused, Microsoft's command reference.
 */
import { wordList, wordSet } from "../lexicon.ts";
import { ABBREVIATIONS, PROGRAMS, WORDS } from "./programs.ts";

const KNOWN =
  wordList(`whoami uname ifconfig ipconfig netstat nslookup wget traceroute tracert tcpdump iptables nmap ncat
  socat busybox systeminfo tasklist taskkill certutil bitsadmin powershell pwsh mshta rundll32 regsvr32 wmic schtasks
  cscript wscript msbuild installutil icacls cacls takeown vssadmin nltest dsquery netsh findstr printenv mkfifo chmod chown
  chattr useradd adduser usermod userdel groupadd crontab systemctl launchctl journalctl dmesg lsof lsblk lspci lsusb
  gcc perl python python2 python3 bash zsh ksh csh tcsh dash ash rbash sudo doas pkexec chroot nohup
  xargs awk gawk nawk mawk sed egrep fgrep zgrep rgrep zcat bzcat xzcat zstdcat zless zmore hexdump xxd base64 base32 md5sum
  sha1sum sha256sum openssl ssh scp sftp sshpass telnet rsync tftp smbclient rpcclient ldapsearch mysqldump psql mongo
  systemd-run setcap getcap getent ssh-keygen ssh-copy-id ldconfig insmod modprobe tac nl rev
  fortune arp ss iproute2 ipcs ifup ifdown iwconfig nmcli hostnamectl nc.traditional nc.openbsd netcat finger rlogin rsh curl lynx axel
  aria2c lwp-download lwp-request php-cgi php7 php8 nodejs lua luajit gdb strace ltrace ld.so capsh unshare nsenter
  tmux byobu setarch taskset timeout stdbuf ionice flock logrotate run-parts start-stop-daemon cpulimit
  ps2ascii pico nano vim ed ex pdksh mksh fish lua5.1 irb pry apt-get aptitude dpkg rpm yum
  dnf pacman zypper apk brew snap lsb_release vi hping3 nikto sqlmap msfvenom msfconsole fakeroot dpkg-deb cpan
  ansible ansible-playbook ansible-galaxy ansible-config ansible-doc ansible-inventory ansible-pull ansible-vault
  chef-client chef-run chef-shell chef-solo puppet-agent terraform cscli visudo vipw regedit
  regini bcdboot unxz unlzma rmt update-alternatives start-stop-daemon logsave mtr tshark dumpcap editcap mosquitto_pub
  wp-cli phpunit ldapwhoami kinit klist ktutil keytool jrunscript htop rmt-dump aa-exec aa-disable aa-enforce aa-status
  dmidecode dmsetup debugfs mkfs mke2fs fsck losetup blkid badblocks hdparm iftop tshark ncdu ncftp lftp smbmap
  enum4linux evil-winrm bloodhound mimikatz linpeas winpeas chisel socat setfacl getfacl loginctl busctl machinectl
  timedatectl coredumpctl auditctl ausearch aureport semanage setenforce getenforce apparmor_parser iscsiadm showmount
  rpcinfo nfsstat exportfs mysqladmin mysqlimport pg_dump pg_dumpall pg_restore redis-cli mongodump mongoexport mongosh
  msgattrib msgcat msgconv msgfilter msgmerge msguniq xdotool xmodmap xxd uuencode uudecode unsquashfs mksquashfs
  rpmquery rpmverify rpmdb dpkg-query dpkg-reconfigure gpasswd newgrp newusers chpasswd pwconv grpconv faillog lastb
  ssh-agent ssh-add ssh-keyscan pwdump secretsdump psexec wmiexec smbexec atexec dcomexec adfind sharphound rubeus
  cmdkey cmstp installutil presentationhost regasm regsvcs msdt ieexec forfiles esentutl extrac32 diskshadow
  dnscmd csvde ldifde ntdsutil mavinject pcalua scriptrunner syncappvpublishingserver tttracer wsreset xwizard`);

const SHORT =
  wordList(`id ls cat ps pwd dir ping nc sh echo printf cp mv rm ln cd mkdir rmdir touch grep df du w cmd cmd.exe
  net ver tar zip unzip gzip gunzip bzip2 7z ip dig od wc tr tee env export unset exec eval ftp arch 
  vol reg sc del ren rd md tree xcopy robocopy attrib cls erase ssh dd cpio ar nm
  rename whatis whereis which uptime fdisk mount umount passwd su bc expr diff fmt
  mysql sqlite3 gcc-ar javac jar jshell screen atq batch mailx sendmail ntpdate
  vmstat iostat pidof pgrep pkill killall nice renice wall lastlog last fg bg dc ld as chsh chfn mknod
  sysctl ebtables nft uconv iconv uniq shuf csplit seq cksum pr nproc lpr
  quser qwinsta wevtutil fsutil diskpart bcdedit bcdboot nbtstat pathping getmac hostname doskey assoc ftype
  iex iwr irm gci gwmi saps icm tty stty ulimit umask locate gpg gpg2 msiexec gps gsv sasv spsv whois svn kubectl
  apt-cache cksum sha512sum sha224sum pgrep watch lsmod rmmod depmod mknod fuser ldd objdump readelf strings ncal
  gdbserver valgrind tclsh expect gimp octave emacs vimdiff rvim rview nroff troff mutt mailq newaliases`);

const VERBS_TOO =
  wordList(`npm npx yarn git svn hg make cmake go cargo docker kubectl podman pip pip3 gem java php ruby
  node stat strings fold tail cut at start set type move copy comm alias history jobs route paste column join record find time date who more less top test kill mail host look read write true false wait sleep head
  install watch service script info man link unlink factor yes logger clear reset call if for while until
  do then case select function return break continue exit trap source command builtin let local declare typeset
  shutdown reboot halt poweroff edit print path title color prompt pause choice where sort file finger size strip
  sum expand join open play say mesg news rev cal units tsort patch perf gem snap chef puppet apt cc man
  groups free yelp rake bundle composer vagrant julia`);

export const CERTAIN: ReadonlySet<string> = new Set([...KNOWN, ...PROGRAMS]);
export const LIKELY: ReadonlySet<string> = new Set([...SHORT, ...ABBREVIATIONS]);
export const SPOKEN: ReadonlySet<string> = new Set([...VERBS_TOO, ...WORDS]);

/** Commands that run the command after them. */
export const WRAPPERS =
  wordSet(`sudo doas nohup time env exec command builtin eval xargs busybox nice ionice timeout setsid
  stdbuf strace watch then do else if while until ! chroot unshare start call`);

/** PowerShell verbs (Get-Verb) that cmdlets begin with. */
export const VERBS =
  wordSet(`add clear copy close compare complete compress convert convertfrom convertto copy debug disable
  disconnect dismount edit enable enter exit expand export find foreach format get grant group hide import initialize
  install invoke join limit lock measure merge mount move new open optimize out ping pop push read receive redo
  register remove rename repair request reset resize resolve restart restore resume revoke save search select send set
  show skip sort split start step stop submit suspend switch sync tee test trace unblock undo uninstall unlock
  unprotect unpublish unregister update use wait watch where write`);

/** Nouns of cmdlets. Verb and noun together leave no doubt. */
export const NOUNS =
  wordSet(`expression webrequest restmethod command item itemproperty childitem content object process
  service computer host location history job variable alias module pssession wmimethod wmiobject ciminstance eventlog
  acl authenticodesignature clipboard credential culture date event executionpolicy help hotfix member netipaddress
  nettcpconnection output psdrive random scheduledtask securestring string transcript uiculture unique netadapter
  localuser localgroup localgroupmember aduser adgroup adcomputer adgroupmember volume disk partition smbshare null
  file csv json html xml printer gridview debug error verbose warning progress sleep path connection archive
  shortcut bitstransfer dnsname mailmessage mppreference itemtype pssnapin computerinfo timezone filehash scheduledjob
  adcomputer addomain addomaincontroller adforest adgroup adobject adorganizationalunit adprincipalgroupmembership
  adtrust adserviceaccount applockerpolicy appxpackage bitlockervolume certificate cimassociatedinstance cimclass cimmethod
  cimsession controlpanelitem counter dnsclientcache dnsclientserveraddress dnsserver domain firewallrule gpo gporeport
  hotkey hyperv keytab localuser mimikatz mpcomputerstatus mpthreat netadapterbinding netfirewallprofile netfirewallrule
  netipconfiguration netneighbor netroute netudpendpoint ntfsaccess odbcdsn package packageprovider packagesource
  physicaldisk pnpdevice psbreakpoint pscallstack psdebug psprovider psreadline psreadlineoption psrepository
  psscriptfile pssessionconfiguration registry runspace scheduledtaskaction scheduledtaskprincipal scheduledtasktrigger
  secureboot shadowcopy smbconnection smbmapping smbopenfile smbsession systemdriver tempfile tokenmanipulation
  tracesource typedata uncpath userprofile vm vmhost vmswitch webapplication webappsetting webbinding website
  windowsfeature windowsoptionalfeature windowsupdate winevent winuserlanguagelist wmievent wmieventsubscription wsman
  wsmaninstance wsmanquickconfig portscan shellcode powershelltcp ninjacopy dllinjection reflectivepeinjection
  kerberoast bloodhound userhunter type`);

/** Fields in which monitoring reports what runs. */
export const TELEMETRY = wordSet(
  "cmdline command_line commandline argv executable process.executable exe process_name entrypoint curl shell login_shell loginshell",
);

/** Names that also stand in lists of everyday words. */
export const AMBIGUOUS: ReadonlySet<string> = new Set([...ABBREVIATIONS, ...WORDS]);
