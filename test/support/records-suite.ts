/** What every store of records does. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Detection, Incident } from "../../src/event.ts";
import type { NewKey, NewUser } from "../../src/store/records/access.ts";
import type { Announce, NoticeDraft } from "../../src/store/records/notices.ts";
import type { Records } from "../../src/store/records/open.ts";

const anna: NewUser = {
  id: "u-1",
  name: "Anna",
  role: "analyst",
  passwordHash: "scrypt$1",
  services: ["shop"],
  created: 1,
};
const ingest: NewKey = {
  id: "k-1",
  kind: "ingest",
  name: "edge",
  secretHash: "h1",
  hint: "vdk_ab",
  services: undefined,
  scopes: ["events:write"],
  created: 1,
  createdBy: "u-1",
  expires: 100,
};

export function incidentOf(id: string, minute: number, change: Partial<Incident> = {}): Incident {
  const time = new Date(Date.UTC(2026, 2, 2, 12, minute)).toISOString();
  return {
    id,
    title: "Probing",
    severity: "medium",
    risk: 40,
    entity: { type: "client.address", value: "203.0.113.9" },
    stages: ["probing"],
    categories: ["probing"],
    detections: [`d-${id}`],
    outcome: "attempted",
    first_seen: time,
    last_seen: time,
    detected_at: time,
    events: 5,
    summary: "",
    recommendation: "",
    ...change,
  };
}

/** A notice of every change for each of these routes, at once. */
function announceTo(...routes: readonly string[]): Announce {
  return ({ incident, at }, { waiting }) =>
    routes.map(
      (route): NoticeDraft => ({
        route,
        reason: waiting.get(route)?.reason ?? "severity",
        payload: `${route} ${incident.id} ${incident.events}`,
        due: waiting.get(route)?.due ?? at,
        notified: { severity: incident.severity, outcome: incident.outcome, at, reminders: 0 },
      }),
    );
}
const silent = announceTo();

export function detectionOf(incident: Incident, service: string): Detection {
  const { entity, severity, outcome, first_seen, last_seen, detected_at, events } = incident;
  return {
    id: `d-${incident.id}`,
    detector: "probing",
    category: "probing",
    severity,
    confidence: 1,
    outcome,
    entity,
    target: { service, endpoint: "GET /" },
    first_seen,
    last_seen,
    detected_at,
    events,
    observed: 5,
    expected: null,
    threshold: 4,
    threshold_name: "misses_burst",
    threshold_origin: "floor",
    unit: "paths",
    explanation: "",
    samples: [],
  };
}

/** @param open fresh, empty records, or the same again */
export function recordsSuite(open: (again?: "again") => Promise<Records>): void {
  describe("users, sessions and keys", () => {
    it("have names that are unique in any case", async () => {
      const { access } = await open();
      expect(await access.addUser(anna)).toBe(true);
      expect(await access.addUser({ ...anna, id: "u-2", name: "ANNA" })).toBe(false);
      const stored = { ...anna, disabled: undefined, failures: 0, lockedUntil: undefined };
      expect(await access.userNamed("aNNa")).toEqual(stored);
      expect(await access.users()).toEqual([stored]);
    });

    it("are listed by name in any case, letters beyond a to z after all others", async () => {
      const { access } = await open();
      const names = ["ulf", "Änne", "Bea", "anna", "änne"];
      for (const [i, name] of names.entries())
        expect(await access.addUser({ ...anna, id: `u-${i}`, name })).toBe(true);
      expect((await access.users()).map(({ name }) => name)).toEqual(["anna", "Bea", "ulf", "Änne", "änne"]);
      expect(await access.userNamed("ÄNNE")).toMatchObject({ name: "Änne" });
      expect(await access.userNamed("äNNE")).toMatchObject({ name: "änne" });
    });

    it("change in part, back to nothing too", async () => {
      const { access } = await open();
      await access.addUser(anna);
      expect(await access.changeUser("u-1", { failures: 3, lockedUntil: 50 })).toBe(true);
      expect(await access.user("u-1")).toMatchObject({ failures: 3, lockedUntil: 50, services: ["shop"] });
      await access.changeUser("u-1", { lockedUntil: undefined, services: undefined, role: "admin" });
      expect(await access.user("u-1")).toMatchObject({
        failures: 3,
        lockedUntil: undefined,
        services: undefined,
        role: "admin",
      });
      expect(await access.changeUser("u-9", { failures: 1 })).toBe(false);
    });

    it("let in by a session until it ends, in every way it can end", async () => {
      const { access } = await open();
      await access.addUser(anna);
      const session = {
        tokenHash: "t1",
        userId: "u-1",
        created: 1,
        seen: 1,
        expires: 100,
        address: "::1",
        agent: "x",
      };
      await access.addSession(session);
      await access.addSession({ ...session, tokenHash: "t2", expires: 50 });
      await access.addSession({ ...session, tokenHash: "t3" });
      await access.touchSession("t1", 9);
      expect(await access.session("t1", 99)).toMatchObject({
        session: { ...session, seen: 9 },
        user: { name: "Anna" },
      });
      expect(await access.session("t1", 100)).toBeUndefined();
      expect(await access.endExpiredSessions(50)).toBe(1);
      await access.endSession("t3");
      expect(await access.session("t3", 1)).toBeUndefined();
      await access.changeUser("u-1", { disabled: 5 });
      expect(await access.session("t1", 10)).toBeUndefined();
      await access.changeUser("u-1", { disabled: undefined });
      await access.endSessionsOf("u-1");
      expect(await access.session("t1", 10)).toBeUndefined();
    });

    it("know a key by its hash until it is revoked or expires", async () => {
      const { access } = await open();
      await access.addKey(ingest);
      await access.addKey({
        ...ingest,
        id: "k-2",
        kind: "api",
        secretHash: "h2",
        expires: undefined,
        services: ["shop"],
      });
      expect(await access.keyByHash("h1", 99)).toEqual({ ...ingest, revoked: undefined, used: undefined });
      expect(await access.keyByHash("h1", 100)).toBeUndefined();
      await access.noteKeyUse("k-2", 7);
      expect(await access.keyByHash("h2", 1e12)).toMatchObject({ kind: "api", services: ["shop"], used: 7 });
      expect(await access.revokeKey("k-2", 8)).toBe(true);
      expect(await access.revokeKey("k-2", 9)).toBe(false);
      expect(await access.keyByHash("h2", 9)).toBeUndefined();
      expect((await access.keys()).map(({ id, revoked }) => [id, revoked])).toEqual([
        ["k-1", undefined],
        ["k-2", 8],
      ]);
      await expect(access.addKey({ ...ingest, id: "k-3" })).rejects.toThrow(/unique/i);
    });
  });

  describe("incidents", () => {
    it("are written together or not at all", async () => {
      const { cases, outbox } = await open();
      const changes = ["i-1", "i-2"].map((id) => ({ incident: incidentOf(id, 0), detections: [] }));
      const failing: Announce = ({ incident }) => {
        if (incident.id === "i-2") throw new Error("no words for it");
        return [];
      };
      await expect(cases.putAll(changes, failing, 1)).rejects.toThrow("no words for it");
      expect(await cases.list({ limit: 9 })).toEqual([]);
      await cases.putAll(changes, announceTo("ops"), 2);
      const listed = await cases.list({ limit: 9 });
      expect(listed.map(({ incident, version }) => [incident.id, version]).sort()).toEqual([
        ["i-1", 1],
        ["i-2", 1],
      ]);
      expect(await outbox.counts()).toMatchObject({ waiting: 2 });
    });

    it("get a version and a notice for each route with every change, and none without one", async () => {
      const { cases, outbox } = await open();
      const incident = incidentOf("i-1", 0);
      const announce = announceTo("ops", "mail");
      expect(await cases.put(incident, [detectionOf(incident, "shop")], announce, 10)).toBe(1);
      expect(await cases.put(incident, [detectionOf(incident, "shop")], announce, 11)).toBe(1);
      expect(await outbox.counts()).toEqual({ waiting: 2, sent: 0, dead: 0 });
      const [ops] = await outbox.due("ops", 12, 9);
      await outbox.begin(ops?.id ?? "");
      await outbox.sent(ops?.id ?? "", 12);
      expect(await cases.put({ ...incident, events: 6 }, [], announceTo("ops"), 12)).toBe(2);
      expect(await outbox.due("ops", 12, 9)).toMatchObject([{ version: 2, number: 2, payload: "ops i-1 6" }]);
      expect(await outbox.due("mail", 12, 9)).toMatchObject([
        { version: 1, number: 1, payload: "mail i-1 5" },
      ]);
      expect(await cases.get("i-1")).toEqual({
        incident: { ...incident, events: 6 },
        sample: false,
        version: 2,
        state: "open",
        assignee: undefined,
        updated: 12,
      });
      expect(await cases.detections("i-1")).toEqual([detectionOf(incident, "shop")]);
    });

    it("are written together as they are one after the other, also when they go into each other", async () => {
      const verdict = fc.record({
        incident: fc.integer({ min: 0, max: 4 }),
        events: fc.integer({ min: 1, max: 3 }),
        minute: fc.integer({ min: 0, max: 5 }),
        detections: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
        people: fc.constantFrom("nothing", "acknowledged", "resolved"),
      });
      const run = async (batches: readonly (readonly Generated[])[], together: boolean) => {
        const { cases, outbox } = await open();
        const told: unknown[] = [];
        const announce: Announce = (change, what) => {
          const { incident, version, state, reopened, absorbed } = change;
          told.push([
            incident.id,
            version,
            state,
            reopened,
            absorbed,
            what.merged,
            [...what.notified.keys()],
          ]);
          return announceTo("a", "b")(change, what);
        };
        for (const [at, batch] of batches.entries()) {
          const verdicts = batch.map(({ incident, events, minute, detections }) => {
            const ids = detections.map((id) => `d-${id}`);
            const one = incidentOf(`i-${incident}`, minute, { events, detections: ids });
            return { incident: one, detections: ids.map((id) => ({ ...detectionOf(one, "shop"), id })) };
          });
          if (together) await cases.putAll(verdicts, announce, at);
          else
            for (const { incident, detections } of verdicts)
              await cases.put(incident, detections, announce, at);
          for (const { incident, people } of batch)
            if (people !== "nothing")
              await cases.change(`i-${incident}`, { state: people, assignee: "Anna" }, at);
          const due = await outbox.due("a", at, 99);
          const [begun] = due.toSorted((one, other) => (one.incidentId < other.incidentId ? -1 : 1));
          if (begun !== undefined && at % 2 === 0) await outbox.begin(begun.id);
        }
        const all = await cases.list({ limit: 99 });
        const details = all.map(async ({ incident: { id } }) => [
          await cases.detections(id),
          (await cases.comments(id)).map(({ text }) => text).sort(),
        ]);
        const routes = await Promise.all(["a", "b"].map((route) => outbox.due(route, 99, 99)));
        const notices = routes.flat().map(({ id: _id, ...notice }) => notice);
        return {
          told,
          all,
          details: await Promise.all(details),
          notices: notices.map((n) => JSON.stringify(n)).sort(),
        };
      };
      type Generated = typeof verdict extends fc.Arbitrary<infer T> ? T : never;
      const batches = fc.array(fc.array(verdict, { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(batches, async (some) => {
          expect(await run(some, true)).toEqual(await run(some, false));
        }),
        { numRuns: 12, endOnFailure: true },
      );
    });

    it("keep what people made of them when the engine speaks again", async () => {
      const { cases } = await open();
      await cases.put(incidentOf("i-1", 0), [], silent, 1);
      expect(await cases.change("i-1", { state: "acknowledged", assignee: "Anna" }, 5)).toBe(true);
      await cases.put(incidentOf("i-1", 1), [], silent, 6);
      expect(await cases.get("i-1")).toMatchObject({
        version: 2,
        state: "acknowledged",
        assignee: "Anna",
        updated: 6,
      });
      await cases.change("i-1", { assignee: undefined }, 7);
      expect(await cases.get("i-1")).toMatchObject({ state: "acknowledged", assignee: undefined });
      expect(await cases.change("i-9", { state: "resolved" }, 5)).toBe(false);
      const comment = { id: "c-1", incidentId: "i-1", author: "Anna", at: 8, text: "a customer's script" };
      expect(await cases.addComment(comment)).toBe(true);
      expect(await cases.addComment({ ...comment, id: "c-2", incidentId: "i-9" })).toBe(false);
      expect(await cases.comments("i-1")).toEqual([comment]);
    });

    it("go with all that was said of them when a sample brought them", async () => {
      const { cases, outbox } = await open();
      const incident = incidentOf("i-1", 0);
      await cases.put(incident, [detectionOf(incident, "shop")], announceTo("ops"), 10, true);
      await cases.put(
        incidentOf("i-2", 0),
        [detectionOf(incidentOf("i-2", 0), "shop")],
        announceTo("ops"),
        10,
      );
      await cases.addComment({ id: "c-1", incidentId: "i-1", author: "Anna", at: 11, text: "nice" });
      expect((await cases.get("i-1"))?.sample).toBe(true);
      expect(await cases.sampleVerdicts()).toEqual({ incidents: ["i-1"], detections: ["d-i-1"] });
      expect((await cases.counts()).sample).toBe(1);
      await cases.removeSample();
      expect(await cases.get("i-1")).toBeUndefined();
      expect([await cases.detections("i-1"), await cases.comments("i-1")]).toEqual([[], []]);
      expect(await cases.list({ limit: 9, services: ["shop"] })).toMatchObject([{ incident: { id: "i-2" } }]);
      expect(await outbox.due("ops", 99, 9)).toMatchObject([{ incidentId: "i-2" }]);
      expect(await cases.sampleVerdicts()).toEqual({ incidents: [], detections: [] });
    });

    it("keep documents as they are, whatever an attacker has put into them", async () => {
      const { cases } = await open();
      const hostile = `NUL \0, half a pair \ud800, '; DROP TABLE incidents; --, \u202e "\\u0000"`;
      const incident = incidentOf("i-1", 0, { title: hostile, outcome: "succeeded" });
      const detection = { ...detectionOf(incident, "shop"), explanation: hostile };
      await cases.put(incident, [detection], silent, 1);
      expect(await cases.put(incident, [detection], silent, 2)).toBe(1);
      expect((await cases.get("i-1", ["shop"]))?.incident).toEqual(incident);
      expect(await cases.detections("i-1")).toEqual([detection]);
      expect(await cases.counts(["shop"])).toMatchObject({ succeeded: 1 });
      expect(await cases.expected([{ ...detection, severity: "info" }], 3)).toMatchObject({ loose: [] });
    });

    it("list by page, state, severity, and the services one may see", async () => {
      const { cases } = await open();
      for (let i = 0; i < 10; i++) {
        const incident = incidentOf(`i-${i}`, i % 4, { severity: i < 2 ? "critical" : "low" });
        await cases.put(incident, [detectionOf(incident, i % 2 === 0 ? "shop" : "api")], silent, i);
      }
      const ids: string[] = [];
      for (let after: { lastSeen: number; id: string } | undefined; ; ) {
        const page = await cases.list({ limit: 3, ...(after === undefined ? {} : { after }) });
        const last = page.at(-1);
        if (last === undefined) break;
        ids.push(...page.map(({ incident }) => incident.id));
        after = { lastSeen: Date.parse(last.incident.last_seen), id: last.incident.id };
      }
      expect(ids).toEqual(["i-3", "i-7", "i-2", "i-6", "i-1", "i-5", "i-9", "i-0", "i-4", "i-8"]);
      await cases.change("i-3", { state: "resolved" }, 20);
      await cases.put(incidentOf("i-won", 0, { outcome: "succeeded" }), [], silent, 21);
      await cases.put(
        incidentOf("i-low", 0, { severity: "low", outcome: "probably_succeeded" }),
        [],
        silent,
        21,
      );
      expect(await cases.counts()).toEqual({
        bySeverity: { info: 0, low: 8, medium: 1, high: 0, critical: 2 },
        succeeded: 1,
        probablySucceeded: 0,
        sample: 0,
      });
      expect((await cases.counts(["api"])).bySeverity).toMatchObject({ low: 3, critical: 1 });
      const open9 = await cases.list({ limit: 99, states: ["open"], services: ["api"] });
      expect(open9.map(({ incident }) => incident.id)).toEqual(["i-7", "i-1", "i-5", "i-9"]);
      expect(await cases.list({ limit: 99, services: [] })).toEqual([]);
      expect((await cases.list({ limit: 99, severity: "high" })).map(({ incident }) => incident.id)).toEqual([
        "i-1",
        "i-0",
      ]);
    });
  });

  it("sends notices when they are due, again after a failure, and never one that has gone", async () => {
    const { cases, outbox } = await open();
    await cases.put(incidentOf("i-1", 0), [], announceTo("a"), 10);
    await cases.put(incidentOf("i-2", 0), [], announceTo("a"), 20);
    expect((await outbox.due("a", 9, 9)).length).toBe(0);
    expect((await outbox.due("b", 99, 9)).length).toBe(0);
    const [first, second] = await outbox.due("a", 20, 9);
    expect([first?.payload, second?.payload]).toEqual(["a i-1 5", "a i-2 5"]);
    await outbox.begin(first?.id ?? "");
    await outbox.failed(first?.id ?? "", "refused", 100);
    await outbox.begin(second?.id ?? "");
    await outbox.sent(second?.id ?? "", 21);
    expect(await outbox.due("a", 99, 9)).toEqual([]);
    expect(await outbox.due("a", 100, 9)).toMatchObject([
      { incidentId: "i-1", attempts: 1, error: "refused" },
    ]);
    await outbox.failed(second?.id ?? "", "late", 1);
    await outbox.failed(first?.id ?? "", "refused", undefined);
    expect(await outbox.due("a", 1e15, 9)).toEqual([]);
    expect(await outbox.counts()).toEqual({ waiting: 0, sent: 1, dead: 1 });
    expect(await outbox.dead(9)).toMatchObject([{ incidentId: "i-1", error: "refused" }]);
    expect(await outbox.forgetSent(22)).toBe(1);
    expect(await outbox.revive(first?.id ?? "", 30)).toBe(true);
    expect(await outbox.revive(first?.id ?? "", 30)).toBe(false);
    expect(await outbox.due("a", 30, 9)).toMatchObject([{ id: first?.id }]);
    expect(await outbox.abandon(["a", "b"])).toBe(0);
    expect(await outbox.abandon([])).toBe(1);
    expect(await outbox.counts()).toEqual({ waiting: 0, sent: 0, dead: 1 });
  });

  it("lets a notice take up changes until somebody begins to send it, and keeps the order of an incident", async () => {
    const { cases, outbox } = await open();
    const changed = (events: number) => incidentOf("i-1", 0, { events });
    await cases.put(changed(1), [], announceTo("a"), 10);
    await cases.put(changed(2), [], announceTo("a"), 11);
    const [first, ...more] = await outbox.due("a", 99, 9);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ number: 1, version: 2, payload: "a i-1 2", created: 10 });
    await cases.put(changed(3), [], announceTo("a"), 12);
    expect(await outbox.begin(first?.id ?? "")).toMatchObject({ payload: "a i-1 3", attempts: 1 });
    await cases.put(changed(4), [], announceTo("a"), 12);
    expect(await outbox.due("a", 99, 9)).toMatchObject([{ id: first?.id, payload: "a i-1 3" }]);
    await outbox.failed(first?.id ?? "", "refused", 1000);
    expect(await outbox.due("a", 99, 9)).toEqual([]);
    await outbox.sent(first?.id ?? "", 20);
    expect(await outbox.begin(first?.id ?? "")).toBe(undefined);
    expect(await outbox.due("a", 99, 9)).toMatchObject([{ number: 2, version: 4, payload: "a i-1 4" }]);
  });

  it("opens a resolved incident that goes on, and drops what nobody has begun to tell of a closed one", async () => {
    const { cases, outbox } = await open();
    const at = Date.parse(incidentOf("i-1", 5).last_seen);
    const reopened: boolean[] = [];
    const announce: Announce = (change, told) => {
      reopened.push(change.reopened);
      return announceTo("a")(change, told);
    };
    await cases.put(incidentOf("i-1", 4), [], announce, at);
    await cases.change("i-1", { state: "resolved" }, at);
    expect(await outbox.counts()).toEqual({ waiting: 0, sent: 0, dead: 0 });
    await cases.put(incidentOf("i-1", 5), [], announce, at + 1);
    expect(await cases.get("i-1")).toMatchObject({ state: "resolved" });
    await cases.put(incidentOf("i-1", 6), [], announce, at + 2);
    expect(await cases.get("i-1")).toMatchObject({ state: "open" });
    await cases.change("i-1", { state: "false_positive" }, at + 3);
    await cases.put(incidentOf("i-1", 7), [], announce, at + 4);
    expect(await cases.get("i-1")).toMatchObject({ state: "false_positive" });
    expect(reopened).toEqual([false, false, true, false]);
  });

  it("closes an incident whose detections all went into another, and tells that once", async () => {
    const { cases, outbox } = await open();
    const absorbed: (readonly string[])[] = [];
    const announce: Announce = (change, told) => {
      absorbed.push([...change.absorbed.map(({ id, told: to }) => `${id} ${to.join()}`), ...told.merged]);
      return announceTo("a")(change, told);
    };
    const early = incidentOf("i-1", 0);
    const late = incidentOf("i-2", 5);
    await cases.put(late, [detectionOf(late, "shop")], announce, 1);
    const [sent] = await outbox.due("a", 1, 10);
    await outbox.begin(sent?.id ?? "");
    await cases.change("i-2", { state: "acknowledged", assignee: "Anna" }, 2);
    const whole = { ...early, detections: ["d-i-1", "d-i-2"] };
    const both = [detectionOf(early, "shop"), detectionOf(late, "shop")];
    await cases.put(whole, both, announce, 3);
    expect(await cases.get("i-2")).toMatchObject({ state: "resolved", mergedInto: "i-1", assignee: "Anna" });
    expect(await cases.get("i-1")).toMatchObject({ state: "acknowledged", assignee: "Anna" });
    expect(await cases.comments("i-2")).toMatchObject([
      { author: "vedette", text: expect.stringContaining("i-1") },
    ]);
    expect((await cases.detections("i-1")).map(({ id }) => id)).toEqual(["d-i-1", "d-i-2"]);
    await cases.put({ ...whole, events: 9 }, both, announce, 4);
    expect(await cases.comments("i-2")).toHaveLength(1);
    expect(absorbed).toEqual([[], ["i-2 a", "i-2"], ["i-2"]]);
    // It stands by itself again.
    await cases.put(late, [detectionOf(late, "shop")], silent, 5);
    expect(await cases.get("i-2")).toMatchObject({ state: "open", mergedInto: undefined });
  });

  it("closes an incident none of whose alarms is left, until one is back", async () => {
    const { cases } = await open();
    const incident = { ...incidentOf("i-1", 0), detections: ["d-a", "d-b"] };
    const [a, b] = ["d-a", "d-b"].map((id) => ({ ...detectionOf(incident, "shop"), id }));
    if (a === undefined || b === undefined) throw new Error("two detections");
    const fact = (one: Detection): Detection => ({
      ...one,
      severity: "info",
      exception: { id: "e-1", reason: "ours" },
    });
    await cases.put(incident, [a, b], silent, 1);
    expect(await cases.expected([fact(a)], 2)).toEqual({ incidents: ["i-1"], loose: [] });
    expect(await cases.get("i-1")).toMatchObject({ state: "open" });
    expect(await cases.expected([fact(b), { ...fact(b), id: "d-elsewhere" }], 3)).toMatchObject({
      incidents: ["i-1"],
      loose: [{ id: "d-elsewhere" }],
    });
    expect(await cases.get("i-1")).toMatchObject({ state: "resolved", version: 3 });
    expect(await cases.comments("i-1")).toMatchObject([{ text: "Expected, by exception e-1: ours" }]);
    await cases.put(incident, [a, b], silent, 4);
    expect(await cases.get("i-1")).toMatchObject({ state: "open" });
    expect((await cases.detections("i-1")).map(({ severity }) => severity)).toEqual(["medium", "medium"]);
    await cases.change("i-1", { state: "false_positive" }, 5);
    await cases.expected([fact(a), fact(b)], 6);
    expect(await cases.get("i-1")).toMatchObject({ state: "false_positive" });
  });

  it("closes an incident that its detector took back, and says why", async () => {
    const { cases } = await open();
    const incident = { ...incidentOf("i-1", 0), detections: ["d-i-1"] };
    const alarm = detectionOf(incident, "shop");
    await cases.put(incident, [alarm], silent, 1);
    await cases.expected([{ ...alarm, severity: "info", withdrawn: true, explanation: "Let in." }], 2);
    expect(await cases.get("i-1")).toMatchObject({ state: "resolved", version: 2 });
    expect(await cases.comments("i-1")).toMatchObject([
      { author: "vedette", text: `Taken back by the detector ${alarm.detector}: Let in.` },
    ]);
    await cases.put(incident, [alarm], silent, 3);
    expect(await cases.get("i-1")).toMatchObject({ state: "open" });
  });

  it("reminds of open incidents that a route was told of long ago", async () => {
    const { cases, outbox } = await open();
    for (const id of ["i-1", "i-2", "i-3"]) await cases.put(incidentOf(id, 0), [], announceTo("a"), 10);
    await cases.put(incidentOf("i-4", 0), [], announceTo("a"), 50);
    for (const { id } of await outbox.due("a", 99, 9)) {
      await outbox.begin(id);
      await outbox.sent(id, 60);
    }
    await cases.change("i-2", { state: "acknowledged" }, 60);
    const time = { route: "a", toldBefore: 10, most: 1 };
    expect(await outbox.remind(time, announceTo("a"), 99, 1)).toBe(1);
    expect(await outbox.remind(time, announceTo("a"), 99, 9)).toBe(1);
    expect(await outbox.remind(time, announceTo("a"), 99, 9)).toBe(0);
    expect(
      (await outbox.due("a", 99, 9)).map(({ incidentId, number }) => [incidentId, number]).sort(),
    ).toEqual([
      ["i-1", 2],
      ["i-3", 2],
    ]);
    // A route that has nothing to say of one is not asked again, so that others get their turn.
    const later = { route: "a", toldBefore: 50, most: 9 };
    expect(await outbox.remind(later, silent, 99, 1)).toBe(0);
    expect(await outbox.remind(later, announceTo("a"), 99, 9)).toBe(0);
  });

  it("keeps sources, detector settings, exceptions, queries and settings", async () => {
    const { sources, preferences } = await open();
    const source = {
      id: "s-1",
      kind: "tail",
      name: "edge",
      settings: { path: "/x" },
      progress: {},
      created: 1,
      updated: 1,
    };
    await sources.put(source);
    await sources.noteProgress("s-1", { offset: 9 }, 2);
    await sources.put({ ...source, id: "s-2", created: 2 });
    expect(await sources.get("s-1")).toEqual({ ...source, progress: { offset: 9 }, updated: 2 });
    expect(await sources.remove("s-2")).toBe(true);
    expect((await sources.list()).map(({ id }) => id)).toEqual(["s-1"]);

    const setting = {
      detector: "probing",
      enabled: false,
      thresholds: { floor: 3 },
      updated: 1,
      updatedBy: "Anna",
    };
    await preferences.putDetector({ ...setting, enabled: true });
    await preferences.putDetector(setting);
    expect(await preferences.detectors()).toEqual([setting]);

    const exception = {
      id: "e-1",
      detector: "probing",
      reason: "ours",
      author: "Anna",
      created: 1,
      service: "shop",
    };
    await preferences.addException(exception);
    await preferences.addException({ ...exception, id: "e-2", expires: 5 });
    expect((await preferences.exceptions(5)).map(({ id, service }) => [id, service])).toEqual([
      ["e-1", "shop"],
    ]);
    expect(await preferences.removeException("e-1")).toBe(true);

    const query = {
      id: "q-1",
      owner: "anna",
      name: "mine",
      text: "events",
      shared: false,
      created: 1,
      updated: 1,
    };
    expect(await preferences.putQuery(query)).toBe(true);
    expect(await preferences.putQuery({ ...query, id: "q-2" })).toBe(false);
    expect(await preferences.putQuery({ ...query, id: "q-3", owner: "bo", shared: true })).toBe(true);
    await preferences.putQuery({ ...query, owner: "mallory", name: "stolen" });
    expect((await preferences.queries("anna")).map(({ id, text }) => [id, text])).toEqual([
      ["q-1", "events"],
      ["q-3", "events"],
    ]);
    expect(await preferences.removeQuery("q-1", "bo")).toBe(false);

    expect(await preferences.setting("sample")).toBeUndefined();
    await preferences.putSetting("sample", { removed: true });
    expect(await preferences.setting("sample")).toEqual({ removed: true });
  });

  it("keeps views under their names, and links until they end", async () => {
    const { shares } = await open();
    const view = { id: "v-1", owner: "anna", name: "grave", search: { severity: "high" }, updated: 1 };
    await shares.putView(view);
    await shares.putView({ ...view, id: "v-2", search: { severity: "low" }, updated: 2 });
    await shares.putView({ ...view, id: "v-3", owner: "bo" });
    expect(await shares.views("anna")).toEqual([{ ...view, search: { severity: "low" }, updated: 2 }]);
    expect(await shares.removeView("v-1", "bo")).toBe(false);
    expect(await shares.removeView("v-1", "anna")).toBe(true);
    expect(await shares.views("anna")).toEqual([]);

    const link = {
      id: "l-1",
      owner: "anna",
      services: ["shop"],
      page: "explore",
      search: { q: "events" },
      created: 1,
      expires: 10,
    } as const;
    await shares.addLink(link);
    await shares.addLink({ ...link, id: "l-2", services: "all", expires: 20 });
    expect(await shares.link("l-1", 9)).toEqual(link);
    expect(await shares.link("l-1", 10)).toBeUndefined();
    expect((await shares.links("anna", 10)).map(({ id, services }) => [id, services])).toEqual([
      ["l-2", "all"],
    ]);
    await shares.removeExpired(10);
    expect(await shares.link("l-1", 9)).toBeUndefined();
    expect(await shares.removeLink("l-2", "bo")).toBe(false);
    expect(await shares.removeLink("l-2", "anna")).toBe(true);
    expect(await shares.links("anna", 0)).toEqual([]);
  });

  it("keeps the audit log in order, as it was written", async () => {
    const { audit } = await open();
    for (let i = 0; i < 5; i++)
      await audit.add({
        at: i,
        actor: i % 2 === 0 ? "user:anna" : "system",
        action: "events.read",
        object: "e",
        address: "::1",
        detail: { i },
      });
    const newest = await audit.read({ limit: 2 });
    expect(newest.map(({ detail }) => detail)).toEqual([{ i: 4 }, { i: 3 }]);
    const rest = await audit.read({ limit: 9, before: newest[1]?.id ?? 0, actor: "user:anna" });
    expect(rest.map(({ detail }) => detail)).toEqual([{ i: 2 }, { i: 0 }]);
  });

  it("has it all when it is opened again", async () => {
    const { cases, access } = await open();
    await access.addUser(anna);
    await cases.put(incidentOf("i-1", 0), [], announceTo("a"), 10);
    const again = await open("again");
    expect(await again.access.userNamed("anna")).toMatchObject({ id: "u-1" });
    expect((await again.outbox.due("a", 10, 9)).length).toBe(1);
  });
}
