/** Knows the password, guesses the six digits: every code has a few minutes, so guesses come fast. */
import type { Actor } from "../actor.ts";
import { tryLogin } from "../traffic/login.ts";
import { newTrail } from "../traffic/wander.ts";
import { OTP_CHECK, OTP_SEND } from "../world/endpoints/auth.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyone, anyPerson, browserAt } from "./attackers.ts";

const GUESSES = { loud: 900, moderate: 160, slow: 90, distributed: 320 } as const;

export const otpGuessing: Attack = {
  name: "otp_guessing",
  category: "brute_force",
  title: "six-digit codes guessed after a correct password",
  minutes: { moderate: 10, loud: 6, slow: 480, distributed: 25 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span, sources } = stage;
    const victim = anyPerson(stage);
    let attacker = anyone(stage);
    const guesses = GUESSES[intensity];
    const succeeds = rng.chance(0.3);
    const trail = newTrail(scene, rng, victim);
    let at = scene.now;
    episode.addUser(victim.id);
    for (let i = 0; i < guesses; i++) {
      if (i % 40 === 0) {
        yield at;
        tryLogin(scene, attacker, victim, 200);
        yield at + 300;
        scene.send(attacker, OTP_SEND, trail);
        at += 900;
      }
      if (intensity === "distributed" && i % 2 === 1) attacker = browserAt(stage, sources.residential(rng));
      yield at;
      const last = i === guesses - 1;
      scene.send(
        attacker,
        OTP_CHECK,
        trail,
        last && succeeds ? 200 : i % 40 > 34 && rng.chance(0.3) ? 429 : 401,
      );
      scene.request.event["user.id"] = victim.id;
      at += (span / guesses) * rng.between(0.4, 1.4);
    }
    episode.outcome = succeeds ? "succeeded" : "attempted";
    episode.story = `${guesses} codes were guessed for one account; ${succeeds ? "the last one was right" : "none was right"}.`;
  },
};
