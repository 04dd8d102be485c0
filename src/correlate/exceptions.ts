/**
 * What is expected: behaviour that people know of and do not want to be told as an alarm. A verdict that fits an
 * exception is told at severity info with the exception's name, and opens no incident. A pure function of the
 * verdict and of event time, so that live, replay and scan agree, and an exception that is removed leaves no trace.
 */
import type { Verdict } from "../detect/verdict.ts";
import type { Category, EntityType, Severity } from "../event.ts";
import { parseIpv6 } from "../normalize/address.ts";
import { trustedProxies } from "../normalize/client-address.ts";

/** Each field that is given must fit; one without any would hide everything, and is refused where it is made. */
export interface Exception {
  readonly id: string;
  readonly detector?: string | undefined;
  readonly category?: Category | undefined;
  /** An address also fits as a CIDR range. An IPv6 address stands for its /64, as everywhere. */
  readonly entity?: { readonly type: EntityType; readonly value: string } | undefined;
  readonly service?: string | undefined;
  /** "GET /export", as verdicts name endpoints. */
  readonly endpoint?: string | undefined;
  readonly reason: string;
  /** Event time, milliseconds: what goes on at it or later is an alarm again. */
  readonly expires?: number | undefined;
}

/** What of a verdict, or of a detection on record, an exception is held against. */
export interface Judged {
  readonly detector: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly entity: { readonly type: EntityType; readonly value: string };
  readonly service: string;
  readonly endpoint: string;
  /** Event time, milliseconds. */
  readonly lastSeen: number;
  readonly via?: string | undefined;
  /** The sources of a campaign; one without a name is in it when not all are known. Read once. */
  readonly members?: Iterable<string> | undefined;
}

export type FindException = (judged: Judged) => Exception | undefined;

/** Addresses that were looked up are remembered up to this many. */
const MAX_REMEMBERED = 50_000;

/** @returns the first in the given order that fits */
export function createExceptions(exceptions: readonly Exception[]): FindException {
  const exact = new Map<string, Exception[]>();
  const ranges: { readonly exception: Exception; readonly within: (address: string) => boolean }[] = [];
  const general: Exception[] = [];
  const order = new Map(exceptions.map((exception, index) => [exception, index]));
  for (const exception of exceptions) {
    const { entity } = exception;
    if (entity === undefined) general.push(exception);
    else if (entity.type === "client.address") ranges.push({ exception, within: withinRange(entity.value) });
    else {
      const key = `${entity.type} ${entity.value}`;
      const list = exact.get(key);
      if (list === undefined) exact.set(key, [exception]);
      else list.push(exception);
    }
  }
  const remembered = new Map<string, readonly Exception[]>();

  function forAddress(address: string): readonly Exception[] {
    const known = remembered.get(address);
    if (known !== undefined) return known;
    const found = ranges.filter(({ within }) => within(address)).map(({ exception }) => exception);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(address, found);
    return found;
  }

  /** An address that is expected vouches for what it does in a user's name, and a range for a campaign within it. */
  function forSources({ entity, via, members }: Judged): readonly Exception[] {
    if (ranges.length === 0) return [];
    if (members !== undefined) {
      const [first, ...rest] = members;
      if (first === undefined) return [];
      return forAddress(first).filter((each) => rest.every((name) => forAddress(name).includes(each)));
    }
    if (entity.type === "client.address") return forAddress(entity.value);
    return via === undefined ? [] : forAddress(via);
  }

  return (judged) => {
    const { entity } = judged;
    const byEntity = exact.get(`${entity.type} ${entity.value}`) ?? [];
    const candidates = [...byEntity, ...forSources(judged), ...general];
    return candidates
      .filter((exception) => fits(exception, judged))
      .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))[0];
  };
}

function fits({ detector, category, service, endpoint, expires }: Exception, judged: Judged): boolean {
  return (
    (detector === undefined || detector === judged.detector) &&
    (category === undefined || category === judged.category) &&
    (service === undefined || service === judged.service) &&
    (endpoint === undefined || endpoint === judged.endpoint) &&
    (expires === undefined || judged.lastSeen < expires)
  );
}

/** @throws VedetteError CONFIG_INVALID when it is neither an address nor a CIDR range */
export function withinRange(value: string): (address: string) => boolean {
  const plain = !value.includes("/") && parseIpv6(value) !== undefined;
  return trustedProxies([plain ? `${value}/64` : value]);
}

const UNKNOWN: readonly string[] = [""];

/** A verdict as exceptions see it. */
export function judgedOf(verdict: Verdict): Judged {
  const { detector, category, severity, entity, service, endpoint, lastSeen, via } = verdict;
  const { members, memberCount } = verdict;
  const all = members === undefined || members.size >= memberCount ? members?.keys() : UNKNOWN;
  return { detector, category, severity, entity, service, endpoint, lastSeen, via, members: all };
}
