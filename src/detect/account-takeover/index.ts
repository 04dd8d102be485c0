/**
 * The second step of a takeover: who got in makes the account theirs. The change of an e-mail address, a password, a
 * second factor, a payout or a key is told when the login before it was guessed, or when both the device and the
 * network are new to the user; each alone is everyday life.
 */
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { countryAt } from "../../normalize/place.ts";
import { isShared, principalType } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { isRelay } from "../relays.ts";
import { atLeast } from "../severity.ts";
import { bitCount } from "../state/bits.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import type { Verdict } from "../verdict.ts";
import { accountTakeoverDescriptor } from "./descriptor.ts";
import { createGuesses, type Guess, guessOf, noteLogin } from "./guesses.ts";

const MAX_ACCOUNTS = 5_000;

const CHANGES: readonly (readonly [flag: number, words: string])[] = [
  [FACT_FLAG.CHANGE_EMAIL, "e-mail address or phone number"],
  [FACT_FLAG.CHANGE_PASSWORD, "password"],
  [FACT_FLAG.CHANGE_MFA, "second factor"],
  [FACT_FLAG.CHANGE_PAYOUT, "payout"],
  [FACT_FLAG.CHANGE_KEY, "API keys"],
];
const ANY_CHANGE = CHANGES.reduce((bits, [flag]) => bits | flag, 0);
/**
 * By these the account, or its money, is gone; people change passwords and second factors with every new phone. In an
 * administration every change is grave: it is of other people's accounts.
 */
const GRAVE = FACT_FLAG.CHANGE_EMAIL | FACT_FLAG.CHANGE_PAYOUT | FACT_FLAG.CHANGE_KEY;

const GUESS_WEIGHT = { refusals: 2, script_refusals: 1, stranger_refusals: 1 } as const;

/** So many times the line, and it was no owner who mistyped. */
const SURE = 1.6;

interface Account {
  verdict: Verdict | undefined;
  changes: number;
}

export const accountTakeover: Detector = {
  descriptor: accountTakeoverDescriptor,
  stateVersion: 2,
  start(context) {
    const state = context.state(() => ({
      guesses: createGuesses(),
      accounts: createKeyed<Account>(MAX_ACCOUNTS),
    }));
    return {
      event(moment) {
        const { fact, auth } = moment;
        if ((fact.flags & ANY_CHANGE) !== 0 && fact.status >= 200 && fact.status < 400) {
          const account = entryOf(state.accounts, accountKey(fact), () => ({
            verdict: undefined,
            changes: 0,
          }));
          judge(context, moment, account, guessOf(state.guesses, moment));
        }
        if (auth === "failure" || auth === "success") noteLogin(state.guesses, context, moment);
      },
      explain,
    };
  },
};

function accountKey(fact: Fact): number {
  return fact.userKey || fact.sessionKey || fact.credentialKey || fact.clientKey;
}

function judge(context: DetectContext, moment: Moment, account: Account, guess: Guess | undefined): void {
  const { fact, person, client } = moment;
  const { floors } = context;
  const known = person !== undefined && person.days >= floors.days;
  const guessedHere = guess !== undefined && guess.client === fact.clientKey;
  // The owner, warned, at their own device.
  if (known && !person.newDevice && !(guessedHere && person.newNetwork)) return;
  const strange = known && person.newDevice && person.newNetwork;
  const change = fact.flags & ANY_CHANGE;
  const guessed = guess !== undefined && isGuesser(guess, moment, change);
  if (!strange && !guessed) return;
  const open = account.verdict !== undefined && !account.verdict.closed;
  account.changes = open ? account.changes | change : change;
  const weight =
    (guessed ? GUESS_WEIGHT[guess.line] : 0) +
    (strange ? 1 : 0) +
    (strange && (person.newCountry || isRelay(fact.placeKey)) ? 1 : 0) +
    ((account.changes & GRAVE) !== 0 || (fact.flags & FACT_FLAG.ADMIN) !== 0 ? 1 : 0) +
    (guessed && guess.line === "stranger_refusals" && guess.refusals >= floors.stranger_refusals * SURE
      ? 1
      : 0) +
    (bitCount(account.changes) > 1 ? 1 : 0);
  const severity = weight >= 3 ? "high" : weight === 2 ? "medium" : "low";
  if (account.verdict === undefined || account.verdict.closed) {
    const entity =
      fact.userKey !== 0 || fact.credentialKey !== 0 || client === undefined
        ? { type: principalType(fact), value: context.userName() }
        : { type: client.type, value: client.name };
    account.verdict = context.open({
      severity,
      confidence: Math.min(0.95, 0.55 + weight * 0.1),
      outcome: "succeeded",
      entity,
      observed: guessed ? guess.refusals : (person?.days ?? 0),
      threshold: guessed ? floors[guess.line] : floors.days,
      line: guessed ? guess.line : "days",
      unit: guessed ? "refused logins before one was accepted" : "days with other devices and networks",
      notes: {
        strange: strange ? 1 : 0,
        country: strange && person.newCountry ? (countryAt(fact.placeKey) ?? "") : "",
        relay: strange && isRelay(fact.placeKey) ? 1 : 0,
        oddHour: strange && person.oddHour ? 1 : 0,
      },
    });
    context.doubt();
  }
  const { verdict } = account;
  context.add(verdict);
  verdict.notes.changes = account.changes;
  if (atLeast(verdict.severity, severity) !== verdict.severity) {
    verdict.severity = severity;
    context.changed(verdict);
  }
}

/**
 * Whether the change can be the guesser's. A new password from another address is what an owner does who was warned;
 * behind a shared address the log must name the user.
 */
function isGuesser(guess: Guess, { fact, client }: Moment, change: number): boolean {
  const more = (change & ~FACT_FLAG.CHANGE_PASSWORD) !== 0;
  if (guess.client !== fact.clientKey) return more && guess.line !== "stranger_refusals";
  // Owners who forgot their password set a new one as soon as they are in.
  if (!more && guess.line === "stranger_refusals") return false;
  return fact.userKey !== 0 || client === undefined || !isShared(client);
}

const GUESS_WORDS: Readonly<Record<Guess["line"], readonly [who: string, spell: string]>> = {
  refusals: ["a login was accepted", "an hour"],
  script_refusals: ["a script was let in", "a day"],
  stranger_refusals: ["an address from which nobody had come before was let in", "an hour"],
};

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const changed = CHANGES.filter(([flag]) => (Number(notes.changes) & flag) !== 0).map(([, words]) => words);
  const what = `This was changed: ${changed.join(", ")}.`;
  const strange =
    notes.strange === 1
      ? ` The device and the network were both new to the user${notes.country === "" ? "" : `, and so was the country, ${notes.country}`}${notes.relay === 1 ? "; the network is a cloud or a VPN" : ""}${notes.oddHour === 1 ? "; at that hour they never came before" : ""}.`
      : "";
  if (verdict.line !== "days") {
    const [who, spell] = GUESS_WORDS[verdict.line as Guess["line"]];
    return `${what} Before it, ${who} after ${Math.round(verdict.observed)} logins were refused.${strange} The line is at ${verdict.threshold} refusals fading over ${spell}; an owner who mistypes, or who changes the account from a device that is usual, would not have fired.`;
  }
  return `${what}${strange} The user is known for ${verdict.observed} days. The same change with a device or in a network seen on two days before would not have fired; fewer than ${verdict.threshold} days of history would tell nothing.`;
}
