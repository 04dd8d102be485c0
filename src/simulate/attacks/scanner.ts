/** Goes through a long list of names to see what is there: with the name of its tool, or dressed as a browser. */
import type { Actor } from "../actor.ts";
import { STOREFRONT } from "../world/sites.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyAddress, browserAt, scriptAt } from "./attackers.ts";
import { knock, type Method } from "./knock.ts";
import { EXISTING, wordlist } from "./payloads/wordlist.ts";

const TOOLS = [
  "gobuster/3.6",
  "feroxbuster/2.11.0",
  "Fuzz Faster U Fool v2.1.0-dev",
  "Mozilla/5.00 (Nikto/2.5.0) (Evasions:None) (Test:Port Check)",
  "DirBuster-1.0-RC1 (http://www.owasp.org/index.php/Category:OWASP_DirBuster_Project)",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.84 Safari/537.36 (Nuclei - Open-source project (github.com/projectdiscovery/nuclei))",
  "WhatWeb/0.5.5",
] as const;
const GUESSES = { loud: 2600, moderate: 700, slow: 260, distributed: 900 } as const;
/** Names that one address asks for before the next takes over. */
const PER_PROXY = 3;

export const scannerTool = scanner("scanner_tool", "a content-discovery tool that says its name", (stage) =>
  scriptAt(stage, anyAddress(stage), TOOLS),
);

export const scannerBrowser = scanner(
  "scanner_browser",
  "the same walk through a word list, dressed as a browser",
  (stage) => browserAt(stage, anyAddress(stage)),
);

function scanner(
  name: string,
  title: string,
  client: (stage: AttackStage) => ReturnType<typeof browserAt>,
): Attack {
  return {
    name,
    category: "scanner",
    title,
    minutes: { moderate: 14, loud: 4, slow: 700, distributed: 60 },
    *act(stage: AttackStage): Actor {
      const { scene, rng, episode, intensity, span } = stage;
      let visitor = client(stage);
      const guesses = wordlist(Math.round(GUESSES[intensity] * rng.between(0.8, 1.2)));
      let at = scene.now;
      let found = 0;
      for (const [i, path] of guesses.entries()) {
        if (intensity === "distributed" && i % PER_PROXY === PER_PROXY - 1) visitor = client(stage);
        yield at;
        const status = EXISTING[path] ?? (rng.chance(0.004) ? 403 : 404);
        if (status === 200) found++;
        const method: Method = intensity === "loud" && rng.chance(0.1) ? "HEAD" : "GET";
        knock(scene, visitor, { site: STOREFRONT, method, path, status });
        at += rng.exponential(span / guesses.length);
      }
      episode.outcome = "attempted";
      episode.story = `${guesses.length} names from a word list were asked for; ${found} pages were found, all public.`;
    },
  };
}
