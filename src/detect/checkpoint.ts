/**
 * The engine's state as bytes: one message of the structured clone algorithm, in which shared objects stay shared. What
 * there is much of comes first, in pieces; the state itself, last, only points at it.
 * Typed arrays travel as raw bytes of exactly their length and arrive in memory of their own.
 */
import { DefaultSerializer, Deserializer } from "node:v8";
import type { Detector } from "./detector.ts";
import { type EngineState, startingAnew } from "./engine-state.ts";
import { rowsWithoutRoom } from "./state/rows.ts";
import { type Sources, withoutRoom } from "./state/sources.ts";

export type Checkpoint =
  | {
      readonly ok: true;
      /** For one engine, which goes on in it. */
      readonly state: EngineState;
      /** Detectors that find no state of theirs, or one of another version. */
      readonly startingAnew: readonly string[];
    }
  /** "version": written by another version of this program. "damaged": not a checkpoint, or not a whole one. */
  | { readonly ok: false; readonly reason: "version" | "damaged"; readonly message: string };

/** "vdcp". */
const MARK = 0x76646370;
/** To be raised when anything in `EngineState` changes its form, apart from what detectors version themselves. */
const FORMAT = 8;

/** Sources, endpoints or verdicts of one piece: some milliseconds of writing. */
const AT_ONCE = 200;

/** One step a piece; the state must not change before the last. */
export function* writeCheckpoint(state: EngineState): Generator<undefined, Uint8Array> {
  const writer = new GraphWriter();
  writer.writeHeader();
  writer.writeUint32(MARK);
  writer.writeUint32(FORMAT);
  const clients = withoutRoom(state.clients);
  const actors = withoutRoom(state.actors);
  const people = rowsWithoutRoom(state.people);
  const pieces = [
    ...arraysOf(clients),
    ...arraysOf(actors),
    people.table.keys,
    people.table.slots,
    people.values,
    ...inParts(clients.watched),
    ...inParts(actors.watched),
    ...inParts(state.endpoints.byId),
    ...inParts(state.verdicts),
    ...state.detectors,
  ];
  writer.writeUint32(pieces.length);
  for (const piece of pieces) {
    writer.writeValue(piece);
    yield;
  }
  writer.writeValue({ ...state, clients, actors, people });
  return writer.releaseBuffer();
}

function arraysOf({ table, wide, rows }: Sources): object[] {
  return [table.keys, table.slots, wide, rows];
}

function inParts(list: readonly unknown[]): object[] {
  const parts: object[] = [];
  for (let from = 0; from < list.length; from += AT_ONCE) parts.push(list.slice(from, from + AT_ONCE));
  return parts;
}

/** @param bytes of `writeCheckpoint`; nothing of them is kept */
export function readCheckpoint(bytes: Uint8Array, detectors: readonly Detector[]): Checkpoint {
  try {
    const reader = new GraphReader(bytes);
    reader.readHeader();
    if (reader.readUint32() !== MARK) return damaged("It is not a checkpoint.");
    const format = reader.readUint32();
    if (format !== FORMAT) {
      const message = `The checkpoint has format ${format}; this version reads format ${FORMAT}.`;
      return { ok: false, reason: "version", message };
    }
    // The reader keeps them for the state to point at.
    for (let pieces = reader.readUint32(); pieces > 0; pieces--) reader.readValue();
    const state = reader.readValue() as EngineState;
    return { ok: true, state, startingAnew: startingAnew(state, detectors) };
  } catch (cause) {
    return damaged(cause instanceof Error ? cause.message : String(cause));
  }
}

function damaged(message: string): Checkpoint {
  return { ok: false, reason: "damaged", message };
}

/** What state may be made of besides plain objects. The order is the wire code: append only. */
const ARRAYS = [Float64Array, Int32Array, Uint32Array, Uint8Array] as const;

class GraphWriter extends DefaultSerializer {
  /** Called by the serializer for typed arrays. */
  _writeHostObject(array: NodeJS.TypedArray): void {
    const kind = ARRAYS.findIndex((Kind) => array instanceof Kind);
    if (kind === -1) throw new TypeError(`The state of the engine holds a ${array.constructor.name}.`);
    this.writeUint32(kind);
    this.writeUint32(array.byteLength);
    this.writeRawBytes(array);
  }
}

class GraphReader extends Deserializer {
  /** The inverse of `_writeHostObject`. */
  _readHostObject(): object {
    const Kind = ARRAYS[this.readUint32()];
    if (Kind === undefined) throw new TypeError("An array of an unknown kind.");
    const bytes = new Uint8Array(this.readRawBytes(this.readUint32()));
    return new Kind(bytes.buffer);
  }
}
