/** Logins that were accepted after many refusals: whose password is likely known to somebody else. */
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import type { DetectContext, Moment } from "../detector.ts";
import { createKeyed, entryOf, type Keyed, known } from "../state/keyed.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Below these shares of refusals a source is a place where people log in, or a program that does its work. */
const REFUSED_SHARE = 0.5;
const SCRIPT_REFUSED_SHARE = 0.8;
const LIBRARY = AGENT_CLASSES.indexOf("library");
/** An address that came no earlier than this before its first refusal, and with no user who came back, is a stranger's. */
const FRESH_MS = HOUR_MS;
/** Refusals that faded to this are forgotten: the next one is the first again. */
const FADED = 0.5;
/** A traveller's own device, and a user of whom nothing is known, are allowed so many times more. */
const DOUBTFUL = 1.6;
/** Who gets in by such a guess makes the account theirs at once; owners change things on another day. */
const AT_ONCE_MS = 1_800_000;

/** Logins, fading. */
interface Tally {
  refused: number;
  all: number;
}

interface Tries {
  /** Over an hour, and over a day. */
  readonly hour: Tally;
  readonly day: Tally;
  at: number;
  /** Of an address: nobody was let in there before its first refusal. */
  stranger: boolean;
}

export interface Guess {
  refusals: number;
  /** Name of the threshold that was reached. */
  line: "refusals" | "script_refusals" | "stranger_refusals";
  at: number;
  client: number;
}

export interface Guesses {
  /** By user and by client. */
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
  const who = [fact.clientKey, fact.userKey].filter((key) => key !== 0);
  if (auth === "failure") {
    for (const key of who) {
      const entry = entryOf(tries, key, () => newTries(now));
      count(entry, now, true);
      if (key === fact.clientKey && entry.hour.refused < 1 + FADED) entry.stranger = isStranger(moment);
    }
    return;
  }
  for (const key of who) {
    const entry = known(tries, key);
    if (entry === undefined) continue;
    count(entry, now, false);
    const guess = guessedBy(entry, moment, context);
    if (guess === undefined) continue;
    const account = entryOf(
      accepted,
      fact.userKey || fact.clientKey,
      (): Guess => ({ ...guess, at: now, client: 0 }),
    );
    Object.assign(account, guess, { at: now, client: fact.clientKey });
  }
}

/** @returns what was guessed within a day: of the event's user, or by its client */
export function guessOf({ accepted }: Guesses, { fact, now }: Moment): Guess | undefined {
  for (const key of [fact.userKey, fact.clientKey]) {
    const guess = known(accepted, key);
    if (guess === undefined) continue;
    if (now - guess.at <= (guess.line === "stranger_refusals" ? AT_ONCE_MS : DAY_MS)) return guess;
  }
  return undefined;
}

/** Whether nobody is known to come from the address of a refused login. */
function isStranger({ client, now }: Moment): boolean {
  return client !== undefined && client.principals === 0 && now - client.firstSeen <= FRESH_MS;
}

function newTries(now: number): Tries {
  return { hour: { refused: 0, all: 0 }, day: { refused: 0, all: 0 }, at: now, stranger: false };
}

function count(tries: Tries, now: number, refused: boolean): void {
  const passed = Math.max(0, now - tries.at);
  for (const [tally, spell] of [
    [tries.hour, HOUR_MS],
    [tries.day, DAY_MS],
  ] as const) {
    const kept = Math.exp(-passed / spell);
    tally.refused = tally.refused * kept + (refused ? 1 : 0);
    tally.all = tally.all * kept + 1;
  }
  tries.at += passed;
}

function guessedBy(
  { hour, day, stranger }: Tries,
  { fact, person }: Moment,
  { floors }: DetectContext,
): Pick<Guess, "refusals" | "line"> | undefined {
  const mostly = hour.refused >= hour.all * REFUSED_SHARE;
  if (hour.refused >= floors.refusals && mostly) return { refusals: hour.refused, line: "refusals" };
  if (stranger && mostly && hour.refused >= strangersLine(floors.stranger_refusals, person)) {
    return { refusals: hour.refused, line: "stranger_refusals" };
  }
  if (fact.agentClass !== LIBRARY) return undefined;
  if (day.refused < floors.script_refusals || day.refused < day.all * SCRIPT_REFUSED_SHARE) return undefined;
  return { refusals: day.refused, line: "script_refusals" };
}

/** From where and with what its user came before tells how many tries are an owner's. */
function strangersLine(floor: number, person: Moment["person"]): number {
  if (person === undefined) return floor * DOUBTFUL;
  if (!person.firstDevice && !person.firstNetwork) return Number.POSITIVE_INFINITY;
  return person.days > 0 && person.firstDevice && person.firstNetwork ? floor : floor * DOUBTFUL;
}
