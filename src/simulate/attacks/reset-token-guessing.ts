/** Guesses the links that let someone choose a new password. */
import type { Actor } from "../actor.ts";
import { newTrail } from "../traffic/wander.ts";
import { RESET_ASK, RESET_OPEN, RESET_USE } from "../world/endpoints/auth.ts";
import { hexId } from "../world/identifiers.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyone, anyPerson } from "./attackers.ts";

const GUESSES = { loud: 700, moderate: 180, slow: 70 } as const;

export const resetTokenGuessing: Attack = {
  name: "reset_token_guessing",
  category: "brute_force",
  title: "password-reset links guessed",
  minutes: { moderate: 12, loud: 8, slow: 600 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const victim = anyPerson(stage);
    const attacker = anyone(stage);
    const guesses = intensity === "distributed" ? 180 : GUESSES[intensity];
    const succeeds = rng.chance(0.25);
    const trail = newTrail(scene, rng, victim);
    episode.addUser(victim.id);
    yield scene.now;
    scene.send(attacker, RESET_ASK, trail);
    let at = scene.now + 2_000;
    for (let i = 0; i < guesses; i++) {
      trail.token = hexId(rng.bits(), 8);
      yield at;
      scene.send(attacker, RESET_OPEN, trail, 404);
      at += (span / guesses) * rng.between(0.4, 1.6);
    }
    if (succeeds) {
      yield at;
      scene.send(attacker, RESET_OPEN, trail, 200);
      yield at + 1_500;
      scene.send(attacker, RESET_USE, trail);
    }
    episode.outcome = succeeds ? "succeeded" : "attempted";
    episode.story = `${guesses} reset links were guessed; ${succeeds ? "one was right and set a new password" : "none was right"}.`;
  },
};
