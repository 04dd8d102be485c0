/** A list as content-discovery tools use them: common names, crossed with common endings. */
const NAMES =
  "about account accounts admin administrator ads ajax analytics android api app apps archive archives article articles assets auth author backend backup backups banner beta billing bin blog blogs board book bootstrap browse bugs build business cache calendar captcha cart catalog category cgi-bin changelog chat checkout class classes client clients cms code comment comments common company config configs connect contact content contrib control core coupons cron css customer customers dashboard data database db debug default delete demo deploy design dev developer devel dist doc docs download downloads draft editor email en engine error errors event events example examples export extension external faq feed feedback file files flash fonts form forms forum forums ftp gallery games get global graphics group groups guest guide help hidden home html icon icons image images img import inc include includes index info install installer internal intranet invoice ios item items java job jobs js json keys kb lang language legal lib library license link links list live local log login logo logout logs mail main manage manager media member members menu message messages misc mobile module modules monitor myadmin net network new news newsletter node notes null office old online open order orders page pages panel partner partners password payment payments php phpinfo picture plugin plugins poll pop portal post posts preview print privacy private product products profile profiles project projects protected public query queue readme recover redirect register release remote report reports research reset resource rest restricted review reviews robots root rss sales sample save script scripts search secret secrets secure security server service services session setup share shop signup site sitemap soap source sql src staff staging stat static statistics stats status store style styles support survey svn sys system tag tags task team temp template templates terms test testing tests theme themes ticket tickets tmp tool tools top tracking trunk tutorial update upgrade upload uploads url user users util vendor version video web webadmin webmail websites widget wiki work wp xml zip".split(
    " ",
  );
const ENDINGS = [
  "",
  "/",
  ".php",
  ".html",
  ".json",
  ".bak",
  ".old",
  ".txt",
  ".zip",
  ".xml",
  ".asp",
  ".jsp",
] as const;

/** The first `count` guesses; what exists here is among them. */
export function wordlist(count: number): string[] {
  const guesses: string[] = [];
  for (const ending of ENDINGS) {
    for (const name of NAMES) {
      if (guesses.length >= count) return guesses;
      guesses.push(`/${name}${ending}`);
    }
  }
  return guesses;
}

export const EXISTING: Readonly<Record<string, number>> = {
  "/account": 200,
  "/admin": 403,
  "/api": 301,
  "/assets": 301,
  "/blog": 301,
  "/cart": 200,
  "/checkout": 302,
  "/help": 200,
  "/index.html": 301,
  "/login": 200,
  "/search": 200,
  "/server": 403,
};
