/** Marks of scanning tools: in the user agent they name themselves, in payloads they leave their call-back hosts. */
import type { Match, Reading } from "../detector.ts";
import { wordSet } from "../lexicon.ts";

const RULE = "other/scanner-mark";

/** Offensive tools, by what their user agents and payloads contain. */
const TOOLS = `sqlmap nikto nuclei acunetix netsparker invicti nessus openvas w3af wpscan masscan zgrab dirbuster gobuster ffuf
  feroxbuster dirsearch wfuzz zaproxy arachni skipfish wapiti whatweb joomscan commix havij pangolin jorgee paros/
  webinspect appscan qualys jaeles l9explore l9tcpid l9scan muieblackcat morfeus zmeu sitescanner fimap grendel-scan webshag
  bsqlbf sqlninja sqlsus xsser xspider vega/ golismero uniscan droopescan cmsmap wpseku davtest padbuster fuzz(?)faster
  burpsuite burpcollaborator httprecon dotdotpwn brutus thc-hydra medusa-scan mozi. hello(?)world(?)bot absinthe bilbo
  core-project/1.0 crowbar floodgate webtrends(?)security whcc/ xenu(?)hack toata nsauditor internet(?)ninja python-scan
  metasploit xmap/ rustscan interactsh projectdiscovery crlfuzz dalfox xsstrike kxss gau/ waybackurls-scan tplmap
  patator routersploit sn1per shodan-cli zmap/ odin-scan secscan webvulnscan pentest-tools detectify intruder.io probely
  cyberscan_test leakix`;
const OFFENSIVE = TOOLS.trim()
  .split(/\s+/)
  .map((name) => name.replaceAll("(?)", " "));

/** Measure the internet and say so. */
const RESEARCH = [
  "censys",
  "shodan",
  "internet-measurement",
  "internetmeasurement",
  "netsystemsresearch",
  "expanse",
  "paloaltonetworks",
  "stretchoid",
  "binaryedge",
  "onyphe",
  "project sonar",
  "rapid7",
  "shadowserver",
  "modatscanner",
  "criminalip",
  "driftnet",
  "netcraft",
  "leakix",
  "ipip.net",
  "securitytrails",
  "fofa",
  "zoomeye",
  "hadrian",
];

const NMAP = "nmap scripting engine";

export function* findScannerMark({ lower }: Reading, userAgent: boolean): Generator<Match> {
  for (const name of OFFENSIVE) {
    const at = lower.indexOf(name);
    if (at < 0 || (!userAgent && WORDS.has(name))) continue;
    yield matchOf(
      userAgent ? 0.65 : 0.5,
      `${name.replace(/[/.]$/, "")} is a tool that looks for holes.`,
      at,
      at + name.length,
    );
    break;
  }
  if (!userAgent) return;
  const nmap = lower.indexOf(NMAP);
  if (nmap >= 0) yield matchOf(0.65, "Nmap's scripts probe services for holes.", nmap, nmap + NMAP.length);
  if (lower === "hello, world" || lower === "hello world")
    yield matchOf(0.6, "The user agent of Mirai-like botnets.", 0, lower.length);
  for (const name of RESEARCH) {
    const at = lower.indexOf(name);
    if (at >= 0) {
      yield matchOf(0.2, `${name} scans the whole internet and says so.`, at, at + name.length);
      return;
    }
  }
}

/** Names that texts have too. */
const WORDS = new Set([
  "nuclei",
  "medusa-scan",
  "vega/",
  "commix",
  "paros/",
  "morfeus",
  "absinthe",
  "pangolin",
  "crowbar",
  "brutus",
  "bilbo",
  "masscan",
  "qualys",
  "nessus",
  "projectdiscovery",
  "detectify",
  "leakix",
  "mozi.",
  "toata",
  "invicti",
  "metasploit",
  "patator",
  "ffuf",
  "whatweb",
  "gobuster",
  "nikto",
  "sqlmap",
  "wpscan",
  "dirbuster",
  "burpsuite",
  "detectify",
  "probely",
  "arachni",
  "skipfish",
  "openvas",
  "appscan",
  "wfuzz",
  "zaproxy",
  "jorgee",
  "havij",
  "xsser",
  "xmap/",
  "zmap/",
  "gau/",
  "whcc/",
]);

/** Parts of the names that normal text has too. */
const ORDINARY = wordSet(
  "core project internet ninja hello world bot scan tools security test hack faster fool fuzz vega crowbar intruder python expanse hadrian measurement sonar net com odin gau scripting engine",
);

/** Words of the names, for the gate. */
export const SCANNER_WORDS: readonly string[] = [...OFFENSIVE, ...RESEARCH, NMAP]
  .flatMap((name) => name.match(/[a-z\d_]{3,}/g) ?? [])
  .filter((word) => !ORDINARY.has(word))
  .concat(["hello", "fuzz", "vega"]);

function matchOf(score: number, reason: string, start: number, end: number): Match {
  return { rule: RULE, score, reason, start, end };
}
