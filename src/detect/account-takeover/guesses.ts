/** Logins that were accepted after many refusals: whose password is likely known to somebody else. */
import type { DetectContext, Moment } from "../detector.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Below this share of refusals a source is a place where people log in. */
const REFUSED_SHARE = 0.5;

/** Both fade over an hour. */
interface Tries {
  refusals: number;
  attempts: number;
  at: number;
}

export interface Guess {
  refusals: number;
  at: number;
  /** Event time. */
  time: number;
  client: number;
}

export interface Guesses {
  readonly tries: Keyed<Tries>;
  /** By user, and by client where the log does not name the user. */
  readonly accepted: Keyed<Guess>;
}

export function createGuesses(): Guesses {
  return { tries: createKeyed(40_000), accepted: createKeyed(10_000) };
}

/** Counts a login, accepted or refused. */
export function noteLogin({ tries, accepted }: Guesses, context: DetectContext, moment: Moment): void {
  const { fact, now, auth } = moment;
  const ofClient = fact.clientKey === 0 ? undefined : counted(tries, fact.clientKey, moment);
  const ofUser = fact.userKey === 0 ? undefined : counted(tries, fact.userKey, moment);
  if (auth !== "success") return;
  const most = Math.max(guessedAfter(ofClient), guessedAfter(ofUser));
  if (most < context.floors.refusals) return;
  const guess = entryOf(
    accepted,
    fact.userKey || fact.clientKey,
    (): Guess => ({ refusals: 0, at: 0, time: 0, client: 0 }),
  );
  Object.assign(guess, { refusals: most, at: now, time: fact.time, client: fact.clientKey });
}

/** @returns what was guessed within a day: of the event's user, or by its client */
export function guessOf({ accepted }: Guesses, { fact, now }: Moment): Guess | undefined {
  for (const key of [fact.userKey, fact.clientKey]) {
    const guess = key === 0 ? undefined : (accepted.young.get(key) ?? accepted.old.get(key));
    if (guess !== undefined && now - guess.at <= DAY_MS) return guess;
  }
  return undefined;
}

function counted(tries: Keyed<Tries>, key: number, { now, auth }: Moment): Tries {
  const entry = entryOf(tries, key, () => ({ refusals: 0, attempts: 0, at: now }));
  const kept = now > entry.at ? Math.exp((entry.at - now) / HOUR_MS) : 1;
  entry.refusals = entry.refusals * kept + (auth === "failure" ? 1 : 0);
  entry.attempts = entry.attempts * kept + 1;
  entry.at = Math.max(entry.at, now);
  return entry;
}

function guessedAfter(tries: Tries | undefined): number {
  return tries === undefined || tries.refusals < tries.attempts * REFUSED_SHARE ? 0 : tries.refusals;
}
