/** Which incident is about which labelled attack, as seen from a log: by time, by who is named, and by category. */
import type { Category, Detection, Incident } from "../src/event.ts";
import type { ScanResult } from "../src/report/model.ts";
import type { AttackLabel } from "../src/simulate/labels.ts";

const SLACK_MS = 15 * 60_000;

/** What else an attack of one category may rightly be called, as seen from a log. */
const FITTING: Readonly<Partial<Record<Category, readonly Category[]>>> = {
  brute_force: ["brute_force", "credential_stuffing", "password_spraying", "enumeration"],
  credential_stuffing: ["credential_stuffing", "brute_force", "password_spraying"],
  password_spraying: ["password_spraying", "credential_stuffing", "brute_force"],
  account_takeover: [
    "account_takeover",
    "brute_force",
    "credential_stuffing",
    "unfamiliar_device",
    "unfamiliar_location",
  ],
  session_hijack: ["session_hijack", "account_takeover", "unfamiliar_device", "unfamiliar_location"],
  probing: ["probing", "scanner", "injection"],
  scanner: ["scanner", "probing", "injection"],
  enumeration: ["enumeration", "broken_access", "scraping", "probing", "brute_force"],
  broken_access: ["broken_access", "enumeration", "scraping", "exfiltration", "probing"],
  scraping: ["scraping", "enumeration", "rate_abuse", "exfiltration"],
  exfiltration: ["exfiltration", "enumeration", "scraping", "broken_access"],
  rate_abuse: ["rate_abuse", "denial_of_service"],
  denial_of_service: ["denial_of_service", "rate_abuse"],
  injection: ["injection", "probing", "scanner"],
  business_flow: ["business_flow", "rate_abuse", "scraping"],
};

export function fits(detection: Detection, attack: AttackLabel): boolean {
  return isFitting(detection.category, attack) && meets(detection, attack) && names(detection, attack);
}

function isFitting(category: Category, attack: AttackLabel): boolean {
  return (FITTING[attack.category] ?? [attack.category]).includes(category);
}

export interface AboutAttack {
  readonly incident: Incident;
  /** Whether an alarm of it has a category that fits. */
  readonly named: boolean;
}

/** For each attack the incidents that are about it; an incident may be about several. */
export function attribute(
  attacks: readonly AttackLabel[],
  result: Pick<ScanResult, "incidents" | "detections">,
): Map<AttackLabel, AboutAttack[]> {
  const detections = new Map(result.detections.map((detection) => [detection.id, detection]));
  const alarmsOf = new Map(
    result.incidents.map((incident) => [
      incident,
      incident.detections.flatMap((id) => {
        const part = detections.get(id);
        return part === undefined || part.severity === "info" ? [] : [part];
      }),
    ]),
  );
  return new Map(
    attacks.map((attack) => [
      attack,
      result.incidents.flatMap((incident) => {
        const about = (alarmsOf.get(incident) ?? []).filter((part) => isAbout(part, attack));
        if (about.length === 0) return [];
        return [{ incident, named: about.some(({ category }) => isFitting(category, attack)) }];
      }),
    ]),
  );
}

/** An attack without sources is about a service: then the category must say so. */
function isAbout(part: Detection, attack: AttackLabel): boolean {
  if (!meets(part, attack)) return false;
  return attack.sources.length === 0 ? isFitting(part.category, attack) : names(part, attack);
}

function meets(part: Detection, attack: AttackLabel): boolean {
  return (
    Date.parse(part.first_seen) <= Date.parse(attack.end) + SLACK_MS &&
    Date.parse(part.last_seen) >= Date.parse(attack.start) - SLACK_MS
  );
}

const actorsOf = new WeakMap<AttackLabel, ReadonlySet<string>>();

/** An attack without sources is about a service; time and category must then do. */
function names(about: Detection, attack: AttackLabel): boolean {
  if (attack.sources.length === 0) return true;
  let actors = actorsOf.get(attack);
  if (actors === undefined) {
    actors = new Set([...attack.sources.map(asEntity), ...attack.users]);
    actorsOf.set(attack, actors);
  }
  if (actors.has(asEntity(about.entity.value))) return true;
  return about.members?.some((member) => actors.has(asEntity(member))) === true;
}

/** IPv6 sources are named by their /64. */
function asEntity(address: string): string {
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const groups = [
    ...left,
    ...new Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill("0"),
    ...right,
  ];
  const prefix = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  while (prefix.at(-1) === "0") prefix.pop();
  return `${prefix.join(":")}::/64`;
}
