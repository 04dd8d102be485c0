import { describe, expect, it } from "vitest";
import { emptyFact, type Fact } from "../fact.ts";
import type { AuthOutcome } from "./detector.ts";
import { doubt, type Encounter, HABITS_WIDTH, meet } from "./habits.ts";
import { createRows } from "./state/rows.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2, 9);
const HOME = 3320;
const AWAY = 28_573;
const LAPTOP = 1e10;
const STRANGER = 2e10;

function somebody() {
  const rows = createRows(HABITS_WIDTH, 100);
  const encounter: Encounter = {
    days: 0,
    newDevice: false,
    newNetwork: false,
    firstDevice: false,
    firstNetwork: false,
    newCountry: false,
    oddHour: false,
    usualDevices: 0,
    lastPlace: 0,
    lastTime: 0,
  };
  const factOf = (placeKey: number, deviceKey: number, status: number): Fact => ({
    ...emptyFact(),
    userKey: 4711e9,
    placeKey,
    deviceKey,
    status,
  });
  return {
    comes(time: number, place = HOME, device = LAPTOP, status = 200, auth: AuthOutcome = "none") {
      return meet(rows, factOf(place, device, status), auth, time, encounter) ? { ...encounter } : undefined;
    },
    doubted: (time: number, place: number, device: number) => doubt(rows, factOf(place, device, 200), time),
  };
}

describe("habits", () => {
  it("are learned on two days, a day apart", () => {
    const { comes } = somebody();
    expect(comes(START)).toMatchObject({ days: 0, newDevice: true, newNetwork: true, usualDevices: 0 });
    expect(comes(START + HOUR)).toMatchObject({
      days: 0,
      newDevice: true,
      firstDevice: false,
      oddHour: true,
    });
    expect(comes(START + DAY)).toMatchObject({ days: 1, newDevice: true, lastTime: START + HOUR });
    expect(comes(START + DAY + HOUR)).toMatchObject({
      days: 1,
      newDevice: false,
      newNetwork: false,
      oddHour: false,
      usualDevices: 1,
      lastPlace: HOME,
    });
    // Two days of the calendar are not two days when they are an hour apart.
    const night = somebody();
    for (const hours of [14, 15.5, 16]) night.comes(START + hours * HOUR);
    expect(night.comes(START + 16.5 * HOUR)).toMatchObject({ days: 1, newDevice: true });
  });

  it("take nothing from what was refused, and nothing from nobody", () => {
    const { comes } = somebody();
    expect(comes(START, AWAY, STRANGER, 401)).toBeUndefined();
    expect(comes(START, AWAY, STRANGER, 200, "failure")).toBeUndefined();
    expect(comes(START, HOME, 0)).toBeUndefined();
    for (let day = 0; day < 4; day++) comes(START + day * DAY);
    expect(comes(START + 4 * DAY, AWAY, STRANGER)).toMatchObject({
      days: 4,
      newDevice: true,
      newNetwork: true,
    });
  });

  it("take a week to get used to a new device in a new network, a day to one of them", () => {
    const { comes } = somebody();
    for (let day = 0; day < 20; day++) comes(START + day * DAY);
    const from = START + 10 * DAY;
    for (const day of [0, 2, 4, 6])
      expect(comes(from + day * DAY, AWAY, STRANGER)?.newDevice, `${day}`).toBe(true);
    expect(comes(from + 7 * DAY + HOUR, AWAY, STRANGER)).toMatchObject({
      newDevice: false,
      newNetwork: false,
    });
    comes(from, HOME, 3e10);
    expect(comes(from + DAY, HOME, 3e10)?.newDevice).toBe(true);
    expect(comes(from + DAY + HOUR, HOME, 3e10)?.newDevice).toBe(false);
  });

  it("take a month to get used to what a verdict doubted, and keep what was usual", () => {
    const { comes, doubted } = somebody();
    for (let day = 0; day < 60; day++) comes(START + day * DAY);
    const from = START + 10 * DAY;
    comes(from, AWAY, STRANGER);
    doubted(from, AWAY, STRANGER);
    doubted(from, HOME, LAPTOP);
    for (let day = 1; day < 30; day += 3)
      expect(comes(from + day * DAY, AWAY, STRANGER)?.newDevice, `${day}`).toBe(true);
    expect(comes(from + 31 * DAY, AWAY, STRANGER)?.newDevice).toBe(false);
    expect(comes(from + 31 * DAY)).toMatchObject({ newDevice: false, newNetwork: false, newCountry: false });
  });

  it("are not flushed by a hundred strange places and devices", () => {
    const { comes } = somebody();
    for (let day = 0; day < 5; day++) comes(START + day * DAY);
    for (let i = 1; i <= 100; i++) comes(START + 5 * DAY + i * 1000, AWAY + i, STRANGER + i);
    expect(comes(START + 5 * DAY + HOUR)).toMatchObject({ newDevice: false, newNetwork: false });
  });
});
