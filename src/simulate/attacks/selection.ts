/** Which attacks are played, how hard and when: `name[:intensity][*count][@hours]`, separated by commas. */
import { VedetteError } from "../../errors.ts";
import { INTENSITIES, type Intensity } from "../labels.ts";
import { type Attack, intensitiesOf } from "./attack.ts";
import { ATTACKS } from "./table.ts";

export interface Selected {
  readonly attack: Attack;
  readonly intensity: Intensity;
  /** Hours after the start of the run; where there is room when left out. */
  readonly atHours: number | undefined;
}

const ITEM = /^([a-z0-9_]+)(?::([a-z]+))?(?:\*(\d{1,3}))?(?:@(\d+(?:\.\d+)?))?$/;

export function selectAttacks(text: string): Selected[] {
  if (text === "none" || text === "") return [];
  if (text === "default") return oneOfEach(ATTACKS.filter(({ lab }) => lab === undefined));
  if (text === "lab") return oneOfEach(ATTACKS);
  if (text === "all") {
    return ATTACKS.flatMap((attack) =>
      intensitiesOf(attack).map((intensity) => ({ attack, intensity, atHours: undefined })),
    );
  }
  return text.split(",").flatMap((item) => parseItem(item.trim()));
}

function oneOfEach(attacks: readonly Attack[]): Selected[] {
  return attacks.map((attack) => ({ attack, intensity: intensitiesOf(attack)[0], atHours: undefined }));
}

function parseItem(item: string): Selected[] {
  if (item === "default" || item === "lab" || item === "all") return selectAttacks(item);
  const match = ITEM.exec(item);
  if (match === null) {
    throw new VedetteError(
      "USAGE",
      "--attacks takes default, lab, none, all, or name[:intensity][*count][@hours] separated by commas",
      item,
    );
  }
  const [, name, wanted, count = "1", hours] = match;
  const attack = ATTACKS.find((a) => a.name === name);
  if (attack === undefined) {
    throw new VedetteError(
      "USAGE",
      `there is no attack named "${name}"; there are ${ATTACKS.map((a) => a.name).join(", ")}`,
      item,
    );
  }
  const intensities = intensitiesOf(attack);
  const intensity = wanted === undefined ? intensities[0] : INTENSITIES.find((i) => i === wanted);
  if (intensity === undefined || !intensities.includes(intensity)) {
    throw new VedetteError("USAGE", `${name} can be ${intensities.join(", ")}, not "${wanted}"`, item);
  }
  const atHours = hours === undefined ? undefined : Number(hours);
  return Array.from({ length: Math.max(1, Number(count)) }, () => ({ attack, intensity, atHours }));
}
