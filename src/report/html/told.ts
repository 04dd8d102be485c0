/** Incidents and detections with as much detail as there is room for, the gravest served first at every step. */
import type { Detection, Incident } from "../../event.ts";
import {
  detectionHead,
  incidentHead,
  incidentWords,
  MOST_MEMBERS,
  memberTexts,
  samplesOf,
} from "./happenings.ts";
import type { PageDetection, PageIncident, PageSample } from "./page.ts";
import { createPurse, LIMITS, type Purse } from "./purse.ts";

export interface Told {
  readonly incidents: readonly PageIncident[];
  readonly alsoSeen: readonly PageDetection[];
  readonly omitted: {
    readonly incidents: number;
    readonly detections: number;
    readonly samples: number;
    readonly alsoSeen: number;
  };
}

const MOST_INCIDENTS = 2000;
/** Within one incident, so that a single one cannot use up the room of all. */
const MOST_DETECTIONS = 50;
const MOST_ALSO_SEEN = 500;

export function tell(
  incidents: readonly Incident[],
  detections: readonly Detection[],
  folder: string,
  purse: Purse = createPurse(),
): Told {
  const byId = new Map(detections.map((detection) => [detection.id, detection]));
  const inIncidents = new Set(incidents.flatMap((incident) => incident.detections));
  const others = detections.filter(({ id }) => !inIncidents.has(id));

  const heads = taken(incidents.slice(0, MOST_INCIDENTS), incidentHead, purse, LIMITS.incidents);
  const words = taken(heads.map(source), incidentWords, purse, LIMITS.words);
  const members = taken(
    heads.map(source),
    (incident) => memberTexts(incident.members, MOST_MEMBERS),
    purse,
    LIMITS.members,
  );
  const told = heads.map(({ from }) =>
    taken(detectionsOf(from, byId).slice(0, MOST_DETECTIONS), detectionHead, purse, LIMITS.detections),
  );
  const seen = taken(others.slice(0, MOST_ALSO_SEEN), detectionHead, purse, LIMITS.alsoSeen);
  const shown = [...told.flat(), ...seen];
  const samples = new Map<Detection, readonly PageSample[]>();
  for (const { from } of shown) samples.set(from, samplesWithin(from, folder, purse));

  const withSamples = ({ from, item }: (typeof shown)[number]): PageDetection => ({
    ...item,
    samples: samples.get(from) ?? [],
  });
  return {
    incidents: heads.map(({ item }, index) => ({
      ...item,
      ...(words[index]?.item ?? { summary: "", recommendation: "" }),
      members: members[index]?.item ?? item.members,
      detections: (told[index] ?? []).map(withSamples),
    })),
    alsoSeen: seen.map(withSamples),
    omitted: {
      incidents: incidents.length - heads.length,
      detections: inIncidents.size - told.flat().length,
      samples: shown.reduce(
        (sum, { from }) => sum + from.samples.length - (samples.get(from)?.length ?? 0),
        0,
      ),
      alsoSeen: others.length - seen.length,
    },
  };
}

interface Taken<From, Item> {
  readonly from: From;
  readonly item: Item;
}

/** The first of them, as far as the purse reaches. */
function taken<From, Item>(
  all: readonly From[],
  shape: (from: From) => Item,
  purse: Purse,
  limit: number,
): Taken<From, Item>[] {
  const kept: Taken<From, Item>[] = [];
  for (const from of all) {
    const item = shape(from);
    if (!purse.spend(item, limit)) break;
    kept.push({ from, item });
  }
  return kept;
}

function source<From>({ from }: Taken<From, unknown>): From {
  return from;
}

function detectionsOf(incident: Incident, byId: ReadonlyMap<string, Detection>): Detection[] {
  return incident.detections.flatMap((id) => byId.get(id) ?? []);
}

function samplesWithin(detection: Detection, folder: string, purse: Purse): readonly PageSample[] {
  const samples = samplesOf(detection, folder);
  return purse.spend(samples, LIMITS.samples) ? samples : [];
}
