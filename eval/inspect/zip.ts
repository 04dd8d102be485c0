import { inflateRawSync } from "node:zlib";

/** The text files of a zip archive (APPNOTE 4.3.7): enough for archives that store sizes in their central directory. */
export function* unzip(archive: Buffer): Generator<string> {
  let at = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0) return;
  const entries = archive.readUInt16LE(at + 10);
  at = archive.readUInt32LE(at + 16);
  for (let i = 0; i < entries; i++) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const size = archive.readUInt32LE(at + 20);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(from, from + size);
    const stored = archive.readUInt16LE(at + 10) === 0;
    if (!name.endsWith("/") && size > 0) yield (stored ? bytes : inflateRawSync(bytes)).toString("utf8");
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}
