/** A user with a device they never had. People buy phones: alone it is a fact. A script in a rented server is none. */
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { type Encounter, personOf } from "../habits.ts";
import { isRelay } from "../relays.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import type { Verdict } from "../verdict.ts";
import { unfamiliarDeviceDescriptor } from "./descriptor.ts";

const MAX_USERS = 10_000;
const LIBRARY = AGENT_CLASSES.indexOf("library");

interface State {
  verdict: Verdict | undefined;
  device: number;
}

export const unfamiliarDevice: Detector = {
  descriptor: unfamiliarDeviceDescriptor,
  stateVersion: 1,
  start(context) {
    const users = context.state(() => createKeyed<State>(MAX_USERS));
    const { floors } = context;
    return {
      event(moment) {
        const { fact, person } = moment;
        if (person === undefined || !person.newDevice || person.days < floors.days) return;
        if (person.usualDevices === 0 || person.usualDevices >= floors.devices) return;
        const state = entryOf(users, personOf(fact), () => ({ verdict: undefined, device: 0 }));
        if (state.verdict === undefined || state.verdict.closed || state.device !== fact.deviceKey) {
          // The same device again after a quiet hour is nothing new.
          if (state.device === fact.deviceKey) return;
          state.device = fact.deviceKey;
          state.verdict = openDevice(context, moment, person);
        }
        context.add(state.verdict);
      },
      explain,
    };
  },
};

function openDevice(context: DetectContext, { fact, actor }: Moment, person: Encounter): Verdict {
  const script = fact.agentClass === LIBRARY && person.newNetwork && isRelay(fact.placeKey);
  if (script) context.doubt();
  return context.open({
    severity: script ? "low" : "info",
    confidence: script ? 0.7 : 0.5,
    outcome: "unknown",
    entity: { type: actor?.type ?? "user.id", value: context.userName() },
    observed: person.days,
    threshold: context.floors.days,
    line: "days",
    unit: "days with other devices",
    notes: { script: script ? 1 : 0, newNetwork: person.newNetwork ? 1 : 0, usual: person.usualDevices },
  });
}

function explain(verdict: Verdict): string {
  const { script, newNetwork, usual } = verdict.notes;
  const devices = usual === 1 ? "one usual device" : `${usual} usual devices`;
  const known = `They are known for ${verdict.observed} days, with ${devices}`;
  if (script === 1) {
    return `A script in a rented server, a cloud or behind a VPN used this identity for the first time. ${known}. A browser, or a script in a network that is usual for them, would have been a fact and no alarm; fewer than ${verdict.threshold} days of history would tell nothing.`;
  }
  const where = newNetwork === 1 ? "in a network that is new too" : "in a network that is usual for them";
  return `A device that was never seen with this identity was used, ${where}. ${known}. People get new devices: this is a fact and no alarm. Fewer than ${verdict.threshold} days of history would tell nothing.`;
}
