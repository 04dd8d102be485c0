/**
 * Programs whose names are nothing but that, by what they are for. Sources: POSIX.1-2017 utilities, the manual pages
 * of util-linux, procps and iproute2, GTFOBins, the applets of BusyBox, Microsoft's Windows command reference, LOLBAS.
 */
import { wordList } from "../lexicon.ts";

const FILES_AND_TEXT =
  wordList(`chgrp dirname basename mktemp getconf localedef pathchk uncompress lsattr readlink
  realpath namei lsns unzlma lzcat lz4cat bunzip2 bzip2recover zdiff zcmp zegrep zfgrep bzgrep bzegrep bzfgrep bzless
  bzmore xzgrep xzless xzmore lzmore lzless unxz zipinfo zipgrep zipdetails unrar unar 7za 7zr arj cabextract genisoimage
  xorriso ascii-xfr ascii85 base58 basenc basez atobm dos2unix unix2dos enscript groff soelim zsoelim batcat rlwrap
  csvtool msgen hexedit unexpand aspell ispell redcarpet cowsay cowthink espeak mawk colordiff vimtutor gvim neovim nvim emacsclient joe jmacs rnano
  chcon runcon pinky numfmt vdir dircolors sha3sum sha384sum b2sum crc32 colrm hardlink ddrescue dcfldd diff3
  sdiff bzdiff zstdgrep zstdless zforce znew zpaq gtar gzexe rpm2cpio mkisofs fdupes lesskey lessecho htdigest
  xmllint xsltproc xmlstarlet gencat etags objcopy ffprobe ffplay unoconv pdftotext pdfinfo pstopdf ps2pdf mlocate
  updatedb lzop yq`);

const SYSTEM =
  wordList(`lsmem lscpu lsirq lslocks lsipc findmnt swapon swapoff mkswap wipefs sfdisk cfdisk parted partprobe
  blockdev fstrim hwclock chcpu rtcwake runuser setpriv setsid prlimit ipcmk ipcrm uuidgen chfn mpstat iostat pidstat pmap
  pstree pwdx slabtop tload iotop nethogs vnstat dstat choom scanmem softlimit setlock pexec multitime openvt agetty
  hostid logname nohup modinfo kmod chkconfig invoke-rc.d update-rc.d rc-service rc-update initctl telinit runlevel
  systemd-analyze systemd-cgls systemd-nspawn systemd-resolve systemd-tmpfiles systemd-detect-virt localectl networkctl
  resolvectl cryptsetup mdadm lvcreate vgdisplay pvcreate debootstrap dpkg-source apt-mark apt-key add-apt-repository
  opkg emerge pkgadd easy_install run-mailcap runscript xdg-open xdg-user-dir certbot cdist dosbox wireshark scrot update-ca-certificates visudo sulogin deluser
  delgroup addgroup groupmod usermod grpck pwck chage lastcomm utmpdump ausyscall bpftrace bpftool perlbug
  adjtimex blkdiscard chpst chrt chvt conspy cryptpw deallocvt devmem envdir envuidgid fallocate findfs fsfreeze
  getfattr setfattr killall5 klogd linux32 linux64 mdev microcom mkdosfs mkpasswd mountpoint nologin pivot_root
  switch_root powertop rdev readahead readprofile runsv runsvdir scriptreplay scriptlive setconsole setfont
  setserial setuidgid slattach smemcap svlogd syslogd tunctl tune2fs ubiattach uevent usleep vconfig vlock addpart
  delpart resizepart chmem ctrlaltdel irqtop isosize ldattach lsfd lslogins lsclocks lsscsi mcookie partx pipesz
  rfkill setterm swaplabel uuidd uuidparse waitpid wdctl zramctl smartctl resize2fs e2label xfs_repair gdisk
  sgdisk vgcreate lvremove pvdisplay pkcon pkgutil postconf postmap repquota edquota quotacheck rkhunter
  chkrootkit systemd-cat systemd-mount systemd-path udevadm userdbctl virt-what vmtoolsd vmware-toolbox-cmd kexec
  keyctl gpgconf fusermount lddtree lsinitrd mokutil firejail bwrap procinfo pidwait prename rpmbuild dnf5 xclip
  xsel xauth xhost xrandr startx scanimage arecord aplay inotifywait faketime`);

const NETWORK =
  wordList(`arping arpwatch ethtool brctl ip6tables nftables iptables-save firewall-cmd ufw conntrack ipset tcpkill
  dhclient dhcpcd resolvconf iptraf iptraf-ng fping hping ping6 traceroute6 tracepath minicom sshfs psftp pscp plink
  w3m elinks httpie rtorrent torify torsocks tmate autossh corkscrew snmpwalk snmpget rpcbind nfsiostat dnsenum dnsrecon
  whatweb wpscan gobuster dirb ffuf wfuzz hashcat masscan zmap rustscan arp-scan netdiscover nbtscan onesixtyone ike-scan
  sslscan sslyze crackmapexec netexec proxychains proxychains4 ettercap bettercap tcpflow ngrep dsniff aircrack-ng cewl
  commix subfinder varnishncsa rpcdebug efax cupsfilter check_by_ssh check_cups check_log check_memory check_raid
  check_ssl_cert check_statusfile
  dnsdomainname dhcprelay dumpleases ether-wake ftpget ftpput ifenslave ifplugd ipaddr ipcalc iplink ipneigh
  iprule iptunnel nameif nbd-client ntpd rdate tcpsvd telnetd tftpd udhcpc udhcpd udpsvd zcip iperf iperf3
  ipmitool ipvsadm iwlist ndisc6 ngrep nsupdate ntpq ntpdc chronyc chronyd dnsmasq openconnect vpnc wg-quick
  wpa_supplicant tcptraceroute swaks smbpasswd smbstatus testparm wbinfo slapcat ldapadd ldapmodify ldapdelete
  ldappasswd xfreerdp rdesktop x11vnc xrdp vncserver vncviewer lftpget wget2 yt-dlp youtube-dl s3cmd sshuttle`);

const LANGUAGES_AND_DATA =
  wordList(`pypy pypy3 perl5 php5 tclsh sbcl clisp escript ghci runghc runhaskell groovysh jjs swipl gprolog
  slsh elvish ksshell c89 c99 luatex lualatex xelatex xetex pdftex pdflatex latexmk dvips cobc byebug gcore ginsh gtester mysqlshow mysqld_safe
  pgbench createdb dropdb createuser dropuser cqlsh sqlcmd sqlplus lsnrctl mongorestore mongofiles tdbtool clamscan
  bconsole tasksh kubelet gsutil azcopy eksctl rclone crictl nerdctl skopeo qemu-img qemu-system-x86_64 vboxmanage virsh
  exiftool ansible-test ansible-console aoss volatility whiptail distcc phpize pecl artisan
  jmap jstack jps jcmd jstat jarsigner javap jdb jhat jinfo rmic rmiregistry perldoc svnadmin svnlook svnserve
  mysqlbinlog mysqlcheck mysqld rrdtool sysbench`);

const WINDOWS =
  wordList(`atmadm auditpol autochk autoconv autofmt bdehdcfg bootcfg certreq chglogon chgport chgusr chkdsk
  chkntfs cprofile dcdiag dcgpofix dfsrmig diantz diskcomp diskcopy diskperf diskraid dispdiag driverquery dsacls dsadd
  dsget dsmod dsmove dsrm eventcreate eventquery evntcmd flattemp fondue fveupdate gpfixup gpresult gpupdate graftabl
  ipxroute irftp ksetup ktmutil ktpass lodctr logman macfile makecab manage-bde mapadmin mklink mountvol mqbkup mqsvc
  mqtgsvc msinfo32 mstsc netcfg netdom nfsadmin nfsshare nlbmgr ntbackup ntcmdprompt ntfrsutl openfiles pagefileconfig
  perfmon pnpunattend pnputil popd powercfg prncnfg prndrvr prnjobs prnmngr prnport prnqctl pubprn pushd
  pushprinterconnections pwlauncher qappsrv qprocess rasautou rdpsign relog repair-bde rexec risetup rpcping rwinsta
  sdbinst secedit serverceipoptin servermanagercmd serverweroptin setlocal endlocal setx storrept sxstrace sysocmgr
  tapicfg tcmsetup tlntadmn tpmtool tpmvscmgr tracerpt tscon tsdiscon tsecimp tskill tsprof typeperf tzutil unlodctr
  w32tm wbadmin wdsutil wecutil winmsdp winrm winrs winsat wlbs wusa nbtstat
  aspnet_compiler atbroker certoc cmdl32 conhost dfsvc eventvwr extexport fltmc gpscript ie4uinit ilasm
  infdefaultinstall jsc mpcmdrun msconfig odbcconf pcwrun pktmon printbrm rdrleakdiag runexehelper runonce runas
  settingsynchost stordiag ttdinject unregmp2 vbc verclsid winget wlrmdr workfolders wuauclt procdump
  handle64 psinfo pslist psloglist pskill psservice dsregcmd sethc utilman osk
  dfsutil djoin freedisk iisreset net1 rasdial systemreset waitfor winhelp wpeutil wsl appcmd psexec64 accesschk
  autorunsc procexp procmon listdlls psgetsid pspasswd psping psshutdown pssuspend sdelete sigcheck sysmon tcpview
  vmmap nvidia-smi appinstaller colorcpl computerdefaults configsecuritypolicy customshellhost datasvcutil
  desktopimgdownldr devicecredentialdeployment imewdbld iscsicpl offlinescannershell provlaunch runscripthelper
  addinutil agentexecutor appvlp bginfo createdump devtoolslauncher dump64 fsianycpu mftrace msdeploy msohtmed
  msxsl rcsi sqldumper sqlps sqltoolsps vsjitdebugger`);

/** Of macOS, by its own manual pages. */
const MACOS =
  wordList(`osascript dscl plutil sw_vers system_profiler networksetup scutil pbcopy pbpaste screencapture spctl csrutil
  diskutil hdiutil softwareupdate mdfind mdls otool dtruss fs_usage sysdiagnose pmset caffeinate codesign`);

export const PROGRAMS: readonly string[] = [
  ...FILES_AND_TEXT,
  ...SYSTEM,
  ...NETWORK,
  ...LANGUAGES_AND_DATA,
  ...WINDOWS,
  ...MACOS,
];

/** Names that are also abbreviations or products: a separator or an argument has to go with them. */
export const ABBREVIATIONS: readonly string[] =
  wordList(`ab aws bundler cmp csc dialog dotnet hd jq ghc gcloud helm
  latex lp lpq m4 nasm eqn ksu sash tic xpad grc cabal mosquitto neofetch openvpn pandoc pax pdb pg pkg ptx pyenv restic sg tbl ul vigr xz yash zathura chcp chdir clip
  mmc rcp psr wab minikube podman crontab lpstat unalias compgen mapfile readarray shopt getopts dirs disown
  fc hash popd builtin enable bind shift logout suspend times caller runc buildah rclone rustc kotlinc ocaml erl elixir tsx
  deno pnpm bzip lzma unlz lynis vercmp val qsub ctags cflow cxref sar lsw lsd exa fd rg bat dstat tput
  gal gcm gdr ghy gjb gmo gps gpv gsn gsnp gtz gcb gcs gerr gbp ihy ipal ipcsv ipmo ipsn nal ndr nmo npssc nsn ogv rbp
  rcjb rcsn rdr rjb rmo rni rnp rsn rsnp rujb rvpa rwmi sajb sal sbp scb shcm sls spjb spps spsv stz sujb swmi trcm wjb
  asnp clc clhy cli clp clv cnsn cpi cpp cvpa dbp dnsn ebp epal epcsv epsn etsn exsn fhx
  atop bmon btrfs cvs ditto e2fsck eject fio ftpd gsettings hcitool hh htpasswd httpd inetd iw ll lprm lpc lvs pvs
  vgs lvm lxc lxd incus mysqld pv pwgen rar scrub sfc shred skill slapd smbd snice sntp sox stow ts usbutils vmm
  wg xwd xev xset zdb zpool zfs`);

/** Everyday words that are commands too. */
export const WORDS: readonly string[] =
  wordList(`append alpine red bridge cancel change check compact compress control convert crash delta
  expand extract facter format genie goto highlight joe jtag knife label links logoff logname mode msg pic posh query
  ranger recover redis rem replace shift socket split subst tabs talk task tex time title verifier verify view what xmore
  explorer notepad calc taskmgr winver vault consul nomad packer terraform cargo swift flutter dart hydra medusa john responder
  nuclei amass drush mono scala kotlin guile racket wish conda brew flatpak nix guix oc doctl heroku vercel netlify
  ac chat cipher col defaults defrag fl foreach ft fw gc getopt gi gl gm gp gs gu gv gwmi ii init ise iwmi login
  melt mi mp ni nuke nv oh quota raw resume ri rp rv say security sensors si sl sp stap sv sync tc truncate users
  watchdog`);
