/** Paths that name what a web server should never hand out: by the shape of the name, wherever the project keeps it. */
import { beforeFirst } from "../before-first.ts";
import type { Match } from "../detector.ts";
import { secretFileIn } from "../file/targets.ts";
import { wordSet } from "../lexicon.ts";

const RULE = "other/sensitive-file";

/** Directories and files of tools, by what stands after the dot. */
const SECRET_DOT =
  wordSet(`git svn hg bzr cvs env aws ssh docker kube azure gcloud config_backup htpasswd htaccess npmrc yarnrc pypirc
  netrc pgpass my.cnf bash_history bash_profile bashrc zsh_history zshrc sh_history mysql_history psql_history history profile
  viminfo gitconfig git-credentials gitignore gitattributes gitmodules gitlab-ci.yml travis.yml circleci github dockerenv
  dockerignore ds_store idea vscode vs settings project classpath sublime-project ftpconfig remote-sync.json
  sftp-config.json s3cfg boto rclone.conf terraform terraformrc vault-token ansible vagrant passwd shadow
  user.ini php.ini wp-config.php.swp msmtprc muttrc esmtprc procmailrc credentials secret secrets key keys pem token
  rediscli_history sqlite_history node_repl_history python_history lesshst gnupg pki composer cache config local
  claude cursor kiro codex opencode plandex fabric n8n junie aider windsurf copilot gemini continue cline roo amazonq
  mcp.json eslintrc babelrc flaskenv serverless netlify.toml vercel buildpacks jenkins drone.yml hidden private backup tmp old`);
/** Served on purpose. */
const SERVED_DOT = wordSet(
  "well-known auth netlify proxy rum cdn resources vite next nuxt output cdn-cgi magnolia public",
);

/** Copies that editors, administrators and dumps leave behind. */
const COPY =
  /(?:~|\.(?:bak\d?|backup|back|bkp|bk|old\d?|orig|original|save|saved|sav|swp|swo|tmp|temp|copy|dist|sample|example|rej|disabled|php_bak|1|2))$/;
/** Kinds of files that hold data or keys. */
const DATA =
  /\.(?:sql|sqlite3?|db3?|mdb|accdb|dump|dmp|bson|rdb|ibd|frm|ldf|mdf|pem|key|p12|pfx|pkcs12|jks|keystore|ppk|kdbx?|asc|gpg|pgp|ovpn|rdp|pcap|hprof|core|tfstate|tfvars|htpasswd|cred|credentials|agent|ini|cfg|cnf|inc|conf|properties|env)(?:\.(?:gz|zip|bz2|xz|7z|tar|tgz|rar|bak|old))?$/;
const ARCHIVE = /\.(?:zip|tar|tgz|tar\.gz|tar\.bz2|gz|rar|7z|bz2|war|jar|ear)$/;
/** Names that archives of a whole site or its data have. */
const WHOLE_SITE =
  /(?:^|[._-])(?:backup|back|bak|www|wwwroot|htdocs|sharedhtml|html|site|website|web|db|database|dump|data|sql|mysql|old|src|source|code|app|api|root|home|server|full|all|archive|latest|prod|production|staging|dev|test|release|config|wp|wordpress|vendor|upload|uploads|files|users?|customers?|private|secret)s?(?:[._-]?\d{0,8})?$/;
export const NAMES =
  wordSet(`web.config app.config machine.config applicationhost.config appsettings.json appsettings.development.json
  appsettings.production.json local.settings.json launchsettings.json secrets.json credentials.json credentials.yml
  credentials.xml secrets.yml secrets.yaml config.json config.yml config.yaml config.xml config.php config.inc.php config.rb
  config.js configuration.php settings.php settings.py local_settings.py settings.json localsettings.php parameters.yml
  database.yml database.php db.php dbconfig.php db.ini connection.php connect.php application.yml application.yaml
  application.properties application-dev.yml application-prod.yml bootstrap.yml docker-compose.yml docker-compose.yaml
  docker-compose.prod.yml dockerfile jenkinsfile vagrantfile makefile procfile gemfile rakefile gruntfile.js
  composer.lock auth.json serviceaccountkey.json service-account.json firebase.json google-services.json
  client_secret.json aws-credentials id_rsa id_dsa id_ecdsa id_ed25519 id_rsa.pub authorized_keys known_hosts
  phpinfo.php info.php php_info.php phpinfo test.php php.php i.php pinfo.php p.php server-status server-info
  thumbs.db desktop.ini error_log access_log debug.log error.log errors.log access.log laravel.log server.log
  application.log production.log development.log npm-debug.log yarn-error.log wp-config.php wp-config.txt wp-config
  dump.sql database.sql backup.sql db.sql mysql.sql users.sql data.sql site.sql sitemanager.xml filezilla.xml
  recentservers.xml winscp.ini ws_ftp.ini tnsnames.ora sftp.json sftp-config.json deployment-config.json crossdomain.bak
  robots.bak install.log setup.log changelog.bak web.xml struts.xml applicationcontext.xml context.xml server.xml
  tomcat-users.xml persistence.xml hibernate.cfg.xml log4j.properties build.xml keystore.jks key.pem privatekey.key
  server.key private.key ssl.key localhost.key passwords.txt password.txt passwd.txt users.txt accounts.txt
  credentials.txt secret.txt token.txt keys.txt htpasswd.txt terraform.tfstate terraform.tfvars httpd.conf nginx.conf apache2.conf sshd_config my.cnf php.ini kubeconfig core dead.letter
  manifest.mf env.js env.json env.bak env.txt env.save env.production env.local wallet.dat bitcoin.conf master.key`);

export function* findSensitiveFile(lower: string): Generator<Match> {
  const path = beforeFirst(lower, /[?#]/);
  const segments = path.split("/");
  let start = 0;
  for (let i = 0; i < segments.length && i < 24; i++) {
    const segment = segments[i] ?? "";
    const last = i === segments.length - 1;
    const found = segment.startsWith(".")
      ? judgeDot(segment, last ? "" : (segments[segments.length - 1] ?? ""))
      : last
        ? judgeName(segment, segments)
        : undefined;
    if (found !== undefined) {
      yield { rule: RULE, score: found.score, reason: found.reason, start, end: start + segment.length };
    }
    start += segment.length + 1;
  }
  const system = secretFileIn(path);
  if (
    system !== undefined &&
    /^(?:etc|proc|root|windows|winnt|web-inf|meta-inf|boot-inf|boot\.ini|win\.ini|sys|var\/(?:log|run|spool|backups))/.test(
      system.name,
    )
  ) {
    yield {
      rule: RULE,
      score: 0.75,
      reason: `${system.name} is a file of the system or of the application server.`,
      start: system.start,
      end: system.end,
    };
  }
  if (/^\/(?:@fs|@id)\//.test(path) || path.includes("/__x00__")) {
    yield {
      rule: RULE,
      score: 0.6,
      reason: "A development server's way to files outside the project.",
      start: 0,
      end: path.length,
    };
  }
}

interface Judgement {
  readonly score: number;
  readonly reason: string;
}

/** How tools name their settings, histories, credentials and data. */
const TOOL_FILE =
  /(?:rc|ignore|config|conf|history|profile|credentials?|secrets?|tokens?|keys?|passwd|cfg|ini|ya?ml|json|toml|xml|properties|sql|sqlite3?|db|log|bak|env|sh)$/;

/** @param file what stands in the hidden folder; empty where the hidden name is the last */
function judgeDot(segment: string, file: string): Judgement | undefined {
  const name = beforeFirst(segment.slice(1), /[^\w.-]/);
  if (name.length === 0 || name.startsWith(".") || SERVED_DOT.has(name)) return undefined;
  const stem = beforeFirst(name, /[._-]/);
  if (stem === "env") return { score: 0.8, reason: "An environment file holds the application's secrets." };
  if (name === "git" || name === "svn" || name === "hg") {
    return { score: 0.75, reason: "A version control folder gives away the source code." };
  }
  if (SECRET_DOT.has(name) || SECRET_DOT.has(stem)) {
    return { score: 0.7, reason: "A hidden file of a tool, with settings or credentials." };
  }
  if (COPY.test(name)) return { score: 0.6, reason: "A hidden file or folder." };
  if (TOOL_FILE.test(file === "" ? name : file)) {
    return { score: 0.55, reason: "Settings or data of a tool, in a hidden file or folder." };
  }
  return { score: 0.35, reason: "A hidden file or folder." };
}

function judgeName(name: string, segments: readonly string[]): Judgement | undefined {
  if (name.length < 2) return undefined;
  if (NAMES.has(name)) {
    const weak = WEAK.has(name) || segments.length > 5;
    return { score: weak ? 0.4 : 0.65, reason: `${name} usually holds settings, credentials or logs.` };
  }
  const copy = COPY.exec(name);
  const left = copy !== null && /^(?:~|\.(?:bak|old|orig|save|swp|backup))/.test(copy[0]);
  if (copy !== null && (left || /\.\w+$/.test(name.slice(0, copy.index))) && !/^\.[12]$/.test(copy[0])) {
    const script =
      /\.(?:php\d?|aspx?|jspx?|py|rb|pl|js|json|ya?ml|xml|config|conf|ini|sql|env|inc|properties|zip|gz|tar|cgi|sh)$/.test(
        name.slice(0, copy.index),
      );
    return {
      score: script ? 0.7 : 0.55,
      reason: "A copy that an editor or an administrator left behind: it is served as text.",
    };
  }
  if (DATA.test(name)) {
    const score = /\.(?:conf|cfg|core|agent|asc)$/.test(name)
      ? 0.4
      : /\.(?:ini|cnf|inc|properties|key)$/.test(name)
        ? 0.55
        : 0.65;
    return { score, reason: "Files of this kind hold data, settings or keys." };
  }
  const archive = ARCHIVE.exec(name);
  if (archive !== null && segments.length <= 4 && WHOLE_SITE.test(name.slice(0, archive.index))) {
    return {
      score: segments.length <= 3 ? 0.6 : 0.45,
      reason: "An archive with the name of a whole site or its data.",
    };
  }
  return undefined;
}

/** Also served on purpose, or by accident so often that they say little. */
const WEAK = wordSet(
  "config.json config.js settings.json dockerfile makefile gemfile rakefile core web.xml build.xml config.xml config.yml test.php settings.php config.php manifest.mf keys.txt info.php env.js firebase.json",
);
